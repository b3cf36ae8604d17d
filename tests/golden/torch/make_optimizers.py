"""Stores 100 steps of every optimizer in float32, on one small network and one batch and on functions: PyTorch's own where it has the optimizer, else one
written from the paper.

Run with a Python that has torch (made with 1.13): python3 tests/golden/torch/make_optimizers.py --only adam
Writes optimizers/adam.json; every optimizer's file without --only. What they all start from is read from optimizerProblem.json, which no script writes:
another start would make all trajectories others. Weights are stored as Descent keeps them: [inputs, outputs]. A number is written in the fewest digits
that give its float32 back. A loss is that before the step of its place in the list; parameters are those after the step they stand under.

Every path is also run in float64, and refused where the two part by more than SMOOTH: a trajectory can only be followed to 1e-5 where rounding does not
decide it. How far they part on the network is stored. The network is smooth (tanh), so that no sample sits on a bend.
"""

import hashlib
import json

import golden
import torch
import torch.nn.functional as F
from torch import nn

STEPS, HIDDEN = 100, 8
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
    model = nn.Sequential(nn.Linear(4, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 3))
    initial = PROBLEM["initial"]
    with torch.no_grad():
        for module, name in ((model[0], "hidden"), (model[2], "output")):
            module.weight.copy_(torch.tensor(initial[f"{name}/weight"]).reshape(module.weight.T.shape).T)
            module.bias.copy_(torch.tensor(initial[f"{name}/bias"]))
    return model.to(dtype)


def bowl(theta):
    """Half of the sum of c x^2, with c = 1/2, 1, 3/2 in turn, so that no two directions of a matrix shrink alike."""
    curvature = (torch.arange(theta.numel(), dtype=theta.dtype) % 3 + 1) / 2
    return (curvature * theta.flatten() ** 2).sum() / 2


# Gentle enough for the largest learning rate among the samples. The kernels have more rows than columns as matrices, and fewer.
FUNCTIONS = {
    "quadratic": lambda theta: (theta[0] ** 2 + 10 * theta[1] ** 2) * 0.1,
    "rosenbrock": lambda theta: ((1 - theta[0]) ** 2 + 100 * (theta[1] - theta[0] ** 2) ** 2) * 0.01,
    "tall kernel": bowl,
    "wide kernel": bowl,
}


def steps_of(case, groups, loss_of):
    """Takes the steps, and yields the loss before each."""
    scope = {"torch": torch, "nn": nn, "F": F}
    for definition in case["definitions"]:
        exec(definition, scope)
    optimizer = eval(case["make"], scope)(groups)

    def gradient():
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()
        return loss

    for _ in range(STEPS):
        loss = gradient().item()
        if case["twoPasses"]:
            optimizer.perturb()
            gradient()
            optimizer.restore()
        optimizer.step()
        yield loss


def on_network(case, x, y, dtype):
    model = fresh(dtype)
    groups = [
        {"params": [model[0].weight, model[2].weight], "decayed": True, "matrix": (0, 1)},
        {"params": [model[0].bias, model[2].bias], "decayed": False, "matrix": None},
    ]
    losses, kept = [], {}
    for step, loss in enumerate(steps_of(case, groups, lambda: F.cross_entropy(model(x.to(dtype)), y)), 1):
        losses.append(shortest(loss))
        if step in KEPT:
            kept[step] = state(model)
    return model, losses, kept


def on_function(case, shape, start, function, dtype):
    theta = nn.Parameter(torch.tensor(start, dtype=dtype).reshape(shape))
    groups = [{"params": [theta], "decayed": len(shape) > 1, "matrix": (0, 1) if len(shape) > 1 else None}]
    taken = enumerate(steps_of(case, groups, lambda: function(theta)), 1)
    return {step: numbers(theta) for step, _ in taken if step in KEPT}


def smooth(case, on, apart):
    assert apart < SMOOTH, f"{case['optimizer']} on {on}: rounding moves it by {apart:.1e}"
    return apart


def path_of(case):
    model, losses, kept = on_network(case, X, Y, torch.float32)
    exact, exact_losses, _ = on_network(case, X, Y, torch.float64)
    apart = max((a.double() - b).abs().max() / b.abs().max() for a, b in zip(model.parameters(), exact.parameters()))
    apart = smooth(case, "the network", max(apart.item(), *(abs(a - b) / abs(b) for a, b in zip(losses, exact_losses))))
    functions = {}
    for name, function in FUNCTIONS.items():
        shape, start = PROBLEM["functions"][name]["shape"], PROBLEM["functions"][name]["start"]
        functions[name] = on_function(case, shape, start, function, torch.float32)
        ends = (functions[name], on_function(case, shape, start, function, torch.float64))
        single, double = (torch.tensor(list(end.values()), dtype=torch.float64) for end in ends)
        smooth(case, name, ((single - double).abs().max() / double.abs().max()).item())
    made = "\n".join([case["make"], *case["definitions"]])
    return {
        "optimizer": case["optimizer"],
        "made": hashlib.sha256(made.encode()).hexdigest()[:16],
        "rounding": float(f"{apart:.1e}"),
        "losses": losses,
        "parameters": kept,
        "functions": functions,
    }


torch.set_num_threads(1)
PROBLEM = json.loads((golden.HERE / "optimizerProblem.json").read_text())
X, Y = torch.tensor(PROBLEM["x"]).reshape(-1, 4), torch.tensor(PROBLEM["y"])
golden.make(__doc__, "optimizers", "optimizerCases.ts", lambda case: case["optimizer"]["type"], path_of, {"torch": torch.__version__})
