"""What others need for part of the same work, on this machine: 1,000,000 candidates, 12 criteria.

    pip install numpy scikit-criteria
    python crates/core/benches/compare/compare.py [candidates]

numpy scores values that are already normalised: no filter, no criteria to work out, no unknowns, no reasons.
scikit-criteria's weighted sum gets the same matrix. Compare with `cargo bench -p kazi-core --bench matching`,
which filters, works out the criteria from the facts, scores, and explains the best fifty.
"""

import sys
import time

import numpy as np

CANDIDATES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
CRITERIA = 12
TOP = 50
ROUNDS = 15


def median_ms(run, rounds=ROUNDS):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2] * 1e3


rng = np.random.default_rng(1)
matrix = rng.random((CANDIDATES, CRITERIA), dtype=np.float32)
weights = np.full(CRITERIA, 1 / CRITERIA, dtype=np.float32)
columns = np.ascontiguousarray(matrix.T)


def numpy_top():
    scores = matrix @ weights
    best = np.argpartition(scores, -TOP)[-TOP:]
    return best[np.argsort(-scores[best])]


bytes_sum = median_ms(lambda: columns.view(np.uint64).sum())
print(f"info compare.numpy_sum_of_bytes {bytes_sum:.2f} ms ({columns.nbytes / 1e6:.0f} MB)")
print(f"info compare.numpy_weighted_sum {median_ms(lambda: matrix @ weights):.2f} ms (scores only)")
print(f"info compare.numpy_weighted_sum_top_{TOP} {median_ms(numpy_top):.2f} ms (scores and the best {TOP})")

try:
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel
except ImportError:
    print("info compare.scikit_criteria skipped: not installed")
else:
    decision = skcriteria.mkdm(matrix, [max] * CRITERIA, weights=weights)
    model = WeightedSumModel()
    print(f"info compare.scikit_criteria {median_ms(lambda: model.evaluate(decision), rounds=3):.0f} ms (scores and ranks)")
