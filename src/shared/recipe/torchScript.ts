/**
 * The training of a recipe as a plain PyTorch script (1.13 and later, with numpy as the only other dependency), which `descent reproduce` writes
 * beside the weights, the data and the batch order. Model, loss, optimizer and metrics are the PyTorch versions in the catalog; the loop is
 * torchLoop.ts.
 */

import type { TorchExpression } from "../catalog/common/torch.ts";
import { UNITS_IN_TORCH, type Units } from "../catalog/common/units.ts";
import { boundedUnits, matrixUnits, treatments } from "../catalog/layers/parameter.ts";
import { lossDefinition, metricDefinition, optimizerDefinition } from "./definitions.ts";
import type { DatasetFacts } from "./facts.ts";
import { settingsOf } from "./parameterGroups.ts";
import { everyLayer, type ModelPlan } from "./plan.ts";
import type { Recipe } from "./recipe.ts";
import { TORCH_DRAWS } from "./torchDraws.ts";
import { TORCH_LOOP } from "./torchLoop.ts";
import { torchModel } from "./torchModel.ts";

export interface TorchScriptParts {
  readonly recipe: Recipe;
  readonly plan: ModelPlan;
  readonly facts: DatasetFacts;
  readonly classCounts: readonly number[];
  /** Number of samples per step, and per pass. */
  readonly samplesPerStep: number;
  readonly samplesPerPass: number;
  /** SHA-256 of the files beside the script, by name: the script checks them before use. */
  readonly files: Readonly<Record<string, string>>;
  /** The id of the run and the version of Descent, for the header of the script. */
  readonly origin: string;
}

export function torchScript(parts: TorchScriptParts): string {
  const { recipe, plan, facts, classCounts, samplesPerStep, samplesPerPass, files, origin } = parts;
  const classes = facts.target.kind === "classification" ? facts.target.classes.length : facts.target.names.length;
  const model = torchModel(plan);
  const loss = lossDefinition(recipe.loss).torch(recipe.loss, facts.target.kind === "classification" ? classes : 0, classCounts);
  const optimizer = optimizerDefinition(recipe.optimizer).torch(recipe.optimizer);
  const parameters = [...everyLayer(plan.layers)].flatMap((layer) =>
    layer.parameters.map((spec) => {
      const address = `${layer.name}/${spec.name}`;
      const { lrScale, decayed } = settingsOf(recipe, address, spec.role);
      const inTorch = (units: Units | null) => units && unitsInTorch(units, model.tensors[address]?.permute);
      const [bounded, matrix] = [inTorch(boundedUnits(spec)), inTorch(matrixUnits(spec))];
      return [address, { shape: spec.shape, lrScale, decayed, noisy: treatments[spec.role].noisy, bounded, matrix }] as const;
    }),
  );
  const metrics = recipe.metrics.map((name) => [name, metricDefinition(name).numpy] as const);
  const { regularization } = recipe;
  const settings = {
    seed: recipe.seed,
    samplesPerStep,
    samplesPerPass,
    classification: facts.target.kind === "classification",
    clipNorm: recipe.gradient.clipNorm,
    clipValue: recipe.gradient.clipValue,
    l1: regularization.l1,
    l2: regularization.l2,
    weightDecay: regularization.weightDecay,
    maxNorm: regularization.maxNorm,
    inputNoise: regularization.inputNoise,
    labelNoise: regularization.labelNoise,
    weightNoise: regularization.weightNoise,
    classes,
    averaged: recipe.averaging.type !== "none",
    twoPasses: optimizerDefinition(recipe.optimizer).perturb !== undefined,
  };
  return [
    head(recipe, origin),
    ...definitionsOf([{ make: "", definitions: [TORCH_DRAWS, UNITS_IN_TORCH] }, model, loss, optimizer, ...metrics.map(([, metric]) => metric)]),
    `# The model of the recipe.
def make_model():
    return ${model.make}


# (output, target) -> mean loss of a batch.
loss_of = ${loss.make}

# Parameter groups -> optimizer; the learning rates are set in every step.
make_optimizer = ${optimizer.make}

# (outputs, targets) -> a number, in numpy.
METRICS = {
${metrics.map(([name, { make }]) => `    "${name}": ${make},\n`).join("")}}
`,
    `# Location of Descent's tensors in the model, and the permutation of their axes.
TENSORS = ${python(model.tensors)}

# Layers that draw random numbers: their addresses, which select the numbers, and their location in the model.
DRAWING = ${python(model.drawing)}

# Shape in Descent, factor on the learning rate (0 freezes), whether penalties apply, whether weight noise applies, the units that max-norm limits, and
# the units of a matrix that an optimizer may orthogonalize; both as rows_of takes them.
PARAMETERS = ${python(Object.fromEntries(parameters))}

SETTINGS = ${python(settings)}

# SHA-256 of the files beside this one.
FILES = ${python(files)}
`,
    TORCH_LOOP,
  ].join("\n\n");
}

/** [axis of the units, blocks of the first axis], adjusted for tensors with another order of axes in PyTorch. */
function unitsInTorch({ outputAxis, blocks }: Units, permute: readonly number[] | undefined): readonly [number, number] {
  return [permute === undefined ? outputAxis : permute.indexOf(outputAxis), blocks];
}

function head({ name }: Recipe, origin: string): string {
  return `"""${name.replaceAll('"', "'").replaceAll("\\", "/")}: a training script written by ${origin}.

Needs Python 3.8, PyTorch 1.13 or later and numpy:  python3 train.py
It trains step by step, validates and tests after the same steps as Descent, and prints the differences from Descent's recorded values.
"""
import argparse
import copy
import hashlib
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
