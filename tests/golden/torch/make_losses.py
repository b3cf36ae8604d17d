"""Stores what PyTorch's losses give, with their gradients by the output, in float64, for the catalog's conformance tests.

Run with a Python that has torch (made with 1.13): python3 tests/golden/torch/make_losses.py --only huber
Writes losses/huber.json: value and gradient of every case, with its digest; every loss's file without --only.
"""

import golden
import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)


def figures(case):
    scope = {"torch": torch, "nn": nn, "F": F}
    for definition in case["definitions"]:
        exec(definition, scope)
    output = torch.tensor(case["output"], dtype=torch.float64).reshape(case["rows"], case["width"]).requires_grad_(True)
    target = torch.tensor(case["target"]).long() if case["classes"] else torch.tensor(case["target"], dtype=torch.float64).reshape(case["rows"], case["width"])
    value = eval(case["make"], scope)(output, target)
    (gradient,) = torch.autograd.grad(value, [output])
    return {"title": case["title"], "digest": case["digest"], "value": value.item(), "gradient": gradient.flatten().tolist()}


golden.make(__doc__, "losses", "lossCases.ts", lambda case: case["loss"]["type"], figures, {"torch": torch.__version__})
