"""Stores what the metrics are by their textbook definitions, with numpy alone: nothing here is shared with Descent's accumulators.

Run with a Python that has numpy: python3 tests/golden/torch/make_metrics.py
Writes metrics.json: by case and metric; null where a metric is not defined.
"""

import json

import golden
import numpy as np


def top(k):
    # In place k or better: the class counts among equals.
    return lambda y, t: np.mean([sum(row > row[c]) < k for row, c in zip(y, t)])


def balanced(y, t):
    given = y.argmax(1)
    return np.mean([np.mean(given[t == c] == c) for c in np.unique(t)])


def macro_f1(y, t):
    given, scores = y.argmax(1), []
    for c in range(y.shape[1]):
        hits, false, missed = sum((given == c) & (t == c)), sum((given == c) & (t != c)), sum((given != c) & (t == c))
        if hits + false + missed > 0:
            scores.append(hits / (hits + 0.5 * (false + missed)))
    return np.mean(scores)


def pairs(score, positive):
    """The share of pairs, one sample of each side, in which the positive one is above; half where they are equal."""
    wins = [1.0 if a > b else 0.5 if a == b else 0.0 for a in score[positive] for b in score[~positive]]
    return np.mean(wins) if wins else np.nan


def defined(values):
    """The mean of the classes or columns for which there is a value."""
    values = [value for value in values if not np.isnan(value)]
    return np.mean(values) if values else np.nan


def auc(y, t):
    p = np.exp(y - y.max(1, keepdims=True))
    # The same order of operations as a softmax in float64, so that equal probabilities are equal.
    p = p / np.array([[sum(row)] for row in p])
    return pairs(p[:, 1], t == 1) if y.shape[1] == 2 else defined([pairs(p[:, c], t == c) for c in range(y.shape[1])])


def r2(y, t):
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = [1 - ((y[:, v] - t[:, v]) ** 2).sum() / ((t[:, v] - t[:, v].mean()) ** 2).sum() for v in range(y.shape[1])]
    return defined([score if np.isfinite(score) else np.nan for score in scores])


METRICS = {
    "classification": {
        "accuracy": lambda y, t: np.mean(y.argmax(1) == t),
        "top2Accuracy": top(2),
        "top3Accuracy": top(3),
        "top5Accuracy": top(5),
        "balancedAccuracy": balanced,
        "macroF1": macro_f1,
        "rocAuc": auc,
    },
    "regression": {
        "meanAbsoluteError": lambda y, t: np.abs(y - t).mean(),
        "meanSquaredError": lambda y, t: ((y - t) ** 2).mean(),
        "rootMeanSquaredError": lambda y, t: np.sqrt(((y - t) ** 2).mean()),
        "r2": r2,
    },
}

found = {}
for case in golden.cases_of("metricCases.ts"):
    y, t = np.array(case["outputs"], dtype=float).reshape(case["rows"], case["width"]), np.array(case["targets"])
    t = t if case["task"] == "classification" else t.reshape(y.shape)
    values = {name: float(measure(y, t)) for name, measure in METRICS[case["task"]].items()}
    found[case["title"]] = {name: None if np.isnan(value) else value for name, value in values.items()}
with open(golden.HERE / "metrics.json", "w") as file:
    json.dump(found, file, indent=1)
    file.write("\n")
