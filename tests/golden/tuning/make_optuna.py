"""Writes optuna.jsonl, a journal file of Optuna: four trials in every state. Run with a Python that has optuna (3.1 or later)."""
import os
import optuna
from optuna.storages import JournalStorage
try:
    from optuna.storages import JournalFileStorage as Backend
except ImportError:
    from optuna.storages.journal import JournalFileBackend as Backend

FILE = os.path.join(os.path.dirname(__file__), "optuna.jsonl")
if os.path.exists(FILE):
    os.remove(FILE)
study = optuna.create_study(storage=JournalStorage(Backend(FILE)), study_name="theirs", direction="maximize", sampler=optuna.samplers.RandomSampler(seed=1))


def objective(trial):
    rate = trial.suggest_float("rate", 1e-4, 1, log=True)
    units = trial.suggest_int("units", 2, 16, step=2)
    kind = trial.suggest_categorical("kind", ["sgd", "adam", None, 3])
    if kind == "adam":
        trial.suggest_float("beta", 0, 1)
    for epoch in range(2):
        trial.report(rate * epoch, epoch)
    if trial.number == 1:
        raise optuna.TrialPruned()
    if trial.number == 2:
        raise ValueError("a failure")
    return rate + units


study.optimize(objective, n_trials=6, catch=(ValueError,))
