import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Connection } from "../../src/main/history/connection.ts";
import { openHistory } from "../../src/main/history/history.ts";
import { splitRows } from "../../src/main/history/metrics.ts";
import { migrate } from "../../src/main/history/migrate.ts";
import { migrations } from "../../src/main/history/migrations/index.ts";
import { prepareHome } from "../../src/main/home.ts";
import { Fault } from "../../src/shared/kit/fault.ts";
import { insertRun, mountSmall, rows, skipLoudly, temporaryFolder, temporaryHistory } from "./fixtures.ts";

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("migrations", () => {
  it("bring an empty file to the newest version and leave it alone after that", () => {
    const file = path.join(temporaryFolder(), "history.sqlite");
    const first = openHistory(file);
    insertRun(first);
    expect(first.connection.pragma("user_version")).toBe(migrations.length);
    first.connection.close();
    const second = openHistory(file);
    expect(second.runs.ids()).toEqual(["run00001"]);
    second.connection.close();
  });

  it("are applied one by one, each whole or not at all", () => {
    const connection = new Connection(path.join(temporaryFolder(), "history.sqlite"));
    onTestFinished(() => connection.close());
    const good = "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);";
    expect(() => migrate(connection, [good, "CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1);"])).toThrow("nowhere");
    expect(connection.pragma("user_version")).toBe(1);
    migrate(connection, [good, "INSERT INTO a VALUES (2);"]);
    expect(connection.pragma("user_version")).toBe(2);
    expect(connection.prepare<[], { x: number }>("SELECT x FROM a").all()).toEqual([{ x: 1 }, { x: 2 }]);
  });

  it("make the epoch whose weights were kept the best one of runs that an earlier version trained", () => {
    const file = path.join(temporaryFolder(), "history.sqlite");
    const old = new Connection(file);
    migrate(old, migrations.slice(0, 3));
    const recipes = [{ earlyStopping: { type: "patience", metric: "accuracy", restoreBest: false } }, { earlyStopping: { type: "none" } }, { seed: 2 }];
    old.execute("INSERT INTO experiment (key, name, created_at) VALUES (1, 'default', 0)");
    for (const [key, recipe] of recipes.entries()) {
      old.prepare("INSERT INTO recipe (key, hash, json) VALUES (?, ?, ?)").run(key, String(key), JSON.stringify(recipe));
      old
        .prepare(
          `INSERT INTO run (key, id, experiment, recipe, name, status, dataset, seed, device, optimizer, parameter_count, plan, created_at, total_steps, total_epochs, best)
           VALUES (?, ?, 1, ?, 'run', 'completed', 'iris', 1, 'cpu', 'sgd', 1, '{}', ?, 20, 20, ?)`,
        )
        .run(key, `run${key}`, key, key, JSON.stringify({ step: 20, epoch: 20, metrics: { "validation.loss": 0.1, "validation.accuracy": 0.9 } }));
    }
    const kept = { "validation.loss": 0.2, "validation.accuracy": 0.99 };
    for (const key of [0, 1])
      old
        .prepare("INSERT INTO checkpoint (run, kind, file, step, epoch, hash, metrics) VALUES (?, 'best', 'best-10.safetensors', 10, 10, '00', ?)")
        .run(key, JSON.stringify(kept));
    old.close();
    const { runs, connection } = openHistory(file);
    onTestFinished(() => connection.close());
    expect([0, 1, 2].map((key) => runs.summary(key).best)).toEqual([
      { step: 10, epoch: 10, metrics: kept, by: "validation.accuracy", tested: false },
      { step: 10, epoch: 10, metrics: kept, by: "validation.loss", tested: true },
      // It ended before its first checkpoint: it begins anew.
      null,
    ]);
  });

  it("give the runs of a file from before studies no study, and a place for them", () => {
    const file = path.join(temporaryFolder(), "history.sqlite");
    const old = new Connection(file);
    migrate(old, migrations.slice(0, 4));
    old.execute(`INSERT INTO experiment (key, name, created_at) VALUES (1, 'default', 0); INSERT INTO recipe (key, hash, json) VALUES (1, '00', '{}');
      INSERT INTO run (key, id, experiment, recipe, name, status, dataset, seed, device, optimizer, parameter_count, plan, created_at, total_steps, total_epochs)
      VALUES (1, 'old00001', 1, 1, 'run', 'completed', 'iris', 1, 'cpu', 'sgd', 1, '{}', 0, 20, 20)`);
    old.close();
    const history = openHistory(file);
    onTestFinished(() => history.connection.close());
    expect(history.runs.ids()).toEqual(["old00001"]);
    expect(history.runs.summary(1)).not.toHaveProperty("of");
    const study = history.studies.insert({ id: "study001", name: "new", status: "completed", owner: null, dataset: "iris", study: {} });
    const trial = history.trials.insert(study, history.studies.nextRevision(study), { origin: "sampler", point: { rate: 0.5 }, pending: [], totalEpochs: 3 });
    insertRun(history, "trial001", { seed: 2 }, { study, trial, place: 0 });
    // A trial's run is listed with its study alone.
    expect(history.runs.ids()).toEqual(["old00001"]);
    expect(history.runs.ofStudy(study).map(({ id }) => id)).toEqual(["trial001"]);
    expect(history.trials.list(study)).toMatchObject([{ number: 0, state: "waiting", point: { rate: 0.5 }, values: null }]);
  });

  it("refuse a file of a newer Descent and do not touch it", () => {
    const file = path.join(temporaryFolder(), "history.sqlite");
    const connection = new Connection(file);
    connection.pragma("user_version = 99");
    connection.close();
    const fault = faultOf(() => openHistory(file));
    expect(fault.kind).toBe("environment");
    expect(fault.message).toBe(
      `${file}: must be of version ${migrations.length} or older; received version 99, written by a newer Descent. Update Descent, or choose another home with --home.`,
    );
  });
});

