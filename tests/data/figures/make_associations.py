"""Associations of a small table's columns, computed without Descent, for tests/data/associations.test.ts.

Run as `python3 tests/data/figures/make_associations.py` (needs numpy, pandas and scipy); writes associations.csv and associations.json beside it.
The correlation ratio is the between-group share of the sum of squares, which scipy.stats.f_oneway gives as F: eta2 = F (k - 1) / (F (k - 1) + n - k).
Cramer's V is corrected as Bergsma 2013 does; its chi-squared is scipy.stats.chi2_contingency's, and the plain V scipy.stats.contingency.association's.
"""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

HERE = Path(__file__).parent
ROWS = 240


def table():
    rng = np.random.default_rng(11)
    kind = rng.choice(["ant", "bee", "cat", "dog"], ROWS, p=[0.4, 0.3, 0.2, 0.1])
    place = np.where(rng.random(ROWS) < 0.6, np.char.add("place of ", kind), "elsewhere")
    colour = rng.choice(["red", "green", "blue"], ROWS)
    weight = pd.Series(kind).map({"ant": 1.0, "bee": 2.0, "cat": 40.0, "dog": 60.0}).to_numpy() + rng.normal(0, 8, ROWS)
    frame = pd.DataFrame({"kind": kind, "place": place, "colour": colour, "weight": weight.round(3), "noise": rng.normal(0, 1, ROWS).round(4)})
    # Missing cells: pairs are of the rows where both are there.
    frame.loc[rng.choice(ROWS, 25, replace=False), "colour"] = None
    frame.loc[rng.choice(ROWS, 18, replace=False), "weight"] = None
    frame["code"] = [f"c{row % 60}" for row in range(ROWS)]
    frame["same"] = "one"
    return frame


def eta_squared(frame, category, number):
    both = frame[[category, number]].dropna()
    groups = [group[number].to_numpy() for _, group in both.groupby(category)]
    f = stats.f_oneway(*groups).statistic
    k, n = len(groups), len(both)
    return float(f * (k - 1) / (f * (k - 1) + n - k))


def cramers_v(frame, a, b):
    both = frame[[a, b]].dropna()
    counts = pd.crosstab(both[a], both[b]).to_numpy()
    n, (k, r) = counts.sum(), counts.shape
    phi = stats.chi2_contingency(counts, correction=False).statistic / n
    plain = stats.contingency.association(counts, method="cramer")
    assert np.isclose(np.sqrt(phi / min(k - 1, r - 1)), plain)
    corrected = max(0, phi - (k - 1) * (r - 1) / (n - 1))
    return float(np.sqrt(corrected / min(k - (k - 1) ** 2 / (n - 1) - 1, r - (r - 1) ** 2 / (n - 1) - 1)))


frame = table()
frame.to_csv(HERE / "associations.csv", index=False)
frame = pd.read_csv(HERE / "associations.csv")
categories, numbers = ["kind", "place", "colour", "code"], ["weight", "noise"]
figures = [[a, b, "etaSquared", eta_squared(frame, a, b)] for a in categories for b in numbers]
figures += [[a, b, "cramersV", cramers_v(frame, a, b)] for a, b in combinations(categories, 2)]
(HERE / "associations.json").write_text(json.dumps(figures) + "\n")
