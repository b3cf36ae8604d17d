"""Writes parzen.json: logarithms of the densities of Optuna's multivariate Parzen estimator (3.1, Debian's python3-optuna) over a mixed space.

Run with a Python that has Optuna: python3 tests/golden/tuning/make_parzen.py
"""

import json
from pathlib import Path

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_weights

ACTIVATIONS = ["relu", "tanh", "gelu"]
SPACE = {
    "x": FloatDistribution(-5, 10),
    "lr": FloatDistribution(1e-5, 1, log=True),
    "dropout": FloatDistribution(0, 0.5, step=0.1),
    "layers": IntDistribution(1, 9, step=2),
    "units": IntDistribution(8, 512, log=True),
    "activation": CategoricalDistribution(ACTIVATIONS),
}
PARAMETERS = _ParzenEstimatorParameters(
    consider_prior=True, prior_weight=1.0, consider_magic_clip=True, consider_endpoints=False, weights=default_weights, multivariate=True
)
rng = np.random.RandomState(3)


def draw():
    return {
        "x": rng.uniform(-5, 10),
        "lr": float(10 ** rng.uniform(-5, 0)),
        "dropout": round(0.1 * rng.randint(6), 1),
        "layers": int(1 + 2 * rng.randint(5)),
        "units": int(np.exp(rng.uniform(np.log(8), np.log(512)))),
        "activation": int(rng.randint(3)),
    }


def named(row):
    return {**row, "activation": ACTIVATIONS[row["activation"]]}


def columns(rows):
    return {name: np.array([row[name] for row in rows], dtype=float) for name in SPACE}


cases = []
for names in [list(SPACE), ["x", "lr"], ["dropout", "activation"]]:
    # None, few, the first with a ramp, one more, and many.
    for count in [0, 3, 25, 26, 27, 60]:
        rows, queries = [draw() for _ in range(count)], [draw() for _ in range(6)]
        estimator = _ParzenEstimator({name: columns(rows)[name] for name in names}, {name: SPACE[name] for name in names}, PARAMETERS)
        asked = {name: values.astype(int) if name == "activation" else values for name, values in columns(queries).items() if name in names}
        cases.append(
            {
                "names": names,
                "rows": [[named(row)[name] for name in names] for row in rows],
                "queries": [[named(row)[name] for name in names] for row in queries],
                "logDensities": estimator.log_pdf(asked).tolist(),
            }
        )

Path(__file__).with_name("parzen.json").write_text(json.dumps({"optuna": optuna.__version__, "cases": cases}, indent=1) + "\n")