describe("files that cannot be used", () => {
  it("a file that is no database", () => {
    const file = path.join(temporaryFolder(), "history.sqlite");
    writeFileSync(file, "not a database, but long enough to be looked at as one".repeat(100));
    const fault = faultOf(() => openHistory(file));
    expect(fault.kind).toBe("environment");
    expect(fault.problems[0]).toMatchObject({ place: file, expected: "must be a complete SQLite database", received: "SQLITE_NOTADB: file is not a database" });
  });

  it("a home that is a file", () => {
    const home = path.join(temporaryFolder(), "home");
    writeFileSync(home, "");
    const fault = faultOf(() => prepareHome(home));
    expect(fault.kind).toBe("environment");
    expect(fault.problems[0]).toMatchObject({ place: home, expected: "must be a folder", remedy: "Choose another home with --home." });
  });

  it("a home that may not be written", (context) => {
    const parent = temporaryFolder();
    // The superuser may write in any folder but one of a read-only file system.
    if (process.getuid?.() !== 0) chmodSync(parent, 0o555);
    else if (!mountSmall(parent, "ro")) return skipLoudly(context, "as superuser it takes a read-only file system, which cannot be mounted here");
    const fault = faultOf(() => prepareHome(path.join(parent, "home")));
    expect(fault).toMatchObject({ kind: "environment" });
    expect(fault.problems[0]).toMatchObject({ place: path.join(parent, "home"), expected: "must be writable" });
  });

  it("a disk that is full: said clearly, nothing damaged, and goes on when there is room", (context) => {
    const mount = path.join(temporaryFolder(), "small");
    mkdirSync(mount);
    if (!mountSmall(mount, "size=2m")) return skipLoudly(context, "a small file system cannot be mounted here; it takes a superuser");
    const file = path.join(mount, "history.sqlite");
    const history = openHistory(file);
    onTestFinished(() => history.connection.close());
    const run = insertRun(history);
    let written = 0;
    const fault = faultOf(() => {
      for (; written < 2_000_000; written += 1000)
        history.connection.transaction(() => history.metrics.write(run, [rows("train.loss", written + 1, written + 1000, Math.sqrt)]));
    });
    expect(written).toBeGreaterThan(0);
    expect(fault.kind).toBe("environment");
    expect(fault.problems[0]).toMatchObject({ place: file, expected: "the disk must have room for the history" });
    expect(fault.message).toContain("Free some space");
    expect(history.metrics.series(run, null, 10)[0]?.total).toBe(written);
    expect(history.connection.pragma("integrity_check")).toBe("ok");
    execFileSync("mount", ["-o", "remount,size=16m", mount]);
    history.connection.transaction(() => history.metrics.write(run, [rows("train.loss", written + 1, written + 1000, Math.sqrt)]));
    expect(history.metrics.series(run, null, 10)[0]?.total).toBe(written + 1000);
  });
});

