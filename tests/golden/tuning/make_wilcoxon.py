"""Stores one-sided p values of Wilcoxon's signed-rank test: scipy's exact ones without ties, and those of all sign patterns with ties and zeros.

Run with a Python that has scipy (1.10): python3 tests/golden/tuning/make_wilcoxon.py
"""

import json
import pathlib

import numpy as np
from scipy import stats

random = np.random.default_rng(7)


def by_signs(d):
    """Every pattern of signs, by scipy's own permutation test; ranks with zeros among them."""
    ranks = stats.rankdata(np.abs(d))
    statistic = lambda x: np.sum(ranks[np.asarray(x) > 0])
    return stats.permutation_test((d,), statistic, permutation_type="samples", alternative="greater", n_resamples=np.inf, vectorized=False).pvalue


cases = []
for count in [1, 2, 3, 4, 5, 8, 12, 20, 30, 50]:
    for shift in [-0.3, 0.0, 0.4, 2.0]:
        d = np.round(random.normal(shift, 1, count), 6)
        cases.append({"kind": "exact", "differences": d.tolist(), "p": stats.wilcoxon(d, alternative="greater", mode="exact").pvalue})
for count in [2, 3, 4, 5, 7, 9, 11]:
    for shift in [0.0, 0.5, 2.0]:
        d = np.round(random.normal(shift, 1, count))
        if np.any(d):
            cases.append({"kind": "ties", "differences": d.tolist(), "p": by_signs(d)})
for shift in [0.0, 0.1, 0.3]:
    d = np.round(random.normal(shift, 1, 100), 1)
    p = stats.wilcoxon(d, alternative="greater", mode="approx", zero_method="zsplit").pvalue
    cases.append({"kind": "approximate", "differences": d.tolist(), "p": p})

target = pathlib.Path(__file__).with_name("wilcoxon.json")
target.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
