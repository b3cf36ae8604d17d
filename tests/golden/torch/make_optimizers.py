"""Stores 100 steps of every optimizer in float32, on one small network and one batch: PyTorch's own where it has the optimizer, else one written from the paper.

Run from this folder with a Python that has torch (made with 1.13) and a Node that runs TypeScript (22.18 or newer) on the path: python3 make_optimizers.py
Writes optimizers.json. Weights are stored as Descent keeps them: [inputs, outputs]. A number is written in the fewest digits that give its
float32 back. A loss is that before the step of its place in the list; parameters are those after the step they stand under.

Every path is also run in float64, and refused where the two part by more than SMOOTH: a trajectory can only be followed to 1e-5 where rounding does not
decide it. The network is smooth (tanh), so that no sample sits on a bend.
"""

import hashlib
import json
import subprocess

import torch
import torch.nn.functional as F
from torch import nn

STEPS, ROWS, HIDDEN = 100, 16, 8
KEPT = (1, 2, 10, 100)
SMOOTH = 7e-6


def shortest(value):
    """The number in the fewest digits that round to the same float32; itself where it is no float32."""
    for digits in range(1, 18):
        short = float(f"{value:.{digits}g}")
        if torch.tensor(short, dtype=torch.float32).item() == value:
            return short
    return value


def numbers(tensor):
    return [shortest(value) for value in tensor.detach().flatten().tolist()]


def state(model):
    first, last = model[0], model[2]
    return {
        "hidden/weight": numbers(first.weight.T.contiguous()),
        "hidden/bias": numbers(first.bias),
        "output/weight": numbers(last.weight.T.contiguous()),
        "output/bias": numbers(last.bias),
    }


def fresh(dtype=torch.float32):
    torch.manual_seed(73)
    return nn.Sequential(nn.Linear(4, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 3)).to(dtype)


def descend(case, model, x, y):
    scope = {"torch": torch, "nn": nn, "F": F}
    for definition in case["definitions"]:
        exec(definition, scope)
    groups = [
        {"params": [model[0].weight, model[2].weight], "decayed": True},
        {"params": [model[0].bias, model[2].bias], "decayed": False},
    ]
    optimizer = eval(case["make"], scope)(groups)
    losses, kept = [], {}

    def gradient():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        return loss

    for step in range(1, STEPS + 1):
        losses.append(shortest(gradient().item()))
        optimizer.step(gradient) if case["twoPasses"] else optimizer.step()
        if step in KEPT:
            kept[step] = state(model)
    return losses, kept


def path_of(case, x, y):
    model, exact = fresh(), fresh(torch.float64)
    losses, kept = descend(case, model, x, y)
    exact_losses, _ = descend(case, exact, x.double(), y)
    apart = max((a.double() - b).abs().max() / b.abs().max() for a, b in zip(model.parameters(), exact.parameters()))
    apart = max(apart.item(), *(abs(a - b) / abs(b) for a, b in zip(losses, exact_losses)))
    assert apart < SMOOTH, f"{case['optimizer']}: rounding moves it by {apart:.1e}"
    made = "\n".join([case["make"], *case["definitions"]])
    return {"optimizer": case["optimizer"], "made": hashlib.sha256(made.encode()).hexdigest()[:16], "losses": losses, "parameters": kept}


torch.set_num_threads(1)
torch.manual_seed(3)
x = torch.randn(ROWS, 4)
y = torch.randint(0, 3, (ROWS,))
cases = json.loads(subprocess.run(["node", "optimizerCases.ts"], check=True, stdout=subprocess.PIPE, text=True).stdout)
result = {"torch": torch.__version__, "x": numbers(x), "y": y.tolist(), "initial": state(fresh()), "paths": [path_of(case, x, y) for case in cases]}
with open("optimizers.json", "w") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")
