"""Stores what PyTorch's losses give, with their gradients by the output, in float64, for the catalog's conformance tests.

Run from this folder with a Python that has torch (made with 1.13) and a Node that runs TypeScript (22.18 or newer) on the path: python3 make_losses.py
Writes losses.json: value and gradient by the digest of each case.
"""

import json
import subprocess

import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
found = {}
for case in json.loads(subprocess.run(["node", "lossCases.ts"], check=True, stdout=subprocess.PIPE, text=True).stdout):
    scope = {"torch": torch, "nn": nn, "F": F}
    for definition in case["definitions"]:
        exec(definition, scope)
    output = torch.tensor(case["output"], dtype=torch.float64).reshape(case["rows"], case["width"]).requires_grad_(True)
    target = torch.tensor(case["target"]).long() if case["classes"] else torch.tensor(case["target"], dtype=torch.float64).reshape(case["rows"], case["width"])
    value = eval(case["make"], scope)(output, target)
    (gradient,) = torch.autograd.grad(value, [output])
    found[case["digest"]] = {"value": value.item(), "gradient": gradient.flatten().tolist()}
with open("losses.json", "w") as file:
    json.dump({"torch": torch.__version__, "cases": found}, file, separators=(",", ":"))
    file.write("\n")
