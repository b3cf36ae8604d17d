/** The test part measured after every epoch: curves of its own, the warning that belongs to it, and nothing decided by it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRecipe } from "../../src/main/studio/check.ts";
import { here } from "./inProcess.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "descent-test-part-"));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const SET = ["budget.epochs=12", "seed=5", "optimizer.lr=0.05"];

async function trained(...set: readonly string[]) {
  const { code, stderr, lines } = await here("train", "iris-mlp", ...[...SET, ...set].flatMap((each) => ["--set", each]), "--home", home, "--json");
  expect(code, stderr).toBe(0);
  const [shown] = (await here("show", String(lines[0]?.run), "--home", home, "--json")).lines;
  if (shown === undefined) throw new Error("nothing is shown");
  const rows = lines.filter(({ type }) => type === "metric").map(({ name, step, epoch, value }) => ({ name: String(name), step, epoch, value }));
  return { run: String(lines[0]?.run), shown, rows };
}

describe("evaluation.testEveryEpoch", () => {
  it("adds curves and a warning, and changes no other number", { timeout: 120_000 }, async () => {
    const [plain, watched] = [await trained(), await trained("evaluation.testEveryEpoch=true")];
    const ofTest = watched.rows.filter(({ name }) => name.startsWith("test."));
    for (const name of ["test.loss", "test.accuracy"]) {
      const curve = ofTest.filter((row) => row.name === name);
      expect(curve.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
      expect(curve.map(({ step }) => step)).toEqual(watched.rows.filter((row) => row.name === "validation.loss").map(({ step }) => step));
    }
    expect(new Set(ofTest.map(({ value }) => value)).size).toBeGreaterThan(12);
    const sorted = (rows: typeof plain.rows) => rows.map((row) => JSON.stringify(row)).sort();
    expect(sorted(watched.rows.filter((row) => !ofTest.includes(row)))).toEqual(sorted(plain.rows));
    // The end is tested as ever, with the best epoch's weights, whose test figures are the curve's at that epoch.
    expect(watched.shown.test).toEqual(plain.shown.test);
    expect(watched.shown.best).toEqual(plain.shown.best);
    const best = (watched.shown.best as { readonly epoch: number }).epoch;
    for (const [name, value] of Object.entries(watched.shown.test as Readonly<Record<string, number>>))
      expect(ofTest.find((row) => row.name === name && row.epoch === best)?.value, name).toBe(value);
    const warnings = (shown: typeof plain.shown) =>
      (shown.events as readonly { readonly level: string; readonly text: string }[]).filter(({ level }) => level === "warning").map(({ text }) => text);
    expect(warnings(plain.shown)).toEqual(expect.not.arrayContaining([expect.stringContaining("testEveryEpoch")]));
    expect(warnings(watched.shown)).toEqual(expect.arrayContaining([expect.stringContaining("makes the test figure optimistic")]));
    const table = (await here("metrics", watched.run, "--home", home)).stdout.split("\n");
    expect(table[0]).toMatch(/test\.accuracy\s+test\.loss/i);
  });

  it("needs no validation part, and is a warning of the check, not a problem", { timeout: 60_000 }, async () => {
    const watched = await trained("evaluation.testEveryEpoch=true", "data.split.validation=0");
    const curve = watched.rows.filter(({ name }) => name === "test.loss");
    expect(curve.length).toBe(12);
    expect(watched.shown.test).toMatchObject({ "test.loss": curve.at(-1)?.value });
    const recipe = watched.shown.recipe as Record<string, unknown>;
    const { problems, warnings } = await checkRecipe(recipe);
    expect(problems).toEqual([]);
    expect(warnings?.map(({ place }) => place)).toEqual(["evaluation.testEveryEpoch"]);
    expect((await checkRecipe({ ...recipe, evaluation: { testEveryEpoch: false } })).warnings).toBeUndefined();
  });
});
