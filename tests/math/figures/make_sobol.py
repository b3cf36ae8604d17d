"""Writes sobol.json: the first points of scipy's Sobol sequence without scrambling, as whole numbers of 32 bits, in dimensions 0, 1, 2, 9, 20, 40 and 63."""

import json
from pathlib import Path

import numpy as np
from scipy.stats import qmc

DIMENSIONS = [0, 1, 2, 9, 20, 40, 63]
points = qmc.Sobol(64, scramble=False, bits=32).random(256)
# Every point of the first 32, then every 7th: later points depend on later direction numbers.
indices = [*range(32), *range(32, 256, 7)]
digits = {str(d): [int(x) for x in np.round(points[indices, d] * 2**32)] for d in DIMENSIONS}
Path(__file__).with_name("sobol.json").write_text(json.dumps({"indices": indices, "digits": digits}) + "\n")
