/** One bad row in the history never blocks the whole home, and a damaged file ends in one sentence with the remedy. */
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openHistory } from "../../src/main/history/history.ts";
import { Fault } from "../../src/shared/kit/fault.ts";
import { descent } from "../helpers/descent.ts";
import { english } from "../helpers/english.ts";
import { block, irisRecipe, openStage, record, refused, untilStatus } from "../studio/harness.ts";
import { insertRun, rows, temporaryFolder } from "./fixtures.ts";

/** A home with three completed runs, the history closed. */
async function homeOfThree(): Promise<{ readonly home: string; readonly ids: readonly string[] }> {
  const stage = await openStage();
  const ids: string[] = [];
  for (const seed of [1, 2, 3]) {
    const { id } = await stage.client.runs.start({ recipe: { ...irisRecipe, seed } });
    const trainer = await stage.trainer(ids.length);
    await trainer.trainJob();
    trainer.metrics(block("train.loss", 1, 8), block("validation.loss", 7, 7));
    trainer.checkpoint(record("best", 7), record("last", 8));
    trainer.finish("completed", { "test.loss": 0.5 });
    await untilStatus(stage, id, "completed");
    ids.push(id);
  }
  await stage.client.datasets.add({ name: "good", source: { type: "shipped", name: "iris" } });
  await stage.client.datasets.add({ name: "bad", source: { type: "shipped", name: "wine" } });
  await stage.studio.close();
  return { home: stage.home, ids };
}

/** Changes the tables past every rule of theirs, as damaged bytes do. */
function spoil(home: string, ...statements: readonly string[]): void {
  const database = new Database(path.join(home, "history.sqlite"));
  database.unsafeMode();
  database.pragma("foreign_keys = OFF");
  database.pragma("ignore_check_constraints = ON");
  database.pragma("writable_schema = ON");
  database.exec("UPDATE sqlite_schema SET sql = replace(replace(sql, 'NOT NULL', ''), 'STRICT', '') WHERE type = 'table' AND name IN ('run', 'dataset')");
  database.pragma("writable_schema = RESET");
  for (const sql of statements) database.exec(sql);
  database.close();
}

const ROWS: readonly (readonly [string, string, string, string])[] = [
  ["a recipe that is no JSON", "UPDATE recipe SET json = '{' || json WHERE key = 2", "", ""],
  ["a recipe with one changed digit", `UPDATE recipe SET json = replace(json, '"seed":2', '"seed":3') WHERE key = 2`, "", ""],
  ["no recipe", "UPDATE run SET recipe = 99 WHERE key = 2", "recipeHash", "nothing (NULL)"],
  ["a status that there is not", "UPDATE run SET status = 'dancing' WHERE key = 2", "status", '"dancing"'],
  ["a status that is NULL", "UPDATE run SET status = NULL WHERE key = 2", "status", "nothing (NULL)"],
  ["a text for a number", "UPDATE run SET step = 'many', created_at = 'then' WHERE key = 2", "createdAt", '"then"'],
  ["NULL for a name", "UPDATE run SET name = NULL WHERE key = 2", "name", "nothing (NULL)"],
  ["metrics that are no JSON", "UPDATE run SET latest = '{\"train.loss\":' WHERE key = 2", "latest", '"{\\"train.loss\\":"'],
  ["JSON of another shape", "UPDATE run SET sparkline = '{}', problems = '[1]', best = '7' WHERE key = 2", "best", '"7"'],
  ["bytes for a text", "UPDATE run SET dataset = x'00ff' WHERE key = 2", "dataset", "{"],
  ["a plan that is no JSON", "UPDATE run SET plan = 'x' WHERE key = 2", "", ""],
  ["a plan of another shape", "UPDATE run SET plan = json_remove(plan, '$.layers[0].parameters') WHERE key = 2", "", ""],
];

/** Takes back what migration 5 adds. */
const WITHOUT_STUDIES = [
  "DROP INDEX run_trial",
  ...["study", "trial", "place"].map((column) => `ALTER TABLE run DROP COLUMN ${column}`),
  ...["rejection", "trial", "study_change", "study"].map((table) => `DROP TABLE ${table}`),
];

