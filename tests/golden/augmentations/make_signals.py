"""Stores what NumPy and SciPy make of signals, spectrograms and rows, in float64, for tests/conformance/signalFigures.test.ts.

Run from this folder with a Python that has numpy and scipy (made with 1.26 and 1.11): python3 make_signals.py
Writes signals.json. Nothing here is taken from Descent: shifts are numpy.roll and slices, another speed is numpy.interp over a signal that
numpy.pad has continued, masks are slices, gains and noise are what decibels are defined as; bounds of what is random are scipy.stats.
"""

import json

import numpy as np
from scipy import stats

generator = np.random.default_rng(11)
groups = []


def listed(values):
    return [round(float(value), 7) for value in np.asarray(values).flatten()]


def sample_of(shape):
    """Multiples of 1/64, which float32 holds exactly, far from mean 0 and deviation 1."""
    return generator.integers(-128, 129, shape) / 64 + 3


def group(title, type, config, sample, rows):
    """rows: (what is given, what becomes of the standardized sample). Means and scales by channel, or one for a spectrogram."""
    channels = sample.shape[0] if sample.ndim == 2 else 1
    along = (channels,) + (1,) * (sample.ndim - 1)
    offset = generator.integers(-8, 9, along) / 4
    factor = 2.0 ** generator.integers(-2, 3, along)
    standardized = (sample - offset) * factor
    groups.append(
        {
            "title": title,
            "type": type,
            "config": config,
            "shape": list(sample.shape),
            "sample": listed(sample),
            "domain": {"shape": list(along), "offset": listed(offset), "factor": listed(factor)},
            "rows": [{"given": given, "expected": listed(change(standardized) / factor + offset)} for given, change in rows],
        }
    )


# Shifts. Later: what was at 0 is at s.
def later(steps, wrapped):
    def change(x):
        y = np.roll(x, steps, axis=-1)
        if not wrapped and steps > 0:
            y[..., :steps] = 0
        if not wrapped and steps < 0:
            y[..., steps:] = 0
        return y

    return change


for outside in ["zeros", "wrap"]:
    group(
        f"moved in time, {outside} outside",
        "timeShift",
        {"share": 1, "outside": outside},
        sample_of((2, 11)),
        [({"steps": steps}, later(steps, outside == "wrap")) for steps in [1, -1, 4, -7, 10, 11, -11]],
    )


# Speeds. At v the place t of the result is m + v (t - m) of the signal, m its middle.
def played(speed, outside):
    def change(x):
        length = x.shape[-1]
        beyond = 4 * length
        mode = {"zeros": {"mode": "constant"}, "border": {"mode": "edge"}, "reflection": {"mode": "reflect"}}[outside]
        middle = (length - 1) / 2
        places = middle + speed * (np.arange(length) - middle)
        return np.stack([np.interp(places, np.arange(-beyond, length + beyond), np.pad(channel, beyond, **mode)) for channel in x])

    return change


for outside in ["zeros", "border", "reflection"]:
    for length in [12, 13]:
        group(
            f"another speed, {length} steps, {outside} outside",
            "timeStretch",
            {"slowest": 0.25, "fastest": 4, "outside": outside},
            sample_of((2, length)),
            [({"speed": speed}, played(speed, outside)) for speed in [0.25, 0.5, 0.9, 1.1, 1.7, 4]],
        )

group(
    "louder and softer",
    "gain",
    {},
    sample_of((3, 8)),
    [({"decibels": decibels}, lambda x, decibels=decibels: x * 10 ** (decibels / 20)) for decibels in [6, -6, 20, -20, -60]],
)


# Masks [begin, end).
def hidden(masks, axis, fill):
    def change(x):
        y = x.copy()
        for begin, end in masks:
            place = [slice(None)] * x.ndim
            place[axis] = slice(begin, end)
            y[tuple(place)] = x.mean() if fill == "mean" else 0
        return y

    return change


MASKS = [[(0, 0), (2, 5)], [(0, 9), (3, 4)], [(1, 4), (3, 7)], [(8, 9), (0, 1)], [(0, 0), (0, 0)]]
for fill in ["zero", "mean"]:
    for title, type, axis, shape in [
        ("time of a signal", "timeMask", -1, (2, 9)),
        ("time of a spectrogram", "timeMask", -1, (1, 4, 9)),
        ("frequency of a spectrogram", "frequencyMask", -2, (1, 9, 5)),
    ]:
        group(
            f"masks over the {title}, {fill} in them",
            type,
            {"masks": 2, "fill": fill},
            sample_of(shape),
            [({"masks": masks}, hidden(masks, axis, fill)) for masks in MASKS],
        )

# What is random: quantiles of the normal distribution, and bounds that are crossed once in ten thousand times.
levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
count = 20000
rate = 0.15
low, high = stats.binom.interval(0.9999, count, rate)
chances = {
    "count": count,
    "normal": {"levels": levels, "quantiles": [float(each) for each in stats.norm.ppf(levels)]},
    # Standard errors of a sample's quantiles.
    "errors": [float(np.sqrt(p * (1 - p) / count) / stats.norm.pdf(stats.norm.ppf(p))) for p in levels],
    "normalBound": float(stats.norm.ppf(1 - 0.5e-4)),
    "dropped": {"rate": rate, "low": float(low), "high": float(high)},
    # By the number of equally likely cells.
    "chiSquare": {str(cells): float(stats.chi2.ppf(0.9999, cells - 1)) for cells in range(2, 41)},
}

with open("signals.json", "w") as file:
    json.dump({"groups": groups, "chances": chances}, file, separators=(",", ":"))
    file.write("\n")
