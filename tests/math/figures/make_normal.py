"""Writes normal.json: figures of the standard normal distribution and of erf from scipy, at points in the middle and in both tails."""

import json
from pathlib import Path

import numpy as np
from scipy import special, stats

xs = [-40.0, -12.5, -8.0, -5.5, -3.0, -1.25, -0.7, -0.66, -0.3, -1e-9, 0.0, 1e-9, 0.25, 0.66, 0.7, 1.5, 2.75, 5.5, 5.75, 7.0, 9.0]
ps = [1e-300, 1e-100, 1e-30, 1e-12, 1e-6, 1e-3, 0.02, 0.07, 0.0749, 0.0751, 0.3, 0.5, 0.6, 0.9249, 0.9251, 0.99, 0.999999]
figures = {
    "xs": xs,
    "pdf": stats.norm.pdf(xs).tolist(),
    "cdf": special.ndtr(xs).tolist(),
    "logCdf": special.log_ndtr(np.array(xs)).tolist(),
    "erf": special.erf(xs).tolist(),
    "ps": ps,
    "quantile": special.ndtri(ps).tolist(),
}
Path(__file__).with_name("normal.json").write_text(json.dumps(figures, indent=1) + "\n")
