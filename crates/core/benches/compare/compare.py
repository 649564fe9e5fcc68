"""What others need for part of the same work, on this machine: 1,000,000 candidates, 12 criteria.

    pip install -r crates/core/benches/compare/requirements.txt
    python crates/core/benches/compare/compare.py [candidates]

numpy scores values that are already normalised: no filter, no criteria to work out, no unknowns, no reasons.
scikit-criteria's weighted sum gets the same matrix. Compare with `cargo bench -p kazi-core --bench matching`,
which filters, works out the criteria from the facts, scores, and explains the best fifty. Both tell processor time of one
thread. `cargo xtask bench matching` runs the two after each other and prints the ratios.
"""

import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402 - it reads the number of threads when it is imported
import skcriteria  # noqa: E402
from skcriteria.agg.simple import WeightedSumModel  # noqa: E402

CANDIDATES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
CRITERIA = 12
TOP = 50
ROUNDS = 15


def median_ms(run, rounds=ROUNDS):
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return sorted(times)[len(times) // 2] * 1e3


rng = np.random.default_rng(1)
matrix = rng.random((CANDIDATES, CRITERIA), dtype=np.float32)
weights = np.full(CRITERIA, 1 / CRITERIA, dtype=np.float32)
columns = np.ascontiguousarray(matrix.T)


def numpy_top():
    scores = matrix @ weights
    best = np.argpartition(scores, -TOP)[-TOP:]
    return best[np.argsort(-scores[best])]


def tell(name, milliseconds, what):
    print(f"info compare.{name}: {what}")
    print(f"time compare.{name} {milliseconds:.3f} ms", flush=True)


decision = skcriteria.mkdm(matrix, [max] * CRITERIA, weights=weights)
model = WeightedSumModel()
tell("numpy_sum_of_bytes", median_ms(lambda: columns.view(np.uint64).sum()), f"{columns.nbytes / 1e6:.0f} MB")
tell("numpy_weighted_sum", median_ms(lambda: matrix @ weights), "scores only")
tell(f"numpy_weighted_sum_top_{TOP}", median_ms(numpy_top), f"scores and the best {TOP}")
tell("scikit_criteria", median_ms(lambda: model.evaluate(decision), rounds=3), "scores and ranks")
