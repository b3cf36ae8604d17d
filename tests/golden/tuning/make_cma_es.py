"""Stores distributions of CMA-ES after each generation, with and without steps, by the package cmaes (which Optuna uses).

Run with a Python that has cmaes (0.9): python3 tests/golden/tuning/make_cma_es.py
Points and distributions are those of the unit cube; a dimension with count k has its values in the middles of k equal cells.
"""

import json
import pathlib

import numpy as np
from cmaes import CMA, CMAwM


def sphere(x):
    return float(np.sum((x - 0.3) ** 2 * 10.0 ** np.arange(len(x))))


def ridge(x):
    return float((x[0] - x[-1]) ** 2 * 100 + np.sum(np.abs(x - 0.8)))


def margin_case(counts, function, generations, population, seed):
    size = len(counts)
    steps = np.array([1.0 / count if count else 0.0 for count in counts])
    bounds = np.array([[0.5 / count, 1 - 0.5 / count] if count else [0.0, 1.0] for count in counts])
    optimizer = CMAwM(mean=np.full(size, 0.45), sigma=0.25, bounds=bounds, steps=steps, seed=seed, population_size=population)
    inner, history = optimizer._cma, []
    for _ in range(generations):
        told = []
        for _ in range(optimizer.population_size):
            shown, raw = optimizer.ask()
            told.append((raw, function(shown), shown))
        told.sort(key=lambda each: each[1])
        optimizer.tell([(raw, value) for raw, value, _ in told])
        history.append(
            {
                "points": [raw.tolist() for raw, _, _ in told],
                "shown": [shown.tolist() for _, _, shown in told],
                "mean": inner._mean.tolist(),
                "sigma": float(inner._sigma),
                "covariance": ((inner._C + inner._C.T) / 2).ravel().tolist(),
                "scales": optimizer._A.tolist(),
            }
        )
    return {"counts": counts, "start": 0.45, "sigma": 0.25, "population": optimizer.population_size, "generations": history}


def plain_case(size, function, generations, seed):
    optimizer, history = CMA(mean=np.full(size, 0.45), sigma=0.25, seed=seed), []
    for _ in range(generations):
        told = [(x, function(x)) for x in (optimizer.ask() for _ in range(optimizer.population_size))]
        told.sort(key=lambda each: each[1])
        optimizer.tell(told)
        history.append(
            {
                "points": [x.tolist() for x, _ in told],
                "shown": [],
                "mean": optimizer._mean.tolist(),
                "sigma": float(optimizer._sigma),
                "covariance": ((optimizer._C + optimizer._C.T) / 2).ravel().tolist(),
                "scales": [1.0] * size,
            }
        )
    return {"counts": [0] * size, "start": 0.45, "sigma": 0.25, "population": optimizer.population_size, "generations": history}


cases = [
    plain_case(2, sphere, 12, 1),
    plain_case(5, ridge, 25, 2),
    margin_case([0, 5, 2, 0], sphere, 25, None, 3),
    margin_case([2, 9, 3], ridge, 20, 12, 4),
]
target = pathlib.Path(__file__).with_name("cmaEs.json")
target.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
print(target.stat().st_size)
