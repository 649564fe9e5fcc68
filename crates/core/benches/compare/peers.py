"""What DuckDB needs for the same exact figures of the same readings, on this machine, with as many threads; and whether they agree.

    python crates/core/benches/compare/peers.py FOLDER

FOLDER is what `cargo bench -p kazi-core --bench peers` left. `cargo xtask bench peers` runs the two after each other and prints the
ratios. Ends with 1 when the figures differ.
"""

import os
import pathlib
import sys
import time

import duckdb
import numpy as np

ROUNDS = 15
TOLERANCE = 1e-9
QUERY = """
    SELECT g, count(*), avg(v), quantile_cont(v, [0.05, 0.25, 0.5, 0.75, 0.95])
    FROM readings GROUP BY g ORDER BY g
"""

folder = pathlib.Path(sys.argv[1])
values = np.fromfile(folder / "values.f64", dtype="<f8")
groups = np.fromfile(folder / "groups.u16", dtype="<u2")
threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()

database = duckdb.connect(":memory:", config={"threads": threads})
columns = {"g": groups, "v": values}
database.execute("CREATE TABLE readings AS SELECT g, v FROM columns")
times = []
for _ in range(ROUNDS):
    start = time.perf_counter()
    rows = database.execute(QUERY).fetchall()
    times.append(time.perf_counter() - start)
print(f"info compare.duckdb: {duckdb.__version__}, {threads} threads, {len(values)} readings, {len(rows)} groups")
print(f"time compare.duckdb {sorted(times)[len(times) // 2] * 1e3:.3f} ms")

ours = [line.split() for line in (folder / "figures.txt").read_text().splitlines()]
furthest = 0.0
same = len(ours) == len(rows)
for mine, (group, count, mean, percentiles) in zip(ours, rows):
    same &= int(mine[0]) == group and int(mine[1]) == count
    for a, b in zip(map(float, mine[2:]), [mean, *percentiles], strict=True):
        furthest = max(furthest, abs(a - b) / max(abs(b), 1e-300))
same &= furthest <= TOLERANCE
print(f"info compare.figures: {'the same' if same else 'OTHER FIGURES'}, furthest apart by {furthest:.1e} of the figure")
sys.exit(0 if same else 1)
