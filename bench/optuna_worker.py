"""Searches with Optuna on request: one line of JSON in, one line of JSON out. The functions are defined here anew, from the literature, so that those
of search/functions.ts are checked by them.

  {"check": NAME, "points": [...]}                                    -> {"values": [...]}
  {"search": NAME, "space": [...], "sampler": S, "seed": N, "trials": N, "noise": SIGMA}  -> {"values": [...], "seen": [...]}   in order of the trials
  {"time": NAME, "space": [...], "sampler": S, "trials": N}           -> {"milliseconds": M}      of one proposal after N trials
"""

import json
import pathlib
import sys
import time
import warnings

import numpy as np
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")


def vector(point):
    return np.array([point[f"x{i}"] for i in range(len(point))])


def branin(point):
    x, y = vector(point)
    a, b, c, r, s, t = 1.0, 5.1 / (4.0 * np.pi**2), 5.0 / np.pi, 6.0, 10.0, 1.0 / (8.0 * np.pi)
    return a * (y - b * x**2 + c * x - r) ** 2 + s * (1.0 - t) * np.cos(x) + s


def hartmann(point):
    alpha = np.array([1.0, 1.2, 3.0, 3.2])
    a = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
    p = 1e-4 * np.array(
        [
            [1312, 1696, 5569, 124, 8283, 5886],
            [2329, 4135, 8307, 3736, 1004, 9991],
            [2348, 1451, 3522, 2883, 3047, 6650],
            [4047, 8828, 8732, 5743, 1091, 381],
        ]
    )
    return -np.sum(alpha * np.exp(-np.sum(a * (vector(point) - p) ** 2, axis=1)))


def rosenbrock(point):
    x = vector(point)
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def ackley(point):
    x = vector(point)
    return -20.0 * np.exp(-0.2 * np.sqrt(np.mean(x**2))) - np.exp(np.mean(np.cos(2.0 * np.pi * x))) + 20.0 + np.e


def mixed(point):
    best = {"sgd": 1e-1, "adam": 1e-3, "rmsprop": 10**-3.5}
    value = 0.5 * np.log10(point["lr"] / best[point["optimizer"]]) ** 2
    if point["optimizer"] == "sgd":
        value += 0.3 + 2.0 * (point["momentum"] - 0.9) ** 2
    elif point["optimizer"] == "adam":
        value += (point["decay"] - 0.6) ** 2
    else:
        value += 0.2
    value += 0.1 * np.log2(point["units"] * point["layers"] / 256.0) ** 2
    value += 3.0 * (point["dropout"] - 0.2) ** 2 if point["regularized"] else 0.15
    return value + {"relu": 0.0, "tanh": 0.2, "gelu": 0.1, "sigmoid": 0.4}[point["activation"]]


TABLE = pathlib.Path(__file__).parent / "tables" / "digits.bin"
EPOCHS, VALIDATION, DIVERGED = 27, 719, 65535


def digits(point):
    """The last accuracy in the table of trainings; its order is that of the dimensions below, the last one changing fastest."""
    places = [
        ["momentum", "adam"].index(point["optimizer"]),
        ["relu", "tanh"].index(point["activation"]),
        point["layers"] - 1,
        (point["log2 units"] - 3) // 2,
        round(point["dropout"] / 0.3),
        round((point["log10 weight decay"] + 4) / 2),
        (point["log2 batch size"] - 4) // 2,
        round((point["log10 learning rate"] + 3.5) / 0.5),
    ]
    table = np.fromfile(TABLE, dtype="<u2").reshape(2, 2, 3, 3, 2, 3, 3, 7, EPOCHS, 2)
    recognized = int(table[tuple(places)][EPOCHS - 1, 0])
    return 1.0 if recognized == DIVERGED else 1.0 - (recognized - 1) / VALIDATION


FUNCTIONS = {"branin": branin, "hartmann": hartmann, "rosenbrock": rosenbrock, "ackley": ackley, "noisy": branin, "mixed": mixed, "digits": digits}


def suggest(trial, space):
    point = {}
    for dimension in space:
        name, when = dimension["name"], dimension.get("when")
        if when is not None and not (when["name"] in point and any(same(point[when["name"]], value) for value in when["values"])):
            continue
        if dimension["type"] == "choice":
            point[name] = trial.suggest_categorical(name, dimension["values"])
        elif dimension["type"] == "float":
            point[name] = trial.suggest_float(name, dimension["min"], dimension["max"], log=dimension["log"], step=dimension.get("step"))
        else:
            point[name] = trial.suggest_int(name, dimension["min"], dimension["max"], log=dimension["log"], step=dimension["step"])
    return point


def same(a, b):
    return type(a) is type(b) and a == b


SAMPLERS = {
    "TPE, multivariate": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
    "TPE": lambda seed: optuna.samplers.TPESampler(seed=seed),
    # Its with_margin, which is meant for integers and steps, ends with a ValueError on the spaces `mixed` and `digits` (Optuna 3.1).
    "CMA-ES": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
    "quasi-random": lambda seed: optuna.samplers.QMCSampler(seed=seed, scramble=True),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}


def search(request):
    noise = np.random.RandomState(request["seed"] + 1000)
    function, space = FUNCTIONS[request["search"]], request["space"]
    study = optuna.create_study(sampler=SAMPLERS[request["sampler"]](request["seed"]))
    values, seen = [], []
    for _ in range(request["trials"]):
        trial = study.ask()
        value = float(function(suggest(trial, space)))
        observed = value + request["noise"] * noise.normal()
        study.tell(trial, observed)
        values.append(value)
        seen.append(observed)
    return {"values": values, "seen": seen}


def proposal_time(request):
    """The median of five proposals after a number of random trials, which are added at once."""
    function, space = FUNCTIONS[request["time"]], request["space"]
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    for _ in range(request["trials"]):
        trial = study.ask()
        study.tell(trial, float(function(suggest(trial, space))))
    study.sampler = SAMPLERS[request["sampler"]](1)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        trial = study.ask()
        point = suggest(trial, space)
        times.append(1000 * (time.perf_counter() - start))
        study.tell(trial, float(function(point)))
    return {"milliseconds": float(np.median(times))}


def answer(request):
    if "check" in request:
        return {"values": [float(FUNCTIONS[request["check"]](point)) for point in request["points"]]}
    try:
        return search(request) if "search" in request else proposal_time(request)
    except ImportError as error:
        return {"missing": str(error).strip().splitlines()[0]}


print(json.dumps({"ready": True, "version": optuna.__version__}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
