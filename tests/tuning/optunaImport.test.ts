/** Studies read from files of Optuna: one that Optuna wrote (tests/golden/tuning/make_optuna.py), and one of our own. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { importedStudy } from "../../src/shared/tuning/optunaImport.ts";
import { temporaryFolder } from "../history/fixtures.ts";
import { openStage, refused } from "../studio/harness.ts";

const FILE = path.join(import.meta.dirname, "../golden/tuning/optuna.jsonl");

interface Line {
  readonly op_code: number;
  readonly trial_id: number;
  readonly param_name: string;
  readonly param_value_internal: number;
  readonly values: readonly number[] | null;
}

it("a study that Optuna wrote has its trials, and cannot be continued", { timeout: 30_000 }, async () => {
  const { client } = await openStage();
  const { id, name, status, counts } = await client.studies.importOptuna({ file: FILE });
  expect([name, status, counts]).toEqual(["theirs", "completed", { waiting: 0, running: 0, completed: 4, pruned: 1, failed: 1, stopped: 0 }]);
  const lines = readFileSync(FILE, "utf8")
    .trim()
    .split("\n")
    .map((line): Line => JSON.parse(line));
  const { trials } = await client.studies.trials({ id });
  const kinds = ["sgd", "adam", "None", 3];
  for (const { number, point, values } of trials) {
    const own = lines.filter(({ trial_id }) => trial_id === number);
    const points = own
      .filter(({ op_code }) => op_code === 5)
      .map(({ param_name, param_value_internal: value }) => [param_name, param_name === "kind" ? kinds[value] : value]);
    expect(point).toEqual(Object.fromEntries(points));
    expect("beta" in point).toBe(point.kind === "adam");
    expect(values).toEqual(own.find(({ op_code }) => op_code === 6)?.values);
  }
  const detail = await client.studies.get({ id });
  const best = Math.max(...trials.filter(({ state }) => state === "completed").map(({ values }) => values?.[0] ?? 0));
  expect(detail.best?.values).toEqual([best]);
  expect(detail.objectives).toMatchObject([{ metric: "value", largerIsBetter: true }]);
  expect((await refused(client.studies.resume({ id }))).problems[0]).toMatchObject({ place: "recipe" });
});

it.each([
  ["not JSON\n", "line 1"],
  ['{"op_code": 5, "trial_id": 7}\n', "the file"],
  ['{"op_code": 0, "study_name": "x", "directions": [1]}\n{"op_code": 6, "trial_id": 7, "state": 1, "values": [1]}\n', "line 2"],
])("what is no such file is refused with its place", (text, place) => {
  expect(() => importedStudy(text)).toThrow(place);
});

it("a file that is not there is refused", async () => {
  const { client } = await openStage();
  const nowhere = path.join(temporaryFolder(), "nowhere.log");
  expect((await refused(client.studies.importOptuna({ file: nowhere }))).kind).toBe("missing");
  writeFileSync(nowhere, "");
  expect((await refused(client.studies.importOptuna({ file: nowhere }))).kind).toBe("input");
});
