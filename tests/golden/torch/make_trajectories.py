"""Stores 100 steps of every optimizer as PyTorch takes them, on one small network and one batch.

Run from this folder with a Python that has torch (made with 1.13): python3 make_trajectories.py
Writes trajectories.json. Weights are stored as Descent keeps them: [inputs, outputs].
"""

import json

import torch
from torch import nn

STEPS, ROWS = 100, 32

# Descent's configuration beside PyTorch's constructor.
OPTIMIZERS = [
    ({"type": "sgd", "lr": 0.1}, lambda p: torch.optim.SGD(p, lr=0.1)),
    ({"type": "sgd", "lr": 0.02}, lambda p: torch.optim.SGD(p, lr=0.02)),
    ({"type": "momentum", "lr": 0.05, "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    ({"type": "momentum", "lr": 0.1, "momentum": 0.5}, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.5)),
    ({"type": "adam", "lr": 0.01}, lambda p: torch.optim.Adam(p, lr=0.01)),
    (
        {"type": "adam", "lr": 0.003, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4},
        lambda p: torch.optim.Adam(p, lr=0.003, betas=(0.8, 0.95), eps=1e-4),
    ),
]


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def state(model):
    first, last = model[0], model[2]
    return {
        "hidden/weight": numbers(first.weight.T.contiguous()),
        "hidden/bias": numbers(first.bias),
        "output/weight": numbers(last.weight.T.contiguous()),
        "output/bias": numbers(last.bias),
    }


def fresh():
    torch.manual_seed(7)
    return nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3))


torch.set_num_threads(1)
torch.manual_seed(3)
x = torch.randn(ROWS, 4)
y = torch.randint(0, 3, (ROWS,))
result = {
    "torch": torch.__version__,
    "x": numbers(x),
    "y": numbers(y),
    "initial": state(fresh()),
    "trajectories": [],
}
for config, make in OPTIMIZERS:
    model = fresh()
    optimizer = make(model.parameters())
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    result["trajectories"].append({"optimizer": config, "losses": losses, "final": state(model)})
with open("trajectories.json", "w") as file:
    json.dump(result, file)
    file.write("\n")
