"""Stores which trials Optuna's median and percentile pruners end, and after which epoch, for random curves.

Run with a Python that has optuna (3.1): python3 tests/golden/tuning/make_pruners.py
"""

import json
import math
import pathlib

import numpy as np
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
random = np.random.default_rng(3)
TRIALS, EPOCHS = 25, 12

SETTINGS = [
    {"type": "median", "startupTrials": 5, "warmupEpochs": 0, "interval": 1},
    {"type": "median", "startupTrials": 3, "warmupEpochs": 2, "interval": 3},
    {"type": "percentile", "percentile": 25, "startupTrials": 4, "warmupEpochs": 0, "interval": 1},
    {"type": "percentile", "percentile": 70, "startupTrials": 2, "warmupEpochs": 4, "interval": 2},
]


def pruner_of(settings):
    shared = dict(n_startup_trials=settings["startupTrials"], n_warmup_steps=settings["warmupEpochs"], interval_steps=settings["interval"])
    if settings["type"] == "median":
        return optuna.pruners.MedianPruner(**shared)
    return optuna.pruners.PercentilePruner(settings["percentile"], **shared)


def curve():
    level, speed = random.uniform(0, 1), random.uniform(0.1, 1)
    values = level + np.exp(-speed * np.arange(EPOCHS)) + random.normal(0, 0.05, EPOCHS)
    values = np.round(values, 4)
    if random.random() < 0.2:
        values[random.integers(EPOCHS) :] = np.nan
    return values


def run(settings, curves):
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0), pruner=pruner_of(settings))
    lengths = []
    for values in curves:
        trial = study.ask()
        length = EPOCHS
        for epoch, value in enumerate(values):
            trial.report(value, epoch)
            # The last epoch ends a trial anyway.
            if epoch < EPOCHS - 1 and trial.should_prune():
                length = epoch + 1
                break
        lengths.append(length)
        if length < EPOCHS:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
        else:
            # Optuna refuses NaN as a value of a completed trial; its intermediate values are what counts here.
            study.tell(trial, 0.0)
    return lengths


cases = []
for settings in SETTINGS:
    curves = [curve() for _ in range(TRIALS)]
    lengths = run(settings, curves)
    plain = [[None if math.isnan(value) else value for value in values] for values in curves]
    cases.append({"settings": settings, "curves": plain, "lengths": lengths})
    print(settings, lengths)

target = pathlib.Path(__file__).with_name("pruners.json")
target.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
