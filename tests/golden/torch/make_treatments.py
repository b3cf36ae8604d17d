"""Stores what one step does to every parameter of the catalog, where the axes and the role of a parameter matter: max-norm, Muon, penalties and decay.

Run with a Python that has torch (made with 1.13): python3 tests/golden/torch/make_treatments.py --only dense
Writes treatments/dense.json; every layer's file without --only. What a parameter is, is read here from the class of the module in PyTorch that holds it and from nothing that Descent declares:
a row of nn.Linear and of nn.ConvNd's first axis is a unit, of nn.ConvTransposeNd's second axis in each group, a row of an embedding is one vector, and
everything else (biases, scales, shifts) is left alone. Each unit is worked on by itself, number by number, in float64. Nine digits: the test compares to 1e-8.
"""

import math

import golden
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

MAX_NORM, RATE = 0.7, 0.1
L1, L2, DECAY = 0.01, 0.02, 0.03
MUON = {"momentum": 0.9, "vector_ratio": 0.5, "weight_decay": 0.2}


def module_of(case):
    scope = {"torch": torch, "nn": nn, "F": F}
    for definition in case["torch"]["definitions"]:
        exec(definition, scope)
    return eval(case["torch"]["make"].strip(), scope)


def owner_of(model, path):
    """The module with weights that a path leads to, and the name of the tensor there."""
    *modules, name = path.split(".")
    here = model
    for each in modules:
        if type(getattr(here, each)) is nn.ParameterList:
            return here, "table"
        here = getattr(here, each)
    return here, name


def units_of(module, name, shape):
    """The incoming weights of every unit as lists of positions, with what kind of parameter it is; of tables each vector."""
    positions = list(np.ndindex(*shape))
    if name == "weight" and isinstance(module, (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d)):
        return "matrix", [[p for p in positions if p[0] == unit] for unit in range(shape[0])]
    if name == "weight" and isinstance(module, (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)):
        channels = module.in_channels // module.groups
        units = [(group, filter) for group in range(module.groups) for filter in range(module.out_channels // module.groups)]
        return "matrix", [[p for p in positions if p[0] // channels == group and p[1] == filter] for group, filter in units]
    if type(module).__name__ in ("Embedding", "CategoryEmbedding"):
        return "table", [[p for p in positions if p[0] == row] for row in range(shape[0])]
    known = (nn.Linear, nn.modules.conv._ConvNd, nn.modules.batchnorm._BatchNorm, nn.LayerNorm, nn.GroupNorm)
    assert isinstance(module, known) and name in ("weight", "bias"), (type(module).__name__, name)
    return "vector", []


def bounded(value, units):
    value = value.copy()
    for unit in units:
        length = math.sqrt(sum(value[p] ** 2 for p in unit))
        if length > MAX_NORM:
            for p in unit:
                value[p] *= MAX_NORM / length
    return value


def newton_schulz(g):
    """zeropower_via_newtonschulz5 of https://github.com/KellerJordan/Muon, in float64 in place of bfloat16."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.T if g.shape[0] > g.shape[1] else g
    x = x / (np.linalg.norm(x) + 1e-7)
    for _ in range(5):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if g.shape[0] > g.shape[1] else x


def muon(value, gradient, kind, units, decayed):
    """The first step, from averages of zero: the momentum then is the gradient, and Nesterov's start is (1 + momentum) times it."""
    if kind == "matrix":
        matrix = np.array([[gradient[p] for p in unit] for unit in units]) * (1 + MUON["momentum"])
        step = newton_schulz(matrix) * max(1, matrix.shape[0] / matrix.shape[1]) ** 0.5
        after = value * (1 - RATE * MUON["weight_decay"])
        for row, unit in zip(step, units):
            for number, p in zip(row, unit):
                after[p] -= RATE * number
        return after
    rate = RATE * MUON["vector_ratio"]
    mean, square = gradient * 0.1, gradient**2 * 0.05
    adam = (mean / (1 - 0.9)) / (np.sqrt(square / (1 - 0.95)) + 1e-8)
    return value * (1 - rate * MUON["weight_decay"] * decayed) - rate * adam


def penalized(value, gradient, decayed):
    """One step of gradient descent with both penalties in the gradient, and decay beside it."""
    return value * (1 - RATE * DECAY * decayed) - RATE * (gradient + decayed * (L1 * np.sign(value) + L2 * value))


def turned(stored, where):
    value = np.array(stored["data"], dtype=np.float64).reshape(stored["shape"])
    return value.transpose(where["permute"]) if where.get("permute") else value


def numbers(value, where):
    if where.get("permute"):
        value = value.transpose(np.argsort(where["permute"]))
    return [float(f"{number:.9g}") for number in value.flatten().tolist()]


def figures(case):
    model = module_of(case)
    own = dict(model.named_parameters())
    found = {}
    for address, stored in case["parameters"].items():
        where = case["torch"]["tensors"][address]
        value, gradient = turned(stored, where), turned(case["gradients"][address], where)
        assert tuple(own[where["path"]].shape) == value.shape, address
        kind, units = units_of(*owner_of(model, where["path"]), value.shape)
        decayed = kind != "vector"
        results = {
            "maxNorm": bounded(value - RATE * gradient, units),
            "muon": muon(value, gradient, kind, units, decayed),
            "penalties": penalized(value, gradient, decayed),
        }
        found[address] = {"kind": kind, **{name: numbers(result, where) for name, result in results.items()}}
    return {"title": case["title"], "parameters": found}


settings = {"maxNorm": MAX_NORM, "rate": RATE, "l1": L1, "l2": L2, "weightDecay": DECAY, "muon": MUON}
golden.make(__doc__, "treatments", "treatmentCases.ts", lambda case: case["title"].partition(" ")[0], figures, {"torch": torch.__version__, "settings": settings})
