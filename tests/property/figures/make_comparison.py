"""Intervals of fractions and of mean differences, computed without Descent, for tests/property/comparison.test.ts.

Run as `python3 tests/property/figures/make_comparison.py` (needs scipy and statsmodels); writes comparison.json beside it.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

HERE = Path(__file__).parent

quantiles = [[fraction, freedom, stats.t.ppf(fraction, freedom)] for fraction in (0.6, 0.9, 0.975, 0.9995) for freedom in (1, 2, 3, 4, 5, 8, 9, 30, 101)]
fractions = [[right, count, *proportion_confint(right, count, method="wilson")] for right, count in ((0, 9), (8, 9), (9, 9), (50, 100), (9713, 10000))]
differences = [
    [a, b, count, *confint_proportions_2indep(a, count, b, count, method="newcomb", compare="diff")]
    for a, b, count in ((8, 7, 9), (9, 9, 9), (80, 60, 100), (60, 80, 100), (9713, 9650, 10000), (0, 10, 10))
]
rng = np.random.default_rng(7)
means = []
for count, overlap in ((2, 0.0), (5, 0.0), (5, 0.25), (11, 0.1)):
    values = rng.normal(0.01, 0.02, count)
    # Nadeau and Bengio 2003, section 4: the variance of the mean is (1 / n + tests / trainings) S^2.
    scale = values.std(ddof=1) * np.sqrt(1 / count + overlap)
    means.append([values.tolist(), overlap, *stats.t.interval(0.95, count - 1, loc=values.mean(), scale=scale)])

(HERE / "comparison.json").write_text(json.dumps({"quantiles": quantiles, "fractions": fractions, "differences": differences, "means": means}, indent=1) + "\n")
