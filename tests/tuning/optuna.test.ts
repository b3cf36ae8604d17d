/** A study as a file of Optuna: Optuna itself, where this machine has it, reads every trial as it was. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { type OptunaStudy, optunaJournal, studyInJournal } from "../../src/shared/tuning/optuna.ts";
import { parameterSchema } from "../../src/shared/tuning/space.ts";
import { skipLoudly, temporaryFolder } from "../history/fixtures.ts";

const PYTHON = "/usr/bin/python3";

const at = { createdAt: 1_700_000_000_000, startedAt: 1_700_000_001_000, endedAt: 1_700_000_002_500 };
const study: OptunaStudy = {
  name: "from Descent",
  objectives: [{ metric: "validation.accuracy", largerIsBetter: true }],
  space: [
    { type: "float", name: "rate", paths: ["optimizer.lr"], min: 0.001, max: 0.1, log: true },
    { type: "integer", name: "units", paths: ["model.layers[0].units"], min: 2, max: 16 },
    { type: "choice", name: "type", paths: ["optimizer.type"], values: ["adam", "sgd"] },
  ].map((parameter) => parameterSchema.parse(parameter)),
  trials: [
    {
      ...at,
      state: "completed",
      origin: "sampler",
      point: { rate: 0.01, units: 8, type: "adam" },
      values: [0.9],
      curve: [
        { epoch: 1, value: 0.5 },
        { epoch: 2, value: 0.9 },
      ],
    },
    // From before the range was narrowed, and without the dimension of a condition.
    { ...at, state: "pruned", origin: "guess", point: { rate: 1, type: "sgd" }, values: [0.25], curve: [{ epoch: 1, value: 0.25 }] },
    { ...at, state: "failed", origin: "sampler", point: { rate: 0.02, units: 3, type: "sgd" }, values: null, curve: [] },
    { ...at, state: "completed", origin: "confirmation", point: {}, values: [0.1], curve: [] },
    { ...at, state: "running", origin: "baseline", point: { rate: 0.05, units: 2, type: "adam" }, values: null, endedAt: null, curve: [] },
  ],
  study: { name: "from Descent", trials: 5 },
};

const READ = `
import json, sys, warnings
warnings.simplefilter("ignore")
import optuna
from optuna.storages import JournalStorage
try:
    from optuna.storages import JournalFileStorage as Backend
except ImportError:
    from optuna.storages.journal import JournalFileBackend as Backend
study = optuna.load_study(study_name=None, storage=JournalStorage(Backend(sys.argv[1])))
print(json.dumps({
    "name": study.study_name,
    "directions": [direction.name for direction in study.directions],
    "best": study.best_trial.number,
    "trials": [{"state": trial.state.name, "params": trial.params, "values": trial.values,
                "curve": trial.intermediate_values, "origin": trial.user_attrs["descent:origin"],
                "seconds": trial.duration.total_seconds() if trial.duration else None} for trial in study.trials],
}))
`;

function hasOptuna(): boolean {
  try {
    execFileSync(PYTHON, ["-c", "import optuna"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

it("is read by Optuna trial by trial", { timeout: 60_000 }, (context) => {
  if (!hasOptuna()) return skipLoudly(context, "Optuna is not installed");
  const file = path.join(temporaryFolder(), "study.log");
  writeFileSync(file, optunaJournal(study));
  const read: unknown = JSON.parse(execFileSync(PYTHON, ["-c", READ, file], { encoding: "utf8" }));
  expect(read).toEqual({
    name: "from Descent",
    directions: ["MAXIMIZE"],
    best: 0,
    trials: [
      { state: "COMPLETE", params: { rate: 0.01, units: 8, type: "adam" }, values: [0.9], curve: { "1": 0.5, "2": 0.9 }, origin: "sampler", seconds: 1.5 },
      { state: "PRUNED", params: { rate: 1, type: "sgd" }, values: [0.25], curve: { "1": 0.25 }, origin: "guess", seconds: 1.5 },
      { state: "FAIL", params: { rate: 0.02, units: 3, type: "sgd" }, values: null, curve: {}, origin: "sampler", seconds: 1.5 },
      { state: "RUNNING", params: { rate: 0.05, units: 2, type: "adam" }, values: null, curve: {}, origin: "baseline", seconds: null },
    ],
  });
});

it("holds the study itself", () => {
  const lines: unknown[] = optunaJournal(study)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(studyInJournal(lines)).toEqual({ name: "from Descent", trials: 5 });
});
