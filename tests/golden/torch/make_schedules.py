"""Stores the learning-rate factors of every schedule at every step, as PyTorch 1.13 gives them and, where it has no counterpart, as the papers do.

Run with a Python that has torch (made with 1.13) and numpy: python3 tests/golden/torch/make_schedules.py --only cosine
Writes schedules/cosine.json; every schedule's file without --only. The papers' formulas are written here once more, and wherever PyTorch has the schedule too the two must agree.
A schedule that reacts to validation gets a made-up course of losses, one an epoch, which is stored beside what it did.
"""

import golden
import numpy as np
import torch

LR = 0.1


def stairs(t, T, E, c):
    return c["gamma"] ** np.floor(t // E / c["every"])


def milestones(t, T, E, c):
    return c["gamma"] ** np.sum([t // E >= m for m in c["milestones"]], axis=0)


def exponential(t, T, E, c):
    return c["gamma"] ** (t / E if c["smooth"] else t // E)


def polynomial(t, T, E, c):
    """Keras's PolynomialDecay, from 1."""
    return (1 - c["end"]) * (1 - t / T) ** c["power"] + c["end"]


def cosine(t, T, E, c):
    """SGDR, equation 5, the restarts found by walking through the periods."""
    factors, length, since = [], c["period"] * E if c["period"] > 0 else T, 0
    for _ in t:
        if since >= length:
            since, length = since - length, length * c["multiplier"]
        factors.append(c["minimum"] + 0.5 * (1 - c["minimum"]) * (1 + np.cos(since / length * np.pi)))
        since += 1
    return np.array(factors)


def one_cycle(t, T, E, c):
    bottom = 1 / c["divFactor"]
    heights = [bottom, 1, bottom / c["finalDivFactor"]]
    places = [0, c["pctStart"] * T - 1, T - 1]
    if places[1] <= 0:
        heights, places = heights[1:], places[1:]
    if c["anneal"] == "linear":
        return np.interp(t, places, heights)
    ends = np.clip(np.searchsorted(places, t, side="left"), 1, len(places) - 1)
    left, right = np.take(places, ends - 1), np.take(places, ends)
    eased = (1 - np.cos(np.pi * (t - left) / (right - left))) / 2
    return np.take(heights, ends - 1) * (1 - eased) + np.take(heights, ends) * eased


FORMULAS = {
    "constant": lambda t, T, E, c: np.ones(len(t)),
    "step": stairs,
    "multiStep": milestones,
    "exponential": exponential,
    "polynomial": polynomial,
    "cosine": cosine,
    "oneCycle": one_cycle,
}


def by_formula(case):
    c, E = case["schedule"], case["stepsPerEpoch"]
    W = round(case["warmup"]["epochs"] * E)
    T = case["totalSteps"] - W
    behind = FORMULAS[c["type"]](np.arange(T), T, E, c)
    start = case["warmup"]["from"]
    rise = behind[0] * (start + (1 - start) * np.arange(W) / max(W, 1))
    return np.concatenate([rise, behind]).tolist()


def by_torch(case, losses):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=LR)
    scheduler = eval(case["torch"]["make"], {"torch": torch, "optimizer": optimizer})
    every = case["stepsPerEpoch"] if case["torch"]["every"] == "epoch" else 1
    factors = []
    for step in range(1, case["totalSteps"] + 1):
        factors.append(optimizer.param_groups[0]["lr"] / LR)
        optimizer.step()
        if step % every == 0 and step < case["totalSteps"]:
            scheduler.step(*([] if losses is None else [losses[step // every - 1]]))
    return factors


def validation_losses(epochs):
    """Falls, stands still, falls once more, and rises."""
    e = np.arange(epochs)
    course = 0.3 + np.exp(-e / 4) - 0.1 * (e > 0.55 * epochs) + 0.01 * np.maximum(0, e - 0.8 * epochs)
    return np.round(course + np.random.default_rng(17).normal(0, 0.015, epochs), 4).tolist()


def figures(case):
    reactive = case["torch"] is not None and "ReduceLROnPlateau" in case["torch"]["make"]
    losses = validation_losses(case["totalSteps"] // case["stepsPerEpoch"]) if reactive else None
    found = None if reactive else by_formula(case)
    if case["torch"] is not None:
        theirs = by_torch(case, losses)
        if found is not None:
            assert np.allclose(found, theirs, rtol=1e-7, atol=1e-12), case
        found = theirs
    assert len(found) == case["totalSteps"] and max(found) <= 1 + 1e-12
    return {"case": case, **({} if losses is None else {"losses": losses}), "factors": [float(f"{factor:.9g}") for factor in found]}


golden.make(
    __doc__,
    "schedules",
    "scheduleCases.ts",
    lambda case: case["schedule"]["type"],
    figures,
    {"torch": torch.__version__, "numpy": np.__version__},
)
