"""Figures of the shipped data sets as an inspection tells them, computed without Descent, for tests/data/inspectFigures.test.ts.

Run as `python3 tests/data/figures/make_inspection.py` (needs numpy and pandas); writes inspection.json beside it.
Deviations divide by n - 1; quartiles are numpy's default; a histogram has the bins of Freedman and Diaconis, at least 10 and at most 60,
and whole numbers have bins of whole widths around them.
"""

import gzip
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
DATASETS = HERE.parent.parent.parent / "resources" / "datasets"


def histogram(values):
    low, high = float(values.min()), float(values.max())
    q1, q3 = np.percentile(values, [25, 75])
    width = 2 * (q3 - q1) / len(values) ** (1 / 3)
    bins = int(min(60, max(10, math.ceil((high - low) / width)))) if width > 0 else 60
    if (values == np.round(values)).all():
        step = 1 if high - low + 1 <= 60 else math.ceil((high - low + 1) / bins)
        bins = math.ceil((high - low + 1) / step)
        low, high = low - 0.5, low - 0.5 + bins * step
    counts, _ = np.histogram(values, bins=bins, range=(low, high))
    return {"low": low, "high": high, "counts": counts.tolist()}


def numbers(values):
    values = np.asarray(values, dtype=np.float64)
    q1, median, q3 = np.percentile(values, [25, 50, 75])
    return {
        "count": len(values),
        "mean": float(values.mean()),
        "deviation": float(values.std(ddof=1)),
        "min": float(values.min()),
        "q1": float(q1),
        "median": float(median),
        "q3": float(q3),
        "max": float(values.max()),
        "distinct": int(len(np.unique(values))),
        "zeros": int((values == 0).sum()),
        "histogram": histogram(values),
    }


def explained(samples):
    """Shares of the first two principal components of standardized samples; what is constant is left out."""
    samples = samples[:, samples.std(axis=0) > 0]
    standardized = (samples - samples.mean(axis=0)) / samples.std(axis=0)
    values = np.linalg.eigvalsh(np.cov(standardized, rowvar=False))[::-1]
    return (values[:2] / values.sum()).tolist()


def far_out(frame):
    """Values more than three interquartile ranges outside the quartiles, of all numeric columns."""
    total = 0
    for name in frame.columns:
        q1, q3 = np.percentile(frame[name], [25, 75])
        if q3 > q1:
            total += int(((frame[name] < q1 - 3 * (q3 - q1)) | (frame[name] > q3 + 3 * (q3 - q1))).sum())
    return total


def entropy(counts):
    shares = np.array(counts) / sum(counts)
    return float(-(shares * np.log2(shares)).sum())


def images(samples, labels):
    """Of [N, values], with the mean samples as weighted sums, which differ when two values change places."""
    samples = samples.astype(np.float64)
    weights = np.arange(1, samples.shape[1] + 1)
    same = pd.DataFrame({"bytes": [row.tobytes() for row in samples], "label": labels})
    return {
        "values": numbers(samples.ravel()),
        "mean": float(samples.mean(axis=0) @ weights),
        "deviation": float(samples.std(axis=0, ddof=1) @ weights),
        "classMeans": [float(samples[labels == k].mean(axis=0) @ weights) for k in sorted(set(labels))],
        "duplicates": int(same.duplicated().sum()),
    }


figures = {}
for name, target in [("iris", "species"), ("wine", "cultivar"), ("breast-cancer", "diagnosis"), ("diabetes", "progression"), ("digits", "digit")]:
    frame = pd.read_csv(DATASETS / name / f"{name}.csv")
    features = frame.drop(columns=target)
    own = {"samples": len(frame), "explained": explained(features.to_numpy(dtype=np.float64))}
    if name == "diabetes":
        own["target"] = numbers(frame[target])
    else:
        counts = frame[target].value_counts().sort_index()
        own["classes"] = {str(key): int(count) for key, count in counts.items()}
        own["entropy"] = entropy(counts.tolist())
    if name == "digits":
        own |= images(features.to_numpy(), frame[target].to_numpy())
    else:
        numeric = frame.select_dtypes("number")
        own |= {
            "values": numbers(features.to_numpy().ravel()),
            "columns": {column: numbers(numeric[column]) for column in numeric},
            "correlations": numeric.corr().to_numpy().round(12).tolist(),
            "duplicates": int(frame.duplicated().sum()),
            "conflicts": int(features.duplicated().sum() - frame.duplicated().sum()),
            "outliers": far_out(numeric),
        }
    figures[name] = own


def idx(file):
    raw = gzip.decompress((DATASETS / "fashion-mnist" / file).read_bytes())
    dims = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(raw[3])]
    return np.frombuffer(raw, dtype=np.uint8, offset=4 + 4 * raw[3]).reshape(dims)


pictures = np.concatenate([idx("train-images-idx3-ubyte.gz"), idx("t10k-images-idx3-ubyte.gz")])
labels = np.concatenate([idx("train-labels-idx1-ubyte.gz"), idx("t10k-labels-idx1-ubyte.gz")]).astype(int)
counts = np.bincount(labels)
figures["fashion-mnist"] = {
    "samples": len(pictures),
    "classes": {str(k): int(count) for k, count in enumerate(counts)},
    "entropy": entropy(counts.tolist()),
    # Of all pictures as means of 2 by 2 pixels; Descent draws 2,000 of them.
    "explained": explained(pictures.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(len(pictures), -1)),
    **images(pictures.reshape(len(pictures), -1), labels),
}
(HERE / "inspection.json").write_text(json.dumps(figures) + "\n")
