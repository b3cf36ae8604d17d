/**
 * The training of a recipe as a plain PyTorch script (1.13 and later, with numpy and nothing else): what `descent reproduce` writes beside the
 * weights, the data and the batch order. The model, the loss and the optimizer are the catalog's own counterparts; the loop is below.
 */
import type { TorchExpression } from "../catalog/torch.ts";
import { lossDefinition, optimizerDefinition } from "./definitions.ts";
import type { DatasetFacts } from "./facts.ts";
import { settingsOf } from "./parameterGroups.ts";
import { everyLayer, layerDefinition, type ModelPlan } from "./plan.ts";
import type { Recipe } from "./recipe.ts";
import { torchModel } from "./torchModel.ts";

export interface TorchScriptParts {
  readonly recipe: Recipe;
  readonly plan: ModelPlan;
  readonly facts: DatasetFacts;
  readonly classCounts: readonly number[];
  /** Samples of a step, and of one pass of it. */
  readonly samplesPerStep: number;
  readonly samplesPerPass: number;
  /** The identifier of the run and the version of Descent, for the head of the file. */
  readonly origin: string;
}

/** What makes the script's numbers its own: draws that no other framework repeats. Empty where the two follow each other. */
export function drawsOf({ model: _, regularization }: Recipe, plan: ModelPlan): readonly string[] {
  const layers = [...everyLayer(plan.layers)].flatMap(({ name, config }) => (layerDefinition(config).stochastic?.(config) ? [name] : []));
  const noises = (["inputNoise", "weightNoise", "labelNoise"] as const).filter((field) => regularization[field] > 0);
  return [...layers, ...noises.map((field) => `regularization.${field}`)];
}

export function torchScript(parts: TorchScriptParts): string {
  const { recipe, plan, facts, classCounts, samplesPerStep, samplesPerPass, origin } = parts;
  const classes = facts.target.kind === "classification" ? facts.target.classes.length : facts.target.names.length;
  const model = torchModel(plan);
  const loss = lossDefinition(recipe.loss).torch(recipe.loss, facts.target.kind === "classification" ? classes : 0, classCounts);
  const optimizer = optimizerDefinition(recipe.optimizer).torch(recipe.optimizer);
  const parameters = [...everyLayer(plan.layers)].flatMap((layer) =>
    layer.parameters.map(({ name, role }) => ({ address: `${layer.name}/${name}`, ...settingsOf(recipe, `${layer.name}/${name}`, role) })),
  );
  const settings = {
    samplesPerStep,
    samplesPerPass,
    classification: facts.target.kind === "classification",
    clipNorm: recipe.gradient.clipNorm,
    clipValue: recipe.gradient.clipValue,
    l1: recipe.regularization.l1,
    l2: recipe.regularization.l2,
    weightDecay: recipe.regularization.weightDecay,
    maxNorm: recipe.regularization.maxNorm,
    inputNoise: recipe.regularization.inputNoise,
    labelNoise: recipe.regularization.labelNoise,
    weightNoise: recipe.regularization.weightNoise,
    classes,
    twoPasses: optimizerDefinition(recipe.optimizer).perturb !== undefined,
    draws: drawsOf(recipe, plan),
  };
  return [
    head(recipe, origin),
    ...definitionsOf([model, loss, optimizer]),
    `# The model of the recipe.\ndef make_model():\n    return ${model.make}\n\n\n# (output, target) -> the mean loss of a batch.\nloss_of = ${loss.make}\n\n# Parameter groups -> optimizer; learning rates are set at every step.\nmake_optimizer = ${optimizer.make}\n`,
    `# Where Descent's tensors are in the model, and how their axes are turned.\nTENSORS = ${python(model.tensors)}\n\n# Factor on the learning rate, and whether penalties apply.\nPARAMETERS = ${python(Object.fromEntries(parameters.map(({ address, lrScale, decayed }) => [address, { lrScale, decayed }])))}\n\nSETTINGS = ${python(settings)}\n`,
    LOOP,
  ].join("\n\n");
}

