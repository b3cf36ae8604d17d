"""Runs the train.py of many reproductions in one process and says of each how far Descent is from it, and whether chaos explains the distance.

Folders come as a JSON list on standard input; a line of JSON goes out for each. The yardstick is the same training again, all against float64: in float32,
from weights that are moved by 1e-7, and with gradients that are moved by 1e-7 of the largest (a gradient that is zero but for rounding, as that of a bias in
front of a batch normalization, is made as large as any by an adaptive optimizer). Where these part, rounding alone decides, and Descent may be as far off,
times a factor.
"""

import importlib.util
import json
import sys
import time
import traceback

import numpy as np
import torch

# Figures that are equal to so much need no explanation.
SAME = 1e-5
# How much further than the yardstick Descent may be: its operators round in another order than PyTorch's.
FACTOR = 30
MOVED = 1e-7


def load(folder, number):
    spec = importlib.util.spec_from_file_location(f"train{number}", f"{folder}/train.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kept_by(measure, evaluations):
    """A metric that also keeps what it measured."""

    def measured(y, t):
        evaluations.append((y, t))
        return measure(y, t)

    return measured


def spread_of(measure, y, t, share):
    """How much a metric changes where the outputs are off by a share: which of two scores is larger is no question where they are nearly equal."""
    value, generator = measure(y, t), np.random.default_rng(0)
    around = [measure(y + share * np.abs(y).max() * generator.standard_normal(y.shape), t) for _ in range(6)]
    return max(abs(other - value) for other in around)


def with_rounded_gradients(training):
    """A training whose gradients are off by what rounding makes of them. Zeros to which no sample contributes stay; those of samples that cancel do not."""

    class Rounded(training):
        generator = torch.Generator().manual_seed(2)

        def gradient(self, step):
            some = self.gradients_of_half(step)
            loss = super().gradient(step)
            largest = max([parameter.grad.abs().max().item() for parameter in self.trained], default=0.0)
            for parameter, half in zip(self.trained, some):
                noise = torch.randn(parameter.shape, generator=self.generator, dtype=parameter.dtype)
                parameter.grad += MOVED * largest * noise * ((parameter.grad != 0) | (half != 0))
            return loss

        def gradients_of_half(self, step):
            before = [(buffer, buffer.clone()) for buffer in self.model.buffers()]
            rows = self.data.rows
            self.data.rows = lambda step: rows(step)[::2]
            try:
                super().gradient(step)
            except ValueError:
                pass  # One sample alone has no statistics.
            self.data.rows = rows
            for buffer, value in before:
                buffer.copy_(value)
            return [parameter.grad.clone() for parameter in self.trained]

    return Rounded


def figures_of(found, recorded_tensors):
    """By title, the values over the steps of everything that is compared."""
    series = {"training loss": {step: value for step, value in enumerate(found["loss"], 1)}}
    for each in found["measured"]:
        for name, value in each["metrics"].items():
            series.setdefault(f"{each['part']} {name}", {})[each["step"]] = value
    tensors = found["state"]["tensors"] if found["state"] is not None else {}
    return series, {name: tensors[name].double().numpy() for name in recorded_tensors}


def verdict(folder, number):
    module = load(folder, number)
    recorded = module.read_recorded()
    measurements = {name: [] for name in module.METRICS}
    plain = dict(module.METRICS)
    module.METRICS = {name: kept_by(measure, measurements[name]) for name, measure in plain.items()}
    double = module.follow(recorded, dtype=torch.float64)
    module.METRICS = plain
    others = [
        module.follow(recorded, dtype=torch.float32),
        module.follow(recorded, dtype=torch.float64, moved=MOVED),
        module.follow(recorded, dtype=torch.float64, moved=-MOVED),
    ]
    module.Training = with_rounded_gradients(module.Training)
    others.append(module.follow(recorded, dtype=torch.float64))
    names = list(recorded["state"]["tensors"]) if recorded["state"] is not None else []
    product, exact = figures_of(recorded, names), figures_of(double, names)
    yard = [figures_of(other, names) for other in others]

    # Every evaluation measured every metric once, in this order.
    evaluations = [(each["part"], each["step"]) for each in double["measured"]]
    rows = []
    apart = lambda a, b: abs(a - b) / max(abs(b), 1e-12)
    # How far the trainings have parted by a step, over all losses.
    steps = sorted(exact[0]["training loss"])
    parted = {0: 0.0}
    for step in steps:
        now = [apart(other[0][title][step], series[step]) for title, series in exact[0].items() if title.endswith("loss") and step in series for other in yard]
        parted[step] = max([parted[step - 1], *now])
    for title, series in exact[0].items():
        for step in sorted(series):
            if step not in product[0].get(title, {}):
                continue
            spread = 0.0
            if not title.endswith("loss"):
                part, name = title.split(" ")
                spread = spread_of(plain[name], *measurements[name][evaluations.index((part, step))], max(1e-6, FACTOR * parted[step]))
            own = max(apart(other[0][title][step], series[step]) for other in yard)
            rows.append((title, f"step {step}", apart(product[0][title][step], series[step]), max(own, parted[step]), spread / max(abs(series[step]), 1e-12)))
    for name in names:
        size = max(np.abs(exact[1][name]).max(), 1e-3)
        distance = lambda tensor: float(np.abs(tensor - exact[1][name]).max() / size)
        rows.append(("state", name, distance(product[1][name]), max(parted[steps[-1]], *(distance(other[1][name]) for other in yard)), 0.0))

    worst = max(rows, key=lambda row: row[2])
    beyond = [row for row in rows if not row[2] <= max(SAME, FACTOR * row[3], row[4])]
    unequal = [row[2] for row in rows if not row[2] <= max(SAME, row[4])]
    return {
        "verdict": "apart" if beyond else "chaos" if any(not value <= 1e-4 for value in unequal) else "1e-4" if unequal else "1e-5",
        "largest": worst[2],
        "where": f"{worst[0]}, {worst[1]}",
        "yardstick": worst[3],
        "compared": len(rows),
        "beyond": [{"what": f"{title}, {place}", "distance": distance, "yardstick": own} for title, place, distance, own, _ in beyond[:8]],
    }


def main():
    torch.set_num_threads(1)
    for number, folder in enumerate(json.load(sys.stdin)):
        started = time.process_time()
        try:
            found = verdict(folder, number)
        except Exception:
            found = {"verdict": "failed", "beyond": [], "error": traceback.format_exc()}
        print(json.dumps({"folder": folder, **found, "seconds": time.process_time() - started}), flush=True)


if __name__ == "__main__":
    main()
