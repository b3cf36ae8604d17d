"""Figures of the shipped data sets, computed without Descent: class counts and standardization, for the tests beside this file.

Run as `python3 tests/data/figures.py` (needs numpy); writes figures.json.
"""

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DATASETS = HERE.parent.parent / "resources" / "datasets"


def moments(samples, groups):
    """Mean and 1 / population standard deviation over two thirds of the samples; groups are columns, or everything."""
    part = samples[np.arange(len(samples)) % 3 != 0].astype(np.float64)
    part = part.reshape(-1, groups)
    return {"mean": part.mean(axis=0).tolist(), "scale": (1 / np.where(part.std(axis=0) == 0, 1, part.std(axis=0))).tolist()}


def weighted(sample):
    """Differs when two values change places."""
    return float((np.arange(1, sample.size + 1) * sample.ravel().astype(np.float64)).sum())


def table(file, target):
    with open(DATASETS / file, encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = [name for name in rows[0] if name != target]
    samples = np.array([[float(row[name]) for name in names] for row in rows])
    return samples, [row[target] for row in rows]


def idx(file):
    raw = gzip.decompress((DATASETS / "fashion-mnist" / file).read_bytes())
    dims = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(raw[3])]
    return np.frombuffer(raw, dtype=np.uint8, offset=4 + 4 * raw[3]).reshape(dims)


figures = {}
for name, file, target in [
    ("iris", "iris/iris.csv", "species"),
    ("digits", "digits/digits.csv", "digit"),
    ("wine", "wine/wine.csv", "cultivar"),
    ("breast-cancer", "breast-cancer/breast-cancer.csv", "diagnosis"),
    ("diabetes", "diabetes/diabetes.csv", "progression"),
]:
    samples, labels = table(file, target)
    figures[name] = {
        "length": len(samples),
        "sum": float(samples.sum()),
        "middle": weighted(samples[len(samples) // 2]),
        "feature": moments(samples, 1 if name == "digits" else samples.shape[1]),
        "global": moments(samples, 1),
    }
    if name == "diabetes":
        figures[name]["targets"] = {"sum": sum(map(float, labels)), "middle": float(labels[len(labels) // 2])}
    else:
        figures[name]["classes"] = dict(sorted(Counter(labels).items()))

images = np.concatenate([idx("train-images-idx3-ubyte.gz"), idx("t10k-images-idx3-ubyte.gz")])
labels = np.concatenate([idx("train-labels-idx1-ubyte.gz"), idx("t10k-labels-idx1-ubyte.gz")])
figures["fashion-mnist"] = {
    "length": len(images),
    "sum": int(images.sum(dtype=np.int64)),
    "middle": weighted(images[len(images) // 2]),
    "feature": moments(images, 1),
    "global": moments(images, 1),
    "classes": {str(k): int(v) for k, v in sorted(Counter(labels.tolist()).items())},
    "testClasses": {str(k): int(v) for k, v in sorted(Counter(labels[-10000:].tolist()).items())},
    "lastLabels": labels[-8:].tolist(),
}
(HERE / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
