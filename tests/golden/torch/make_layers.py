"""Stores what PyTorch's layers, losses and metrics give and how their gradients run, for the catalog's conformance tests.

Run from this folder with a Python that has torch (made with 1.13): python3 make_layers.py
Writes layers.json. Dense weights are stored as Descent keeps them: [inputs, outputs].
"""

import json

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)
cases = []


def numbers(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def layer(title, config, x, forward, parameters, stored=lambda name, tensor: tensor):
    """Runs forward and, under a random cotangent, backward."""
    x = x.clone().requires_grad_(True)
    y = forward(x)
    dy = torch.randn_like(y)
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


def conv(title, config, shape, **options):
    channels, filters, kernel = shape[1], config["filters"], config.get("kernel", 3)
    kernel = (kernel, kernel) if isinstance(kernel, int) else tuple(kernel)
    weight = torch.randn(filters, channels, *kernel, requires_grad=True)
    bias = torch.randn(filters, requires_grad=True)
    layer(title, {"type": "conv2d", **config}, torch.randn(shape), lambda x: F.conv2d(x, weight, bias, **options), {"weight": weight, "bias": bias})


conv("3x3", {"filters": 3}, (2, 2, 5, 6))
conv("same", {"filters": 2, "padding": "same"}, (2, 3, 4, 4), padding=1)
conv("stride 2, padding 1", {"filters": 2, "stride": 2, "padding": 1}, (1, 2, 7, 6), stride=2, padding=1)
conv("dilation 2", {"filters": 2, "dilation": 2, "padding": 2}, (1, 2, 6, 5), dilation=2, padding=2)
conv("uneven", {"filters": 2, "kernel": [2, 3], "stride": [2, 1], "padding": [1, 0], "dilation": [1, 2]}, (1, 1, 6, 7), stride=(2, 1), padding=(1, 0), dilation=(1, 2))

weight = torch.randn(4, 6, requires_grad=True)
bias = torch.randn(4, requires_grad=True)
layer("dense", {"type": "dense", "units": 4}, torch.randn(3, 6), lambda x: F.linear(x, weight, bias), {"weight": weight, "bias": bias}, lambda name, t: t.T if name == "weight" else t)
layer("relu", {"type": "relu"}, torch.randn(2, 3, 2, 2), F.relu, {})
layer("max, tiles", {"type": "maxPool2d"}, torch.randn(2, 2, 4, 6), lambda x: F.max_pool2d(x, 2), {})
ties = torch.randint(0, 2, (2, 2, 6, 6)).double()
layer("max, tiles with ties", {"type": "maxPool2d"}, ties, lambda x: F.max_pool2d(x, 2), {})
layer("max, 3x3 tiles with ties", {"type": "maxPool2d", "kernel": 3, "stride": 3}, ties, lambda x: F.max_pool2d(x, 3), {})
layer("max, overlapping with ties", {"type": "maxPool2d", "kernel": 3, "stride": 2, "padding": 1}, ties, lambda x: F.max_pool2d(x, 3, 2, 1), {})
layer("mean, tiles", {"type": "avgPool2d"}, torch.randn(2, 2, 4, 4), lambda x: F.avg_pool2d(x, 2), {})
layer("mean, overlapping", {"type": "avgPool2d", "kernel": 3, "stride": 2, "padding": 1}, torch.randn(1, 2, 5, 5), lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), {})
layer("mean of everything", {"type": "globalAvgPool2d"}, torch.randn(2, 3, 4, 3), lambda x: x.mean((2, 3)), {})
layer("flatten", {"type": "flatten"}, torch.randn(2, 3, 2, 2), nn.Flatten(), {})

losses = []


def loss(config, output, target, forward, metrics):
    output = output.clone().requires_grad_(True)
    value = forward(output)
    (gradient,) = torch.autograd.grad(value, [output])
    losses.append({"loss": config, "output": numbers(output), "target": numbers(target), "value": value.item(), "gradient": numbers(gradient), "metrics": metrics})


scores, classes = torch.randn(6, 4) * 3, torch.randint(0, 4, (6,))
loss({"type": "softmaxCrossEntropy"}, scores, classes, lambda z: F.cross_entropy(z, classes), {"accuracy": (scores.argmax(1) == classes).double().mean().item()})
values, targets = torch.randn(5, 2), torch.randn(5, 2)
loss({"type": "meanSquaredError"}, values, targets, lambda z: F.mse_loss(z, targets), {"meanAbsoluteError": F.l1_loss(values, targets).item()})

with open("layers.json", "w") as file:
    json.dump({"torch": torch.__version__, "layers": cases, "losses": losses}, file)
    file.write("\n")