function head({ name }: Recipe, origin: string): string {
  return `"""${name.replaceAll('"', "'").replaceAll("\\", "/")}: a training written by ${origin}.

Needs Python 3.8, PyTorch 1.13 or later and numpy:  python3 train.py
It trains step by step and prints how far its loss is from what Descent recorded.
"""
import argparse
import json
import pathlib
import struct

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
`;
}

function definitionsOf(expressions: readonly TorchExpression[]): readonly string[] {
  return [...new Set(expressions.flatMap(({ definitions = [] }) => definitions))].map((definition) => `${definition.trim()}\n`);
}

/** A JSON value as a Python literal. */
function python(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object")
    return `{\n${Object.entries(value)
      .map(([key, item]) => `    ${JSON.stringify(key)}: ${python(item).replaceAll("\n", "\n    ")},\n`)
      .join("")}}`;
  return JSON.stringify(value);
}

const LOOP = `HERE = pathlib.Path(__file__).resolve().parent


def read_safetensors(path):
    """Names to float32 tensors: a length, a JSON header, the bytes."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = torch.from_numpy(np.frombuffer(raw[begin:end], dtype="<f4").reshape(entry["shape"]).copy())
    return tensors


def load_weights(model):
    own = {**dict(model.named_parameters()), **dict(model.named_buffers())}
    with torch.no_grad():
        for address, value in read_safetensors(HERE / "initial.safetensors").items():
            where = TENSORS[address]
            if where.get("permute"):
                value = value.permute(where["permute"])
            own[where["path"]].copy_(value)


def parameter_groups(model):
    own = dict(model.named_parameters())
    groups = {}
    for address, settings in PARAMETERS.items():
        key = (settings["lrScale"], settings["decayed"])
        group = groups.setdefault(key, {"params": [], "decayed": settings["decayed"], "scale": settings["lrScale"]})
        group["params"].append(own[TENSORS[address]["path"]])
    return list(groups.values())


class Batches:
    """The rows of every step, in the order in which Descent took them."""

    def __init__(self):
        data = np.load(HERE / "data.npz")
        self.samples, self.targets = data["samples"], data["targets"]
        self.mean, self.scale = data["mean"], data["scale"]
        # Of a regression: what the loss compares is (target - mean) * scale. Losses are of that; for the target's own units, divide and add again.
        self.target_mean = data["targetMean"] if "targetMean" in data else None
        self.target_scale = data["targetScale"] if "targetScale" in data else None
        self.order, self.rates = data["order"], data["rates"]
        self.mixing = data["mixing"] if "mixing" in data else None

    def rows(self, step):
        length, size = self.order.shape[1], SETTINGS["samplesPerStep"]
        per_epoch = -(-length // size)
        first = (step % per_epoch) * size
        return self.order[step // per_epoch, first : first + size]

    def read(self, rows):
        x = (torch.from_numpy(self.samples[rows].astype(np.float32)) - torch.from_numpy(self.mean)) * torch.from_numpy(self.scale)
        target = torch.from_numpy(self.targets[rows])
        if SETTINGS["classification"]:
            return x, target.long()
        if self.target_mean is not None:
            target = (target - torch.from_numpy(self.target_mean)) * torch.from_numpy(self.target_scale)
        return x, target


def with_noise(x, target):
    if SETTINGS["inputNoise"] > 0:
        x = x + SETTINGS["inputNoise"] * torch.randn_like(x)
    if SETTINGS["labelNoise"] > 0:
        if SETTINGS["classification"]:
            drawn = torch.randint_like(target, SETTINGS["classes"])
            target = torch.where(torch.rand(target.shape) < SETTINGS["labelNoise"], drawn, target)
        else:
            target = target + SETTINGS["labelNoise"] * torch.randn_like(target)
    return x, target


def loss_of_batch(model, x, target, mixing):
    x, target = with_noise(x, target)
    if mixing is None:
        return loss_of(model(x), target)
    weight = torch.full(x.shape[2:], float(mixing[1]))
    box = [slice(int(mixing[2 + 2 * axis]), int(mixing[3 + 2 * axis])) for axis in range(x.dim() - 2)]
    if box:
        weight[tuple(box)] = 0.0
    partner = x.roll(-1, 0)
    output = model(partner + (x - partner) * weight)
    share = float(mixing[0])
    return loss_of(output, target) * share + loss_of(output, target.roll(-1, 0)) * (1 - share)


def shorten(groups, most):
    """Each unit's incoming weights scaled back to at most a length."""
    for group in groups:
        for parameter in group["params"]:
            if parameter.dim() < 2:
                continue
            # A matrix of nn.Linear is [units, inputs], a kernel [filters, ...]: the unit is the first axis of both.
            norm = parameter.pow(2).sum(dim=tuple(range(1, parameter.dim())), keepdim=True).sqrt()
            parameter.mul_(most / norm.clamp(min=most))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--steps", type=int, default=None, help="train only so many steps")
    arguments.add_argument("--threads", type=int, default=None, help="processor threads")
    arguments.add_argument("--tolerance", type=float, default=None, help="fail where the loss differs by more, relatively")
    arguments = arguments.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)

    recorded = json.loads((HERE / "recorded.json").read_text())["loss"]
    steps = len(recorded) if arguments.steps is None else min(arguments.steps, len(recorded))
    batches, model = Batches(), make_model()
    load_weights(model)
    model.train()
    groups = parameter_groups(model)
    optimizer = make_optimizer(groups)
    parameters = [parameter for group in groups for parameter in group["params"]]
    worst, worst_step = 0.0, 0

    for step in range(steps):
        rate = float(batches.rates[step])
        for group in optimizer.param_groups:
            group["lr"] = rate * group["scale"]
        rows = batches.rows(step)
        losses = []

        def gradient():
            optimizer.zero_grad()
            total = 0.0
            for first in range(0, len(rows), SETTINGS["samplesPerPass"]):
                part = rows[first : first + SETTINGS["samplesPerPass"]]
                loss = loss_of_batch(model, *batches.read(part), None if batches.mixing is None else batches.mixing[step])
                loss = loss * (len(part) / len(rows))
                loss.backward()
                total += loss.item()
            losses.append(total)
            return total

        moved = []
        if SETTINGS["weightNoise"] > 0:
            with torch.no_grad():
                for parameter in parameters:
                    if parameter.dim() > 1:
                        noise = SETTINGS["weightNoise"] * torch.randn_like(parameter)
                        parameter.add_(noise)
                        moved.append((parameter, noise))
        gradient()
        with torch.no_grad():
            for parameter, noise in moved:
                parameter.sub_(noise)

        def penalize():
            if SETTINGS["clipValue"] > 0:
                torch.nn.utils.clip_grad_value_(parameters, SETTINGS["clipValue"])
            if SETTINGS["clipNorm"] > 0:
                torch.nn.utils.clip_grad_norm_(parameters, SETTINGS["clipNorm"])
            with torch.no_grad():
                for group in optimizer.param_groups:
                    for parameter in group["params"]:
                        if not group["decayed"]:
                            continue
                        if SETTINGS["l2"] > 0:
                            parameter.grad.add_(parameter, alpha=SETTINGS["l2"])
                        if SETTINGS["l1"] > 0:
                            parameter.grad.add_(parameter.sign(), alpha=SETTINGS["l1"])
                        if SETTINGS["weightDecay"] > 0:
                            parameter.mul_(1 - group["lr"] * SETTINGS["weightDecay"])

        def again():
            value = gradient()
            penalize()
            return value

        if SETTINGS["twoPasses"]:
            optimizer.step(again)
        else:
            penalize()
            optimizer.step()
        if SETTINGS["maxNorm"] > 0:
            with torch.no_grad():
                shorten(optimizer.param_groups, SETTINGS["maxNorm"])

        difference = abs(losses[0] - recorded[step]) / max(abs(recorded[step]), 1e-12)
        if difference > worst:
            worst, worst_step = difference, step + 1
        if (step + 1) % max(1, steps // 20) == 0 or step == 0:
            print(f"step {step + 1:6d}  loss {losses[0]:.6f}  Descent {recorded[step]:.6f}  difference {difference:.1e}", flush=True)

    if SETTINGS["draws"]:
        print("Drawn at random, and so not the same numbers as in Descent: " + ", ".join(SETTINGS["draws"]))
    print(f"largest relative difference of the loss over {steps} steps: {worst:.3e} (step {worst_step})")
    if arguments.tolerance is not None and not worst <= arguments.tolerance:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
`;