describe("tables", () => {
  it("keep one recipe for equal recipes", () => {
    const { recipes } = temporaryHistory();
    const first = recipes.ensure({ seed: 1 });
    expect(recipes.ensure({ seed: 1 })).toEqual(first);
    expect(recipes.ensure({ seed: 2 }).key).not.toBe(first.key);
    expect(recipes.read(first.key)).toEqual({ seed: 1 });
  });

  it("name the checkpoint files that were replaced, but not one that another row still names", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    const record = (kind: "last" | "best", file: string, step: number) => ({ kind, file, step, epoch: 1, hash: "00", metrics: {} });
    expect(history.checkpoints.put(run, [record("last", "a", 1), record("best", "b", 1)])).toEqual([]);
    expect(history.checkpoints.put(run, [record("last", "b", 2)])).toEqual([]);
    expect(history.checkpoints.put(run, [record("best", "c", 3)])).toEqual([]);
    expect(history.checkpoints.put(run, [record("last", "d", 4)])).toEqual(["a"]);
    expect(history.checkpoints.put(run, [record("best", "e", 5)])).toEqual([]);
    expect(history.checkpoints.put(run, [record("last", "f", 4), record("best", "g", 6)])).toEqual(["b", "c"]);
    // The newest of a kind and the one before it, in the order in which they were put: a resumed run may write lower steps.
    expect(history.checkpoints.put(run, [record("last", "h", 1)])).toEqual(["d"]);
    expect(history.checkpoints.list(run).map(({ kind, file }) => [kind, file])).toEqual([
      ["last", "h"],
      ["last", "f"],
      ["best", "g"],
      ["best", "e"],
    ]);
    expect(history.checkpoints.find(run, "last")?.file).toBe("h");
    history.checkpoints.discard(run, "h");
    expect(history.checkpoints.find(run, "last")?.file).toBe("f");
  });

  it("list runs newest first and read a row again only when it changed", () => {
    const { runs, ...history } = temporaryHistory();
    const first = insertRun({ runs, ...history }, "aaaa0001");
    const second = insertRun({ runs, ...history }, "aaaa0002");
    const listed = () => runs.listed(runs.visible());
    const before = listed();
    expect(before.map(({ id }) => id)).toEqual(["aaaa0002", "aaaa0001"]);
    runs.update(first, { latest: { "train.loss": 0.5 }, status: "running" });
    const after = listed();
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toMatchObject({ status: "running", latest: { "train.loss": 0.5 } });
    runs.update(second, { hiddenAt: 1 });
    expect(listed().map(({ id }) => id)).toEqual(["aaaa0001"]);
    expect(runs.withPrefix("aaaa").map(({ id }) => id)).toEqual(["aaaa0001"]);
    expect(runs.withPrefix("aaaa", true)).toHaveLength(2);
  });

  it("give a run to one claimant", () => {
    const history = temporaryHistory();
    const run = insertRun(history);
    expect(history.runs.claim(run, "other", ["paused"])).toBe(false);
    history.runs.update(run, { status: "paused", owner: null });
    expect(history.runs.claim(run, "one", ["paused", "stopped"])).toBe(true);
    expect(history.runs.claim(run, "two", ["paused", "stopped"])).toBe(false);
    expect(history.runs.internals(run).owner).toBe("one");
  });

  it("purge a run with all that belongs to it, and nothing else", () => {
    const history = temporaryHistory();
    const gone = insertRun(history, "gone0000", { seed: 1 });
    const kept = insertRun(history, "kept0000", { seed: 2 });
    for (const run of [gone, kept]) {
      for (const part of splitRows([rows("train.loss", 1, 1000, Math.sqrt)])) history.connection.transaction(() => history.metrics.write(run, part));
      history.events.add(run, "info", "hello");
      history.checkpoints.put(run, [{ kind: "last", file: "f", step: 1, epoch: 1, hash: "", metrics: {} }]);
    }
    let rounds = 1;
    while (!history.runs.purge(gone, 300)) rounds++;
    expect(rounds).toBe(4);
    const count = (table: string) => history.connection.prepareRaw<[], [number]>(`SELECT COUNT(*) FROM ${table}`).get()?.[0];
    expect(["run", "metric", "event", "checkpoint", "recipe"].map(count)).toEqual([1, 1000, 1, 1, 1]);
    expect(history.metrics.series(kept, null, 10)[0]?.total).toBe(1000);
    expect(history.connection.pragma("foreign_key_check")).toBeUndefined();
    expect(existsSync(history.connection.file)).toBe(true);
  });
});
