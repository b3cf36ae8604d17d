"""Stores 100 steps of every optimizer as PyTorch takes them in float32: on one small network and one batch, and on two functions of two numbers.

Run from this folder with a Python that has torch (made with 1.13): python3 make_trajectories.py
Writes trajectories.json. Weights are stored as Descent keeps them: [inputs, outputs]. A number is written in the fewest digits that give its
float32 back. A loss is that before the step of its place in the list; parameters are those after the step they stand under.

Every path is also run in float64, and refused where the two part by more than SMOOTH: a trajectory can only be followed to 1e-5 where rounding
does not decide it. On a network it would where a sample sits on a bend of relu, which moves a whole gradient by one step; so none may come
nearer to it than MARGIN. The network's seed was chosen for that.
"""

import json

import torch
from torch import nn

STEPS, ROWS, HIDDEN = 100, 16, 8
KEPT = (1, 2, 5, 10, 50, 100)
NETWORK_SEED, SMOOTH, MARGIN = 73, 2e-6, 1e-5

# Descent's configuration beside PyTorch's constructor.
OPTIMIZERS = {
    "sgd": lambda p, c: torch.optim.SGD(p, lr=c["lr"]),
    "momentum": lambda p, c: torch.optim.SGD(p, lr=c["lr"], momentum=c["momentum"]),
    "adam": lambda p, c: torch.optim.Adam(p, lr=c["lr"], betas=(c["beta1"], c["beta2"]), eps=c["epsilon"]),
}
STANDARD = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}

NETWORK = [
    {"type": "sgd", "lr": 0.1},
    {"type": "sgd", "lr": 0.02},
    {"type": "momentum", "lr": 0.05, "momentum": 0.9},
    {"type": "momentum", "lr": 0.1, "momentum": 0.5},
    {"type": "adam", "lr": 0.01, **STANDARD},
    {"type": "adam", "lr": 0.003, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4},
]

# Learning rates at which the path is smooth: a path that jumps across the valley is chaotic, and then no two float32 computations agree.
FUNCTIONS = {
    "quadratic": (
        lambda t: t[0] ** 2 + 10 * t[1] ** 2,
        [3.0, -2.0],
        [
            {"type": "sgd", "lr": 0.01},
            {"type": "momentum", "lr": 0.002, "momentum": 0.8},
            {"type": "adam", "lr": 0.02, **STANDARD},
            {"type": "adam", "lr": 0.01, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3},
        ],
    ),
    "rosenbrock": (
        lambda t: (1 - t[0]) ** 2 + 100 * (t[1] - t[0] ** 2) ** 2,
        [-1.25, 1.0],
        [
            {"type": "sgd", "lr": 0.0005},
            {"type": "momentum", "lr": 0.0002, "momentum": 0.5},
            {"type": "adam", "lr": 0.01, **STANDARD},
            {"type": "adam", "lr": 0.005, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-2},
        ],
    ),
}


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
    torch.manual_seed(NETWORK_SEED)
    return nn.Sequential(nn.Linear(4, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 3)).to(dtype)


def descend(config, parameters, loss_of, read=lambda: None):
    optimizer = OPTIMIZERS[config["type"]](parameters, config)
    losses, kept = [], {}
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()
        optimizer.step()
        losses.append(shortest(loss.item()))
        if step in KEPT:
            kept[step] = read()
    return {"optimizer": config, "losses": losses, "parameters": kept}


def require_smooth(config, found, exact, found_losses, exact_losses):
    apart = max((a.double() - b).abs().max() / b.abs().max() for a, b in zip(found, exact))
    apart = max(apart, *(abs(a - b) / abs(b) for a, b in zip(found_losses, exact_losses)))
    assert apart < SMOOTH, f"{config}: rounding moves it by {apart:.1e}"


def on_network(config):
    model, exact = fresh(), fresh(torch.float64)
    nearest = []

    def loss_of():
        nearest.append(model[0](x).abs().min().item())
        return nn.functional.cross_entropy(model(x), y)

    path = descend(config, list(model.parameters()), loss_of, lambda: state(model))
    exact_path = descend(config, list(exact.parameters()), lambda: nn.functional.cross_entropy(exact(x.double()), y))
    require_smooth(config, list(model.parameters()), list(exact.parameters()), path["losses"], exact_path["losses"])
    assert min(nearest) > MARGIN, f"{config}: {min(nearest):.1e} from the bend of relu"
    return path


def on_function(name, f, start, config):
    theta, exact = (nn.Parameter(torch.tensor(start, dtype=dtype)) for dtype in (torch.float32, torch.float64))
    path = descend(config, [theta], lambda: f(theta), lambda: numbers(theta))
    exact_path = descend(config, [exact], lambda: f(exact))
    require_smooth(config, [theta], [exact], path["losses"], exact_path["losses"])
    return {"function": name, "start": start, **path}


torch.set_num_threads(1)
torch.manual_seed(3)
x = torch.randn(ROWS, 4)
y = torch.randint(0, 3, (ROWS,))
result = {
    "torch": torch.__version__,
    "x": numbers(x),
    "y": y.tolist(),
    "initial": state(fresh()),
    "network": [on_network(config) for config in NETWORK],
    "functions": [on_function(name, f, start, config) for name, (f, start, configs) in FUNCTIONS.items() for config in configs],
}
with open("trajectories.json", "w") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")
