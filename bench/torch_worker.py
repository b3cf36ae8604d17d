"""Times training steps of one network in PyTorch, as a plain eager loop: torch_worker.py NETWORK THREADS FOLDER.

Starts from the data and the initial weights that descent-worker.ts wrote into the folder, and speaks its protocol.
"""

import json
import os
import resource
import sys
import time

import torch
from torch import nn


def convolution(channels, filters):
    return [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]


def signal_convolution(channels, filters):
    return [nn.Conv1d(channels, filters, 5, padding=2), nn.ReLU(), nn.MaxPool1d(2)]


def voxel_convolution(channels, filters):
    return [nn.Conv3d(channels, filters, 3, padding=1), nn.ReLU(), nn.MaxPool3d(2)]


def normalized(channels, filters, kernel, stride):
    return [nn.Conv2d(channels, filters, kernel, stride, (kernel - 1) // 2, bias=False), nn.BatchNorm2d(filters)]


class Residual(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.layers = nn.Sequential(*normalized(channels, filters, 3, stride), nn.ReLU(), *normalized(filters, filters, 3, 1))
        self.shortcut = nn.Identity() if stride == 1 else nn.Sequential(*normalized(channels, filters, 1, stride))

    def forward(self, x):
        return torch.relu(self.layers(x) + self.shortcut(x))


NETWORKS = {
    "mlp-small": lambda: (
        (2,), 32,
        nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 2)),
        lambda p: torch.optim.Adam(p, lr=0.001),
    ),
    "mlp-784": lambda: (
        (784,), 64,
        nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)),
        lambda p: torch.optim.Adam(p, lr=0.001),
    ),
    "cnn-28": lambda: (
        (1, 28, 28), 64,
        nn.Sequential(
            *convolution(1, 32), *convolution(32, 64), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(64 * 14 * 14, 128), nn.ReLU(), nn.Linear(128, 10),
        ),
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    ),
    "cnn-32": lambda: (
        (3, 32, 32), 64,
        nn.Sequential(
            *convolution(3, 32), *convolution(32, 32), nn.MaxPool2d(2),
            *convolution(32, 64), *convolution(64, 64), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(64 * 8 * 8, 10),
        ),
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    ),
    "resnet-8": lambda: (
        (3, 32, 32), 64,
        nn.Sequential(
            *normalized(3, 16, 3, 1), nn.ReLU(), Residual(16, 16, 1), Residual(16, 32, 2), Residual(32, 64, 2),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10),
        ),
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    ),
    "conv-1d": lambda: (
        (16, 128), 64,
        nn.Sequential(
            *signal_convolution(16, 32), *signal_convolution(32, 64), *signal_convolution(64, 64), nn.Flatten(),
            nn.Linear(64 * 16, 10),
        ),
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    ),
    "conv-3d": lambda: (
        (1, 16, 16, 16), 16,
        nn.Sequential(
            *voxel_convolution(1, 16), *voxel_convolution(16, 32), *voxel_convolution(32, 32), nn.Flatten(),
            nn.Linear(32 * 8, 10),
        ),
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    ),
}

name, threads, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
torch.set_num_threads(threads)
torch.manual_seed(0)


def read(file, dtype):
    with open(os.path.join(folder, file), "rb") as stream:
        return torch.frombuffer(bytearray(stream.read()), dtype=dtype)


with open(os.path.join(folder, "start.json")) as stream:
    start = json.load(stream)
shape, batch, model, make_optimizer = NETWORKS[name]()
rows = start["rows"]
samples = read("samples.bin", torch.float32).reshape(rows, *shape)
targets = read("targets.bin", torch.int32).long()
order = read("order.bin", torch.int32).long()
parameters = list(model.parameters())
assert len(parameters) == len(start["parameters"]), "another number of parameters than Descent's"
with torch.no_grad():
    for i, (parameter, stored) in enumerate(zip(parameters, start["parameters"])):
        values = read(f"parameter{i}.bin", torch.float32).reshape(stored["shape"])
        # Dense weights are [inputs, outputs] in Descent.
        values = values.T if values.dim() == 2 else values
        assert values.shape == parameter.shape, f"{stored['address']} is {list(values.shape)} in Descent, {list(parameter.shape)} here"
        parameter.copy_(values)
optimizer = make_optimizer(parameters)
loss_of = nn.CrossEntropyLoss()
position = 0


def train_step():
    global order, position
    chosen = order[position : position + batch]
    position += batch
    if position + batch > rows:
        order, position = torch.randperm(rows), 0
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(model(samples[chosen]), targets[chosen])
    loss.backward()
    optimizer.step()
    return loss


def timed(seconds):
    """The loss is read once, at the end of the round, as a loop that logs now and then would."""
    steps, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        loss = train_step()
        steps += 1
    loss = loss.item()
    return {"microseconds": (time.perf_counter() - started) * 1e6 / steps, "steps": steps, "loss": loss}


def say(answer):
    print(json.dumps(answer), flush=True)


say({"ready": True})
for line in sys.stdin:
    command, *arguments = line.split()
    if command == "check":
        say({"losses": [train_step().item() for _ in range(int(arguments[0]))]})
    if command == "round":
        say(timed(float(arguments[0])))
    if command == "end":
        # Kilobytes on Linux, bytes on macOS.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
        say({"peakKilobytes": peak, "runtime": f"PyTorch {torch.__version__}, Python {sys.version.split()[0]}"})
        break
