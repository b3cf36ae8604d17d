"""Times training steps of one network in PyTorch, as a plain eager loop. Speaks the protocol of descent-worker.ts."""

import json
import resource
import sys
import time

import torch
from torch import nn

ROWS = 4096


def convolution(channels, filters):
    return [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]


NETWORKS = {
    "mlp-small": lambda: (
        (2,), 2, 32,
        nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 2)),
        lambda p: torch.optim.Adam(p, lr=0.001),
    ),
    "mlp-784": lambda: (
        (784,), 10, 64,
        nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)),
        lambda p: torch.optim.Adam(p, lr=0.001),
    ),
    "cnn-28": lambda: (
        (1, 28, 28), 10, 64,
        nn.Sequential(
            *convolution(1, 32), *convolution(32, 64), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(64 * 14 * 14, 128), nn.ReLU(), nn.Linear(128, 10),
        ),
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    ),
    "cnn-32": lambda: (
        (3, 32, 32), 10, 64,
        nn.Sequential(
            *convolution(3, 32), *convolution(32, 32), nn.MaxPool2d(2),
            *convolution(32, 64), *convolution(64, 64), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(64 * 8 * 8, 10),
        ),
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    ),
}

name, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(0)
shape, classes, batch, model, make_optimizer = NETWORKS[name]()
samples = torch.randn(ROWS, *shape)
targets = torch.randint(0, classes, (ROWS,))
optimizer = make_optimizer(model.parameters())
loss_of = nn.CrossEntropyLoss()
order = torch.randperm(ROWS)
position = 0


def train_step():
    global order, position
    if position + batch > ROWS:
        order, position = torch.randperm(ROWS), 0
    rows = order[position : position + batch]
    position += batch
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(model(samples[rows]), targets[rows])
    loss.backward()
    optimizer.step()
    return loss


for line in sys.stdin:
    words = line.split()
    if words and words[0] == "round":
        steps, started = 0, time.perf_counter()
        while time.perf_counter() - started < float(words[1]):
            loss = train_step()
            steps += 1
        elapsed = time.perf_counter() - started
        print(json.dumps({"microseconds": elapsed * 1e6 / steps, "steps": steps, "loss": loss.item()}), flush=True)
    if words and words[0] == "end":
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"peakKilobytes": peak, "runtime": f"PyTorch {torch.__version__}"}), flush=True)
        break
