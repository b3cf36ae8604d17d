/** Data sets of one's own through the contract: added, named, removed, brought back; read by a process of their own. */
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createStudio } from "../../src/main/studio.ts";
import { forkTrainer } from "../../src/main/training/spawn.ts";
import { clientOf, openStage, refused, temporaryHome } from "./harness.ts";

function csvFile(home: string, name = "flowers.csv"): string {
  mkdirSync(home, { recursive: true });
  const file = path.join(home, name);
  const rows = Array.from({ length: 40 }, (_, i) => `${i / 10},${(i * 7) % 11},${i % 2 === 0 ? "red" : "blue"}`);
  writeFileSync(file, `length,width,colour\n${rows.join("\n")}\n`);
  return file;
}

describe("own data sets", () => {
  it("are detected, described, kept across a restart, renamed, removed and brought back", async () => {
    const home = temporaryHome();
    const file = csvFile(home);
    const stage = await openStage(home);
    const detected = await stage.client.datasets.detect({ path: file });
    expect(detected).toMatchObject({ name: "flowers", source: { type: "csv", path: file, target: "colour" }, facts: { length: 40, sampleShape: [2] } });
    const added = await stage.client.datasets.add({ name: "Flowers", source: detected.source });
    expect(await stage.client.datasets.own()).toEqual([added]);
    await stage.studio.close();

    const studio = await createStudio({ home, host: "web", spawnTrainer: forkTrainer });
    const client = clientOf(studio);
    expect(await client.datasets.own()).toEqual([added]);
    expect(await client.datasets.rename({ id: added.id, name: "Blumen" })).toMatchObject({ id: added.id, name: "Blumen" });
    await client.datasets.remove({ ids: [added.id] });
    expect(await client.datasets.own()).toEqual([]);
    await client.datasets.restore({ ids: [added.id] });
    expect(await client.datasets.own()).toHaveLength(1);
    const [view] = await client.datasets.samples({ source: added.source, samples: [3], side: 32 });
    expect(view).toMatchObject({ sample: 3, label: "blue", shape: [2], encoding: "floats" });
    expect(new Float32Array(Uint8Array.from(Buffer.from(view?.values ?? "", "base64")).buffer)).toEqual(Float32Array.of(0.3, 10));
    await client.datasets.remove({ ids: [added.id] });
    await studio.close();

    // What was removed in an earlier session is gone for good.
    const later = await createStudio({ home, host: "web", spawnTrainer: forkTrainer });
    await later.close();
    const last = await openStage(home);
    expect(await last.client.datasets.own()).toEqual([]);
    expect((await refused(last.client.datasets.restore({ ids: [added.id] }))).message).toContain("must be one of your data sets");
  });

  it("are refused with what is wrong in them, place by place", async () => {
    const { client, home } = await openStage();
    const file = csvFile(home);
    expect((await refused(client.datasets.add({ name: "x", source: { type: "csv", path: file, target: "color" } }))).message).toContain(
      'Did you mean "colour"?',
    );
    expect((await refused(client.datasets.add({ name: "x", source: { type: "csv", path: file, target: "colour", typo: 1 } }))).message).toContain(
      "data.source.typo",
    );
    expect((await refused(client.datasets.describe({ source: { type: "csvs" } }))).message).toContain("data.source.type");
    expect((await refused(client.datasets.detect({ path: path.join(home, "nothing") }))).message).toContain("nothing");
    expect((await refused(client.datasets.rename({ id: "unknown1", name: "y" }))).message).toContain("must be one of your data sets");
    expect(await client.datasets.own()).toEqual([]);
  });

  it("are read another way from now on, and stay as they were where the new way cannot be read", async () => {
    const { client, home } = await openStage();
    const file = csvFile(home);
    const added = await client.datasets.add({ name: "Flowers", source: (await client.datasets.detect({ path: file })).source });
    const other = { ...added.source, target: "width", task: "regression" };
    const changed = await client.datasets.change({ id: added.id, source: other });
    expect(changed).toEqual({ ...added, source: other });
    expect(await client.datasets.own()).toEqual([changed]);
    expect((await refused(client.datasets.change({ id: added.id, source: { ...other, target: "heigth" } }))).message).toContain("data.source.target");
    expect((await refused(client.datasets.change({ id: added.id, source: { ...other, typo: 1 } }))).message).toContain("data.source.typo");
    expect((await refused(client.datasets.change({ id: "unknown1", source: other }))).message).toContain("must be one of your data sets");
    expect(await client.datasets.own()).toEqual([changed]);
    // The way back is the same call with the former source.
    expect(await client.datasets.change({ id: added.id, source: added.source })).toEqual(added);
  });

  it("are detected as a format that is named, with the fields that were set", async () => {
    const { client, home } = await openStage();
    const file = csvFile(home);
    const detected = await client.datasets.detect({ path: file, set: { type: "csv", target: "width", task: "regression", ignore: ["length"] } });
    expect(detected.source).toEqual({ type: "csv", path: file, target: "width", task: "regression", ignore: ["length"] });
    expect(detected.facts).toMatchObject({ sampleShape: [1], target: { kind: "regression", names: ["width"] } });
    expect((await refused(client.datasets.detect({ path: file, set: { type: "hdf5" } }))).message).toContain("flowers.csv");
    expect((await refused(client.datasets.detect({ path: file, set: { typo: 1 } }))).message).toContain("data.source.typo");
  });

  it("let an import go that nothing names, and keep one that a data set names", async () => {
    const home = temporaryHome();
    const named = csvFile(path.join(home, "uploads", "0b6f9a52-6f5e-4d3c-9b9e-2f3f3a1f9c11"));
    const left = csvFile(path.join(home, "uploads", "0b6f9a52-6f5e-4d3c-9b9e-2f3f3a1f9c12"));
    const fresh = csvFile(path.join(home, "uploads", "0b6f9a52-6f5e-4d3c-9b9e-2f3f3a1f9c13"));
    const stage = await openStage(home);
    await stage.client.datasets.add({ name: "kept", source: { type: "csv", path: named, target: "colour" } });
    await stage.studio.close();
    const old = new Date(Date.now() - 48 * 60 * 60 * 1000);
    for (const file of [named, left]) utimesSync(path.dirname(file), old, old);
    const studio = await createStudio({ home, host: "web", spawnTrainer: forkTrainer });
    await studio.close();
    expect([named, left, fresh].map((file) => existsSync(file))).toEqual([true, false, true]);
  });

  it("a preview of a recipe is drawn, and one of a wrong recipe is refused in the recipe's words", async () => {
    const { client } = await openStage();
    const recipe = {
      data: { source: { type: "shipped", name: "digits" } },
      augmentation: [{ type: "gaussianNoise", deviation: 0.5 }],
      model: { layers: [{ type: "dense", units: 10 }] },
      loss: { type: "softmaxCrossEntropy" },
      optimizer: { type: "sgd" },
    };
    const { original, variants, before, after } = await client.augment.preview({ recipe, sample: 4, count: 3 });
    expect(original).toMatchObject({ sample: 4, label: "4", shape: [1, 8, 8], low: 0, high: 16 });
    expect(variants).toHaveLength(3);
    expect(new Set(variants.map(({ values }) => values)).size).toBe(3);
    expect(before.counts.reduce((a, b) => a + b, 0)).toBe(64);
    expect(after.counts.reduce((a, b) => a + b, 0)).toBe(3 * 64);
    const wrong = { ...recipe, augmentation: [{ type: "gaussianNoise", deviation: 7 }] };
    expect((await refused(client.augment.preview({ recipe: wrong }))).message).toContain("augmentation[0].deviation: must be");
    const misfit = { ...recipe, augmentation: [{ type: "gaussianNoise" }, { type: "hue" }, { type: "gain" }] };
    const { problems } = await refused(client.augment.preview({ recipe: misfit }));
    expect(problems.map(({ place }) => place)).toEqual(["augmentation[1].type", "augmentation[2].type"]);
    expect((await refused(client.augment.preview({ recipe, sample: 5000 }))).message).toContain("sample: must be from 0 to 1796");
  });
});