describe("a bad row", () => {
  it("is listed with what is wrong, and the other runs are as they were", { timeout: 240_000 }, async () => {
    const { home: whole, ids } = await homeOfThree();
    const before = await openStage(whole);
    const good = await before.client.runs.list();
    await before.studio.close();
    for (const [what, sql, column, received] of ROWS) {
      const home = path.join(temporaryFolder(), "home");
      mkdirSync(home, { recursive: true });
      copyFileSync(path.join(whole, "history.sqlite"), path.join(home, "history.sqlite"));
      spoil(home, sql);
      const { client, studio } = await openStage(home);
      const listed = await client.runs.list();
      expect(listed, what).toHaveLength(3);
      expect([listed[0], listed[2]], what).toEqual([good[0], good[2]]);
      for (const id of [ids[0], ids[2]]) expect((await client.runs.get({ id: id ?? "" })).recipe.seed, what).toBeGreaterThan(0);
      const bad = listed[1];
      expect(bad?.id, what).toBe(ids[1]);
      if (column !== "") {
        expect(bad?.problems[0]?.place, what).toBe(`${path.join(home, "history.sqlite")}, run ${ids[1]}, ${column}`);
        expect(english(bad?.problems[0]?.received), what).toContain(received);
        expect(english(bad?.problems[0]?.remedy), what).toContain("remove this run");
      } else if (what.includes("recipe")) {
        const fault = await refused(client.runs.get({ id: ids[1] ?? "" }));
        expect(fault.problems[0]?.place, what).toContain(`run ${ids[1]}, `);
        expect(english(fault.problems[0]?.expected), what).toBe("must be the recipe that was started");
        expect(english((await refused(client.runs.evaluate({ id: ids[1] ?? "", split: "test" }))).problems[0]?.expected), what).toBe(
          "must be the recipe that was started",
        );
      } else expect((await client.runs.get({ id: ids[1] ?? "" })).plan.layers, what).toEqual([]);
      // It can be removed like any other.
      expect(await client.runs.remove({ ids: [ids[1] ?? ""] }), what).toEqual([ids[1]]);
      expect(
        (await client.runs.list()).map(({ id }) => id),
        what,
      ).toEqual([ids[2], ids[0]]);
      await studio.close();
    }
  });

  it("of a run that was under way does not keep the studio from opening", async () => {
    const { home, ids } = await homeOfThree();
    spoil(
      home,
      "UPDATE run SET status = 'running', owner = 'gone', plan = '', latest = 'x', best = '[' WHERE key = 2",
      "UPDATE checkpoint SET metrics = '{' WHERE run = 2",
    );
    const { client } = await openStage(home);
    expect((await client.runs.list()).map(({ id, status }) => [id, status])).toEqual([
      [ids[2], "completed"],
      [ids[1], "interrupted"],
      [ids[0], "completed"],
    ]);
  });

  it("of an earlier version does not keep the others from being brought up to date", async () => {
    const { home, ids } = await homeOfThree();
    spoil(
      home,
      "UPDATE recipe SET json = '{' WHERE key = 2",
      "UPDATE checkpoint SET metrics = '[' WHERE run = 3",
      ...WITHOUT_STUDIES,
      "PRAGMA user_version = 3",
    );
    const { client } = await openStage(home);
    expect((await client.runs.list()).map(({ id, best }) => [id, best?.step])).toEqual([...ids].reverse().map((id) => [id, 7]));
  });

  it("of a data set is left out of the list", async () => {
    const { home } = await homeOfThree();
    const sources = ["{", "null", "7", '{"type":"shipped"}', '{"type":"future","path":"/x"}', '{"type":"shipped","name":"wine","colour":1}'];
    for (const source of sources) {
      spoil(home, `UPDATE dataset SET source = '${source}' WHERE name = 'bad'`);
      const { client, studio } = await openStage(home);
      expect((await client.datasets.own()).map(({ name }) => name)).toEqual(["good"]);
      await studio.close();
      // What is wrong is said, and the row stays as it is.
      const { datasets, connection } = openHistory(path.join(home, "history.sqlite"));
      expect(datasets.damaged().map(({ place }) => place.includes('data set "bad"'))).toEqual([true]);
      connection.close();
      const database = new Database(path.join(home, "history.sqlite"));
      expect(database.prepare("SELECT source FROM dataset WHERE name = 'bad'").pluck().all()).toEqual([source]);
      database.close();
    }
  });

  it("is told by the command line below its list", async () => {
    const { home, ids } = await homeOfThree();
    spoil(home, "UPDATE run SET latest = '?' WHERE key = 2");
    const { code, stdout, stderr } = await descent("runs", "--home", home);
    expect(code).toBe(0);
    for (const id of ids) expect(stdout).toContain(id);
    expect(stderr).toContain(`run ${ids[1]}, latest: must be metrics as JSON; received "?".`);
  });
});

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a damaged history", () => {
  /** A history of some hundred pages. */
  function written(): string {
    const file = path.join(temporaryFolder(), "history.sqlite");
    const history = openHistory(file);
    const run = insertRun(history);
    for (let from = 1; from < 20_000; from += 2000)
      history.connection.transaction(() => history.metrics.write(run, [rows("train.loss", from, from + 1999, Math.sqrt)]));
    history.connection.pragma("wal_checkpoint(TRUNCATE)");
    history.connection.close();
    return file;
  }

  const open = (file: string) => {
    const history = openHistory(file);
    try {
      history.runs.listed(history.runs.visible());
      history.metrics.series(1, null, 10_000);
    } finally {
      history.connection.close();
    }
  };

  it.each([
    ["cut in half", (file: string) => truncateSync(file, Math.floor(readFileSync(file).length / 8192) * 4096)],
    ["cut to its first page", (file: string) => truncateSync(file, 4096)],
    [
      "with other bytes in its pages",
      (file: string) =>
        writeFileSync(
          file,
          readFileSync(file).map((byte, i) => (i < 4096 ? byte : byte ^ 0xff)),
        ),
    ],
    [
      "with other bytes in its first page",
      (file: string) =>
        writeFileSync(
          file,
          readFileSync(file).map((byte, i) => (i < 100 || i > 4096 ? byte : byte ^ 0xff)),
        ),
    ],
    ["that is no database", (file: string) => writeFileSync(file, "no database ".repeat(1000))],
    ["without its tables", (file: string) => new Database(file).exec("PRAGMA foreign_keys = OFF; DROP TABLE checkpoint").close()],
  ])("%s ends in one sentence with the remedy", (_, damage) => {
    const file = written();
    damage(file);
    const fault = faultOf(() => open(file));
    expect([fault.kind, fault.problems.length]).toEqual(["environment", 1]);
    expect(fault.problems[0]).toMatchObject({ place: file, expected: "must be a complete SQLite database" });
    expect(english(fault.problems[0]?.remedy)).toContain("Restore a copy of this file");
  });

  it("of another program gets no tables", () => {
    const file = path.join(temporaryFolder(), "history.sqlite");
    new Database(file).exec("CREATE TABLE notes (text)").close();
    expect(faultOf(() => openHistory(file)).problems[0]?.received).toBe("a database of another program");
    const database = new Database(file);
    expect(database.prepare("SELECT name FROM sqlite_schema").all()).toEqual([{ name: "notes" }]);
    database.close();
  });

  it("that is empty beside the folders of runs is not taken for a new one", async () => {
    const { home } = await homeOfThree();
    truncateSync(path.join(home, "history.sqlite"), 0);
    const fault = await refused(openStage(home));
    expect(fault.problems[0]).toMatchObject({ place: path.join(home, "history.sqlite"), received: "an empty file, although there are folders of 3 runs" });
    expect(readFileSync(path.join(home, "history.sqlite"))).toHaveLength(0);
  });
});
