"""Stores what PyTorch's counterparts of the catalog's layers give and how their gradients run, in float64, for the conformance tests.

Run with a Python that has torch (made with 1.13): python3 tests/golden/torch/make_layers.py --only dense
Writes layers/dense.json; every layer's file without --only. For every sample of a layer the output, the gradients and, after one step, the running statistics, in training (but for
layers that draw) and in evaluation (where it differs). Nine significant digits: the test compares to 1e-8.
"""

import golden
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)


def tensor(stored):
    return torch.tensor(stored["data"], dtype=torch.float64).reshape(stored["shape"])


def numbers(value):
    return {"shape": list(value.shape), "data": [float(f"{number:.9g}") for number in value.detach().flatten().tolist()]}


def turned(value, where):
    return value.permute(where["permute"]) if where.get("permute") else value


def turned_back(value, where):
    axes = where.get("permute")
    return value.permute([axes.index(i) for i in range(len(axes))]) if axes else value


def module_of(case):
    scope = {"torch": torch, "nn": nn, "F": F}
    for definition in case["torch"]["definitions"]:
        exec(definition, scope)
    module = eval(case["torch"]["make"].strip(), scope).double()
    own = {**dict(module.named_parameters()), **dict(module.named_buffers())}
    places = case["torch"]["tensors"]
    with torch.no_grad():
        for address, stored in {**case["parameters"], **case["buffers"]}.items():
            value = turned(tensor(stored), places[address])
            own[places[address]["path"]].copy_(value)
            assert own[places[address]["path"]].shape == value.shape, (case["type"], address)
    left = set(own) - {where["path"] for where in places.values()}
    assert all(name.endswith("num_batches_tracked") for name in left), f"{case['type']}: no tensor of Descent's is {left}"
    return module, own


def run(case, training):
    module, own = module_of(case)
    module.train(training)
    places = case["torch"]["tensors"]
    x = tensor(case["x"]).requires_grad_(not case["whole"])
    y = module(x)
    towards = ([] if case["whole"] else [("x", x)]) + [(address, own[places[address]["path"]]) for address in case["parameters"]]
    found = torch.autograd.grad(y, [value for _, value in towards], tensor(case["dy"]))
    gradients = {name: numbers(gradient if name == "x" else turned_back(gradient, places[name])) for (name, _), gradient in zip(towards, found)}
    running = {address: numbers(turned_back(own[places[address]["path"]], places[address])) for address in case["buffers"]}
    return {"y": numbers(y), "gradients": gradients, **({"running": running} if training and running else {})}


def stored(case):
    evaluation = run(case, False)
    training = None if case["stochastic"] else run(case, True)
    return {
        **{key: case[key] for key in ("type", "config", "input", "ties", "digest")},
        **({} if training is None else {"training": training}),
        **({} if evaluation == training else {"evaluation": evaluation}),
    }


def figures(case):
    try:
        return stored(case)
    except Exception as error:
        raise RuntimeError(f"{case['type']} {case['config']} on {case['input']}: {case['torch']['make']}") from error


golden.make(__doc__, "layers", "layerCases.ts", lambda case: case["type"], figures, {"torch": torch.__version__})
