"""Stores what PyTorch's layers give and how their gradients run, in float64, for the catalog's conformance tests.

Run from this folder with a Python that has torch (made with 1.13): python3 make_layers.py
Writes layers.json. Dense weights are stored as Descent keeps them: [inputs, outputs]. Inputs are multiples of 1/32, which float32 holds exactly.
"""

import json

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)
cases = []


def draw(*shape):
    return (torch.randn(*shape) * 32).round() / 32


def numbers(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def layer(title, config, x, forward, parameters=None, stored=lambda name, tensor: tensor):
    """Runs forward and, under a random cotangent, backward."""
    parameters = parameters or {}
    x = x.clone().requires_grad_(True)
    y = forward(x)
    dy = draw(*y.shape)
    gradients = torch.autograd.grad(y, [x, *parameters.values()], dy)
    cases.append({
        "title": title,
        "layer": config,
        "x": numbers(x),
        "parameters": {name: numbers(stored(name, tensor)) for name, tensor in parameters.items()},
        "dy": numbers(dy),
        "y": numbers(y),
        "dx": numbers(gradients[0]),
        "gradients": {name: numbers(stored(name, gradient)) for name, gradient in zip(parameters, gradients[1:])},
    })


def conv(title, config, shape, pads=(0, 0, 0, 0), **options):
    """`pads` as F.pad takes them (left, right, top, bottom), for padding that differs from side to side."""
    channels, filters, kernel = shape[1], config["filters"], config.get("kernel", 3)
    kernel = (kernel, kernel) if isinstance(kernel, int) else tuple(kernel)
    weight = draw(filters, channels, *kernel).requires_grad_(True)
    bias = draw(filters).requires_grad_(True) if config.get("bias", True) else None
    parameters = {"weight": weight} if bias is None else {"weight": weight, "bias": bias}
    layer(title, {"type": "conv2d", **config}, draw(*shape), lambda x: F.conv2d(F.pad(x, pads), weight, bias, **options), parameters)


def dense(title, config, rows, features):
    weight = draw(config["units"], features).requires_grad_(True)
    bias = draw(config["units"]).requires_grad_(True) if config.get("bias", True) else None
    parameters = {"weight": weight} if bias is None else {"weight": weight, "bias": bias}
    turned = lambda name, tensor: tensor.T if name == "weight" else tensor
    layer(title, {"type": "dense", **config}, draw(rows, features), lambda x: F.linear(x, weight, bias), parameters, turned)


conv("3x3", {"filters": 3}, (2, 2, 5, 6))
conv("1x1", {"filters": 3, "kernel": 1}, (2, 2, 3, 3))
conv("same", {"filters": 2, "padding": "same"}, (2, 3, 4, 4), padding=1)
conv("same, even kernel", {"filters": 2, "kernel": 2, "padding": "same"}, (1, 2, 3, 4), pads=(0, 1, 0, 1))
conv("same, stride 2, odd and even sides", {"filters": 2, "stride": 2, "padding": "same"}, (1, 2, 5, 6), pads=(0, 1, 1, 1), stride=2)
conv("stride 2, padding 1", {"filters": 2, "stride": 2, "padding": 1}, (1, 2, 7, 6), stride=2, padding=1)
conv("stride 2 that leaves a column over", {"filters": 2, "kernel": 2, "stride": 2}, (1, 1, 4, 5), stride=2)
conv("stride larger than the kernel", {"filters": 2, "kernel": 1, "stride": 2}, (1, 2, 4, 5), stride=2)
conv("dilation 2", {"filters": 2, "dilation": 2, "padding": 2}, (1, 2, 6, 5), dilation=2, padding=2)
conv("dilation 2, stride 2", {"filters": 2, "dilation": 2, "stride": 2, "padding": 1}, (1, 1, 7, 7), dilation=2, stride=2, padding=1)
conv(
    "uneven",
    {"filters": 2, "kernel": [2, 3], "stride": [2, 1], "padding": [1, 0], "dilation": [1, 2]},
    (1, 1, 6, 7), stride=(2, 1), padding=(1, 0), dilation=(1, 2),
)
conv("without bias", {"filters": 2, "bias": False}, (2, 1, 4, 4))
conv("one pixel left", {"filters": 2}, (2, 2, 3, 3))

dense("dense", {"units": 4}, 3, 6)
dense("without bias", {"units": 3, "bias": False}, 2, 5)
dense("one row, one feature, one unit", {"units": 1}, 1, 1)

layer("images", {"type": "relu"}, draw(2, 3, 2, 2), F.relu)
layer("rows, with zeros", {"type": "relu"}, torch.tensor([[0.0, -1.0, 2.0], [0.5, 0.0, -0.25]]), F.relu)

ties = torch.randint(0, 2, (2, 2, 6, 6)).double()
low = float("-inf")
layer("tiles", {"type": "maxPool2d"}, draw(2, 2, 4, 6), lambda x: F.max_pool2d(x, 2))
layer("tiles with ties", {"type": "maxPool2d"}, ties, lambda x: F.max_pool2d(x, 2))
layer("3x3 tiles with ties", {"type": "maxPool2d", "kernel": 3, "stride": 3}, ties, lambda x: F.max_pool2d(x, 3))
layer("all equal", {"type": "maxPool2d"}, torch.ones(1, 1, 4, 4), lambda x: F.max_pool2d(x, 2))
layer("overlapping", {"type": "maxPool2d", "kernel": 3, "stride": 1}, draw(1, 2, 4, 5), lambda x: F.max_pool2d(x, 3, 1))
layer("overlapping with ties", {"type": "maxPool2d", "kernel": 3, "stride": 2, "padding": 1}, ties, lambda x: F.max_pool2d(x, 3, 2, 1))
layer("tiles that leave a row and a column over", {"type": "maxPool2d"}, draw(1, 2, 5, 5), lambda x: F.max_pool2d(x, 2))
layer("gaps between windows", {"type": "maxPool2d", "kernel": 2, "stride": 3}, draw(1, 1, 5, 6), lambda x: F.max_pool2d(x, 2, 3))
layer("same, odd sides", {"type": "maxPool2d", "padding": "same"}, draw(1, 2, 3, 5), lambda x: F.max_pool2d(F.pad(x, (0, 1, 0, 1), value=low), 2))
layer("below zero, padded", {"type": "maxPool2d", "kernel": 3, "stride": 2, "padding": 1}, -1 - draw(1, 1, 5, 5).abs(), lambda x: F.max_pool2d(x, 3, 2, 1))
layer("uneven", {"type": "maxPool2d", "kernel": [1, 3], "stride": [2, 1]}, draw(1, 2, 4, 4), lambda x: F.max_pool2d(x, (1, 3), (2, 1)))

layer("tiles", {"type": "avgPool2d"}, draw(2, 2, 4, 4), lambda x: F.avg_pool2d(x, 2))
layer(
    "overlapping, padding not counted", {"type": "avgPool2d", "kernel": 3, "stride": 2, "padding": 1}, draw(1, 2, 5, 5),
    lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False),
)
layer("uneven", {"type": "avgPool2d", "kernel": [3, 2], "stride": [1, 2]}, draw(1, 2, 4, 5), lambda x: F.avg_pool2d(x, (3, 2), (1, 2)))
layer("tiles that leave a row and a column over", {"type": "avgPool2d"}, draw(1, 1, 5, 3), lambda x: F.avg_pool2d(x, 2))

layer("images", {"type": "globalAvgPool2d"}, draw(2, 3, 4, 3), lambda x: x.mean((2, 3)))
layer("single pixels", {"type": "globalAvgPool2d"}, draw(2, 3, 1, 1), lambda x: x.mean((2, 3)))
layer("images", {"type": "flatten"}, draw(2, 3, 2, 2), nn.Flatten())
layer("rows", {"type": "flatten"}, draw(2, 3), nn.Flatten())

with open("layers.json", "w") as file:
    json.dump({"torch": torch.__version__, "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
