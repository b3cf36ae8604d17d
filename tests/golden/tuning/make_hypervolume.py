"""Stores hypervolumes by Optuna's WFG, and fronts by its sorting, for random points of two to four objectives.

Run with a Python that has optuna (3.1): python3 tests/golden/tuning/make_hypervolume.py
"""

import json
import pathlib

import numpy as np
from optuna._hypervolume import WFG

random = np.random.default_rng(11)
cases = []
for size in [2, 3, 4]:
    for count in [1, 2, 6, 15]:
        for kind in ["cloud", "front"]:
            points = random.uniform(0, 1, (count, size))
            if kind == "front":
                points /= np.linalg.norm(points, axis=1, keepdims=True)
                points = 1 - points
            # Repeated coordinates, as counts and rounded metrics have them.
            points = np.round(points, 2 if count > 6 else 6)
            reference = np.full(size, 0.9) if kind == "cloud" else np.full(size, 1.1)
            inside = points[np.all(points < reference, axis=1)]
            volume = float(WFG().compute(inside, reference)) if len(inside) else 0.0
            cases.append({"points": points.tolist(), "reference": reference.tolist(), "volume": volume})
target = pathlib.Path(__file__).with_name("hypervolume.json")
target.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
