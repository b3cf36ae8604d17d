"""Stores what PyTorch's losses and metrics give, with the losses' gradients by the output, in float64, for the catalog's conformance tests.

Run from this folder with a Python that has torch (made with 1.13): python3 make_losses.py
Writes losses.json. Outputs are multiples of 1/32, which float32 holds exactly.
"""

import json

import torch
from torch.nn import functional as F

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)
cases = []


def draw(*shape):
    return (torch.randn(*shape) * 32).round() / 32


def numbers(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def case(title, name, output, target, forward, metrics):
    output = output.clone().requires_grad_(True)
    value = forward(output, target)
    (gradient,) = torch.autograd.grad(value, [output])
    cases.append({
        "title": title,
        "loss": {"type": name},
        "output": numbers(output),
        "target": numbers(target),
        "value": value.item(),
        "gradient": numbers(gradient),
        "metrics": {metric: measure(output, target).item() for metric, measure in metrics.items()},
    })


def classes(title, scores, target):
    accuracy = lambda z, t: (z.argmax(1) == t).double().mean()
    case(title, "softmaxCrossEntropy", scores, torch.as_tensor(target), F.cross_entropy, {"accuracy": accuracy})


def numbers_of(title, output, target):
    case(title, "meanSquaredError", output, target, F.mse_loss, {"meanAbsoluteError": F.l1_loss})


classes("six rows of four classes", draw(6, 4) * 3, torch.randint(0, 4, (6,)))
classes("one row of two classes", draw(1, 2), [1])
classes("many classes", draw(5, 40), torch.randint(0, 40, (5,)))
classes("every row right", torch.eye(4) * 2, [0, 1, 2, 3])
classes("every row wrong", torch.eye(4) * 2, [1, 2, 3, 0])
classes("scores that overflow an exponential", torch.tensor([[500.0, -500.0, 0.0], [-800.0, -801.0, -802.0], [90.0, 89.0, 88.5]]), [1, 1, 0])
classes("scores far from zero that differ little", 1024 + draw(4, 3), [0, 2, 1, 1])

numbers_of("five rows of two numbers", draw(5, 2), draw(5, 2))
numbers_of("one row of one number", draw(1, 1), draw(1, 1))
numbers_of("one of three exact", torch.tensor([[1.0], [2.0], [-3.0]]), torch.tensor([[1.0], [0.5], [3.0]]))
numbers_of("large numbers", draw(4, 3) * 1024, draw(4, 3) * 1024)

with open("losses.json", "w") as file:
    json.dump({"torch": torch.__version__, "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
