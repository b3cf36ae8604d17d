/** The home is for its owner alone, whatever the umask, and one of an older version becomes so. */
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeHomePrivate } from "../../src/main/privateHome.ts";
import { descent } from "../helpers/descent.ts";
import { irisRecipe, openStage } from "./harness.ts";

const root = mkdtempSync(path.join(os.tmpdir(), "descent-private-"));
let umask: number;
beforeAll(() => {
  // Nothing may hang on it: every right that is not taken is given.
  umask = process.umask(0);
});
afterAll(() => {
  process.umask(umask);
  rmSync(root, { recursive: true, force: true });
});

function everything(folder: string): readonly string[] {
  return [folder, ...readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => path.join(entry.parentPath, entry.name))];
}

/** What others may read or write, as "0644 runs/x". */
function open(folder: string): readonly string[] {
  return everything(folder).flatMap((file) => {
    const { mode } = lstatSync(file);
    return (mode & 0o077) === 0 ? [] : [`${(mode & 0o777).toString(8)} ${path.relative(folder, file)}`];
  });
}

describe.skipIf(process.platform === "win32")("a home", () => {
  it("that is new leaves nothing to others: history, checkpoints, cache, locks", { timeout: 120_000 }, async () => {
    const home = path.join(root, "new", "home");
    const recipe = path.join(root, "recipe.json");
    writeFileSync(recipe, JSON.stringify({ ...irisRecipe, budget: { epochs: 2 } }));
    const trained = await descent("train", recipe, "--home", home);
    expect(trained.code, trained.stderr).toBe(0);
    const archive = path.join(import.meta.dirname, "..", "data", "fixtures", "archives", "flat.zip");
    await descent("data", "inspect", path.join(archive, "train.csv"), "--home", home);
    await descent("data", "inspect", "iris", "--home", home);
    expect(open(home)).toEqual([]);
    const names = everything(home).map((file) => path.relative(home, file));
    for (const part of ["history.sqlite", "runs", "cache/archives", "cache/inspections"]) expect(names).toContain(part);
    expect(names.filter((name) => /safetensors|split\.npz|train\.csv|manifest\.json/.test(name)).length).toBeGreaterThan(4);
    // While a studio has it: the write-ahead log, its index, and the locks.
    const { client } = await openStage(home);
    await client.runs.list();
    expect(readdirSync(home)).toContain("history.sqlite-wal");
    expect(open(home)).toEqual([]);
  });

  it("of an older version is tightened when it is opened", async () => {
    const home = path.join(root, "old");
    const first = await openStage(home);
    await first.client.runs.start({ recipe: irisRecipe });
    await first.studio.close();
    writeFileSync(path.join(home, "window.json"), "{}");
    for (const file of everything(home)) chmodSync(file, lstatSync(file).isDirectory() ? 0o755 : 0o644);
    expect(open(home).length).toBeGreaterThan(4);
    await openStage(home);
    expect(open(home)).toEqual([]);
  });

  it("inside a folder with other things keeps that folder's mode, and is private inside", async () => {
    const home = path.join(root, "project");
    mkdirSync(path.join(home, "sources"), { recursive: true, mode: 0o755 });
    chmodSync(home, 0o755);
    await openStage(home);
    expect(open(home).filter((line) => !/ sources$/.test(line))).toEqual(["755 "]);
    expect(makeHomePrivate(home)).toBeNull();
  });
});
