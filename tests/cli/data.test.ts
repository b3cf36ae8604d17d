/**
 * Data as people bring it, from outside: what is damaged is told and left out, what cannot be used is refused in words that say where, what was
 * expected, what came and what to do, and the next command in the same home works.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Inspection } from "../../src/shared/contract/inspection.ts";
import { at, describeProblem, type Problem } from "../../src/shared/kit/fault.ts";
import figures from "../data/figures/inspection.json" with { type: "json" };
import { scratchFolder } from "../data/files.ts";
import { keyIn } from "../helpers/code.ts";
import { english } from "../helpers/english.ts";
import { damaged, moduleOf, png, tarBomb, WRONG_MODULES, writeFiles, zip } from "./badInputs.ts";
import { jsonLines, repository } from "./descent.ts";
import { descentHere } from "./inProcess.ts";

const scratch = scratchFolder();
/** One for all: nothing that goes wrong in one command may harm the next. */
const home = path.join(scratch.folder, "home");
const fixture = (...names: readonly string[]) => path.join(repository, "tests", "data", "fixtures", ...names);
keyIn(path.join(scratch.folder, "config"));
const run = (...argv: readonly string[]) => descentHere([...argv, "--home", home]);

async function inspect(data: string, ...argv: readonly string[]): Promise<Inspection> {
  const { status, stdout, stderr } = await run("data", "inspect", data, "--json", ...argv);
  expect(status, stderr).toBe(0);
  const lines = jsonLines(stdout);
  expect(lines).toHaveLength(1);
  return at(lines, 0) as unknown as Inspection;
}

async function shown(data: string, ...argv: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run("data", "inspect", data, ...argv);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

function isProblem(value: unknown): value is Problem {
  const names = ["place", "expected", "received", "remedy"];
  return typeof value === "object" && value !== null && names.every((name) => typeof Reflect.get(value, name) === "string" && Reflect.get(value, name) !== "");
}

/** The one problem that a command ends with: the same words for programs and for people, and no trace of a fault of Descent. */
async function refusal(status: 1 | 2, ...argv: readonly string[]): Promise<Problem> {
  const finished = await run(...argv, "--json");
  expect(finished.status, finished.stderr).toBe(status);
  const last = jsonLines(finished.stdout).at(-1);
  // A run that had begun has failed, and is done.
  expect(last).toMatchObject(argv[0] === "train" && status === 1 ? { type: "done", status: "failed" } : { type: "error" });
  const problems = Array.isArray(last?.problems) ? last.problems : [];
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  if (!isProblem(problem)) throw new Error(`no problem in ${JSON.stringify(last)}`);
  expect(finished.stderr.split("\n")).toContain(describeProblem(problem));
  expect(finished.stderr).not.toContain("fault of Descent");
  return problem;
}

const problemOf = ({ problems }: Inspection, kind: string) => {
  const found = problems.filter((problem) => problem.kind === kind);
  expect(found, JSON.stringify(problems)).toHaveLength(1);
  return at(found, 0);
};

let recipes = 0;
/** A file with a small recipe: one dense layer, two epochs. */
function recipe(source: object, units: number, batch = 16): string {
  const file = path.join(scratch.folder, `recipe${++recipes}.json`);
  const value = {
    name: "small",
    seed: 3,
    data: { source },
    model: { layers: [{ type: "flatten" }, { type: "dense", units }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "adam", lr: 0.01 },
    batch: { size: batch },
    budget: { epochs: 2 },
  };
  writeFileSync(file, JSON.stringify(value));
  return file;
}

/** Trains two epochs, and looks at how many samples came. */
async function trains(source: object, units: number, batch?: number): Promise<Record<string, unknown>> {
  const { status, stdout, stderr } = await run("train", recipe(source, units, batch), "--json", "--allow-code");
  expect(status, stderr).toBe(0);
  const lines = jsonLines(stdout);
  expect(lines.at(-1)).toMatchObject({ type: "done", status: "completed" });
  return at(lines, lines.length - 1);
}

const COLOURS = ["blue", "green", "red"] as const;
/** One image of a class's colour, each a little different. */
const colourful = (i: number) => COLOURS.map((_, c) => (2 - c === i % 3 ? 200 : (Math.floor(i / 3) * (c + 1)) % 100));
const images = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${COLOURS[i % 3]}/${String(i).padStart(3, "0")}.png`, png(colourful(i))]));
const folder = (name: string, files: Readonly<Record<string, string | Uint8Array>>) => writeFiles(path.join(scratch.folder, name), files);

describe("three hundred images, three of them broken", () => {
  const whole = png([1, 2, 3]);
  let root = "";
  beforeAll(() => {
    root = folder("pictures", {
      ...images(297),
      "red/cut.png": whole.subarray(0, whole.length - 20),
      "green/empty.png": new Uint8Array(0),
      "blue/damaged.png": damaged(whole),
    });
  });
  const BROKEN = ["blue/damaged.png", "green/empty.png", "red/cut.png"];

  test("train on the others", async () => {
    const { metrics } = await trains({ type: "images", path: root }, 3);
    expect(metrics).toMatchObject({ "test.accuracy": 1 });
  });

  test("are counted, and exactly the three are told", async () => {
    const inspection = await inspect(root);
    expect(inspection).toMatchObject({
      exact: true,
      samplesSeen: 297,
      facts: { length: 297, sampleShape: [3, 8, 8] },
      sizes: [{ height: 8, width: 8, channels: 3, count: 297 }],
      target: { classes: COLOURS.map((name) => ({ name, count: 99 })) },
    });
    const unreadable = problemOf(inspection, "unreadable");
    expect(unreadable).toMatchObject({ severity: "error", total: 3, title: "3 of 300 images cannot be read and are left out" });
    expect(unreadable.items.map(({ place }) => place).sort()).toEqual(BROKEN);
    expect(inspection.problems.filter(({ severity }) => severity === "error")).toEqual([unreadable]);
    const text = await shown(root);
    for (const { place, detail } of unreadable.items) expect(text).toContain(`  ${english(place)}: ${english(detail)}\n`);
    expect(text).toContain(`error: ${english(unreadable.title)}.\n`);
    expect(text).toContain(`\n  ${english(unreadable.remedy)}\n`);
  });

  test("are rows of a CSV, on standard output and in a file", async () => {
    const printed = await run("data", "problems", root, "--csv", "-");
    expect(printed.status, printed.stderr).toBe(0);
    const [header, ...rows] = printed.stdout.split("\r\n").slice(0, -1);
    expect(header).toBe("problem,severity,sample,place,detail,title");
    expect(
      rows
        .filter((row) => row.startsWith("unreadable,error,,"))
        .map((row) => row.split(",")[3])
        .sort(),
    ).toEqual(BROKEN);
    const file = path.join(scratch.folder, "problems.csv");
    const written = await run("data", "problems", root, "--csv", file);
    expect([written.status, written.stdout]).toEqual([0, expect.stringContaining(`with ${rows.length} items in ${file}\n`)]);
    expect(readFileSync(file, "utf8")).toBe(printed.stdout);
    expect(await refusal(1, "data", "problems", root, "--csv", path.join(scratch.folder, "nowhere", "p.csv"))).toMatchObject({ place: "--csv" });
  });
});

describe("images that differ", () => {
  test("an empty class, a grey one, one of forty megapixels: all told, and all that is one trains", async () => {
    const root = folder("odd", {
      ...images(60),
      "red/grey.png": png([100]),
      "red/poster.png": png([190, 20, 10], 8000, 5000),
      "yellow/notes.txt": "none yet",
    });
    const inspection = await inspect(root);
    expect(inspection).toMatchObject({
      facts: { length: 62, sampleShape: [3, 8, 8] },
      sizes: [
        { height: 8, width: 8, channels: 3, count: 60 },
        { height: 8, width: 8, channels: 1, count: 1 },
        { height: 5000, width: 8000, channels: 3, count: 1 },
      ],
      target: { classes: COLOURS.map((name, k) => ({ name, count: k === 2 ? 22 : 20 })) },
    });
    expect(problemOf(inspection, "emptyClass")).toMatchObject({ severity: "warning", items: [{ sample: null, place: "yellow", detail: "holds no image" }] });
    expect(problemOf(inspection, "mixedChannels")).toMatchObject({ severity: "info", items: [{ sample: 60, place: "red/grey.png", detail: "grey" }] });
    expect(problemOf(inspection, "wrongSize")).toMatchObject({
      severity: "warning",
      items: [{ sample: 61, place: "red/poster.png", detail: "8000 × 5000 pixels" }],
    });
    // Nothing of them is lost: the red of the red ones' first pixel.
    expect(at(inspection.means?.classes ?? [], 2)[0]).toBeCloseTo((20 * 200 + 100 + 190) / 22, 4);
    await trains({ type: "images", path: root }, 3);
  });

  test("one class alone is refused, in a folder and in a table", async () => {
    const root = folder("one", { "cat/1.png": png([1, 2, 3]), "cat/2.png": png([3, 2, 1]) });
    const expected = {
      place: root,
      expected: "must hold folders of at least two classes",
      received: 'images only in "cat"',
      remedy: "Add a folder of images for every other class.",
    };
    expect(await refusal(2, "data", "inspect", root)).toEqual(expected);
    expect(await refusal(2, "train", recipe({ type: "images", path: root }, 2))).toEqual(expected);
    const table = path.join(folder("tables", { "one.csv": `x,y\n${"1,same\n2,same\n".repeat(20)}` }), "one.csv");
    expect(await refusal(2, "data", "inspect", table)).toMatchObject({
      place: `${table}, column "y"`,
      expected: "must hold at least two classes",
      received: '"same" in every row',
    });
  });
});

describe("tables", () => {
  const TOWNS = ["Köln", "Zürich", "Orléans", "Málaga"];
  const rows = Array.from({ length: 48 }, (_, i) => `${TOWNS[i % 4]},${(i * 5) % 13},${i % 2 === 0 ? "süß" : "herb"}`);
  const text = `größe,länge,geschmack\n${rows.join("\n")}\n`;

  test("in Latin-1 are read as what they are, and told", async () => {
    const file = path.join(folder("tables", { "latin.csv": Buffer.from(text, "latin1") }), "latin.csv");
    const inspection = await inspect(file, "--target", "geschmack");
    expect(inspection.columns.map(({ name }) => name)).toEqual(["größe", "länge", "geschmack"]);
    expect(inspection.columns[0]).toMatchObject({ kind: "categorical", categories: [...TOWNS].sort().map((name) => ({ name, count: 12 })) });
    expect(inspection.target).toMatchObject({
      classes: [
        { name: "herb", count: 24 },
        { name: "süß", count: 24 },
      ],
    });
    expect(problemOf(inspection, "note").title).toBe("The file is not UTF-8 and was read as Latin-1 (Windows-1252)");
    await trains({ type: "csv", path: file, target: "geschmack" }, 2);
  });

  test("with a byte-order mark have none in their first column", async () => {
    const file = path.join(folder("tables", { "mark.csv": `\ufeff${text}` }), "mark.csv");
    const inspection = await inspect(file, "--target", "größe");
    expect(inspection.columns.map(({ name, role }) => [name, role])).toEqual([
      ["größe", "target"],
      ["länge", "feature"],
      ["geschmack", "feature"],
    ]);
    expect(inspection.problems.filter(({ kind }) => kind === "note")).toEqual([]);
  });

  test("that turn to text in row 90,001 lose no row, and the row is told", async () => {
    const line = (i: number) => `${(i * 7) % 1000},${i > 90_000 ? "low" : i % 50},${i % 3 === 0 ? "yes" : "no"}`;
    const file = path.join(folder("tables", { "turns.csv": `a,b,c\n${Array.from({ length: 95_000 }, (_, i) => line(i + 1)).join("\n")}\n` }), "turns.csv");
    const inspection = await inspect(file);
    expect(inspection).toMatchObject({ exact: true, samplesSeen: 95_000, facts: { length: 95_000 } });
    expect(inspection.columns[1]).toMatchObject({ name: "b", kind: "categorical", count: 95_000, missing: 0, distinct: 51 });
    const bad = problemOf(inspection, "badValue");
    expect(bad).toMatchObject({ severity: "warning", total: 5000, title: expect.stringContaining('Column "b": 5,000 of 95,000 rows hold text among numbers') });
    expect(bad.items).toHaveLength(1000);
    expect(bad.items[0]).toEqual({ sample: 90_000, place: 'row 90001, column "b"', detail: '"low" (line 90002)' });
    await trains({ type: "csv", path: file, target: "c" }, 2, 512);
  });

  test("that have rows in two parts of the split are told so as their run begins", async () => {
    const line = (i: number) => `${(i * 7) % 101},${(i * 3) % 89},${i % 2 === 0 ? "yes" : "no"}`;
    // Every row twice: of each pair whose rows come into two parts, one is held out.
    const lines = Array.from({ length: 120 }, (_, i) => line(i % 60));
    const file = path.join(folder("tables", { "twice.csv": `a,b,c\n${lines.join("\n")}\n` }), "twice.csv");
    const { status, stdout, stderr } = await run("train", recipe({ type: "csv", path: file, target: "c" }, 2));
    expect(status, stderr).toBe(0);
    const told = /^warning: (\d+) rows held out repeat one of another part of the split: \d+ in the validation part, \d+ in the test part\. Remove them /m;
    expect(Number(told.exec(stdout)?.[1])).toBeGreaterThan(10);
  });

  test("that have changed since their run are neither measured nor searched for wrong labels", async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `${i % 7},${(i * 5) % 11},${i % 2 === 0 ? "yes" : "no"}`);
    const file = path.join(folder("tables", { "grows.csv": `a,b,c\n${lines.join("\n")}\n` }), "grows.csv");
    const { run: id } = await trains({ type: "csv", path: file, target: "c" }, 2);
    expect((await run("evaluate", String(id))).status).toBe(0);
    expect((await run("data", "suspects", String(id))).stdout).toMatch(/^(info|warning): \d+ of 60 samples (is|are) predicted as another class/);
    writeFileSync(file, `a,b,c\n${[...lines, "9,9,no"].join("\n")}\n`);
    const changed = { place: "data", expected: expect.stringContaining("must be as when the run began, split into 42 + 9 + 9 samples") };
    expect(await refusal(1, "evaluate", String(id))).toMatchObject(changed);
    expect(await refusal(2, "data", "suspects", String(id))).toMatchObject(changed);
  });

  test("a Parquet file cut in half is refused", async () => {
    const whole = readFileSync(fixture("tables", "plain.parquet"));
    const file = path.join(folder("tables", { "half.parquet": whole.subarray(0, whole.length / 2) }), "half.parquet");
    expect(await refusal(2, "train", recipe({ type: "parquet", path: file, target: "kind" }, 2))).toMatchObject({
      place: file,
      expected: "must be a complete Parquet file",
      received: expect.stringContaining("cut off or damaged"),
    });
    expect((await refusal(2, "data", "inspect", file)).place).toBe(file);
  });

  test("times are shown as dates", async () => {
    const day = (i: number) => new Date(Date.UTC(2024, 0, 5 + i)).toISOString().slice(0, 10);
    const lines = Array.from({ length: 41 }, (_, i) => `${day(i)},2024-01-05 ${10 + (i % 3)}:30:00,${i},${i % 2 === 0 ? "on" : "off"}`);
    const file = path.join(folder("tables", { "times.csv": `day,at,x,y\n${lines.join("\n")}\n` }), "times.csv");
    const found = await shown(file);
    expect(found).toMatch(/^day .* time +0 +41 +2024-01-25 +11\.98 d +2024-01-05 +2024-01-15 +2024-01-25 +2024-02-04 +2024-02-14 /m);
    expect(found).toMatch(/^at .* time +0 +3 +2024-01-05 11:2\d +0\.03\d+ d +2024-01-05 10:30 .* 2024-01-05 12:30 /m);
    const inspection = await inspect(file);
    expect(inspection.columns[0]).toMatchObject({ kind: "time", numbers: { min: Date.UTC(2024, 0, 5), max: Date.UTC(2024, 1, 14) } });
  });
});

describe("archives", () => {
  const BOMB_BYTES = 4_026_531_840;
  test.each<readonly [string, () => Uint8Array, string, string]>([
    [
      "climb.zip",
      () =>
        zip([
          { name: "data.csv", content: "a,b\n1,2\n" },
          { name: "../climbed.csv", content: "out" },
        ]),
      'climb.zip, entry "../climbed.csv"',
      "stay inside the folder",
    ],
    ["climb.tar", () => readFileSync(fixture("archives", "climb.tar")), "climb.tar", "stay inside the folder"],
    ["bomb.zip", () => zip([{ name: "data.csv", content: "\x03\x00", claims: BOMB_BYTES }]), "bomb.zip", "must unpack to at most 200 times"],
    ["bomb.tar.gz", () => tarBomb("data.csv", BOMB_BYTES), "bomb.tar.gz", "must unpack to at most 200 times"],
    ["half.zip", () => readFileSync(fixture("archives", "cut.zip")), "half.zip", "complete"],
  ])("%s is refused, and nothing of it stays", async (name, content, place, words) => {
    const file = path.join(folder("archives", { [name]: content() }), name);
    const problem = await refusal(2, "data", "inspect", file);
    expect(problem.place).toContain(place);
    expect(english(problem.expected)).toContain(words);
    if (name === "climb.zip") expect(await refusal(2, "train", recipe({ type: "csv", path: file, target: "b" }, 2))).toEqual(problem);
    const unpacked = path.join(home, "cache", "archives");
    expect(existsSync(unpacked) ? readdirSync(unpacked) : []).toEqual([]);
    expect([scratch.folder, path.join(scratch.folder, "archives")].flatMap((each) => readdirSync(each)).filter((each) => each.includes("climbed"))).toEqual([]);
    expect(existsSync("/tmp/climbed.txt")).toBe(false);
  });

  test("a good one with the same table reads as the table does", async () => {
    const content = `a,b\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2 === 0 ? "x" : "y"}`).join("\n")}\n`;
    const root = folder("good", { "data.csv": content, "data.zip": zip([{ name: "data.csv", content }]) });
    const [plain, packed] = [await inspect(path.join(root, "data.csv")), await inspect(path.join(root, "data.zip"))];
    expect({ ...packed, fingerprint: "", seconds: 0, bytes: 0 }).toEqual({ ...plain, fingerprint: "", seconds: 0, bytes: 0 });
  });
});

describe("data sets as code", () => {
  test.each(WRONG_MODULES)("one that $does ends the run and says so", async ({ does, members, says }) => {
    const name = `${does.replaceAll(" ", "-")}.mjs`;
    const file = path.join(folder("modules", { [name]: moduleOf(members) }), name);
    // It was opened well, so the run began: it has failed, and is kept as that.
    const problem = await refusal(1, "train", recipe({ type: "module", path: file, timeout: 1 }, 2), "--allow-code");
    expect(problem.place).toContain(file);
    expect(describeProblem(problem)).toMatch(says);
  });

  test("one that cannot be opened is refused before there is a run", async () => {
    const file = path.join(folder("modules", { "late.mjs": moduleOf("constructor() { while (true); }") }), "late.mjs");
    const problem = await refusal(2, "train", recipe({ type: "module", path: file, timeout: 1 }, 2), "--allow-code");
    expect(describeProblem(problem)).toContain("received the constructor did not answer within 1 s");
  });

  test("a good one trains in the same home", async () => {
    const file = path.join(folder("modules", { "good.mjs": moduleOf("") }), "good.mjs");
    const { run: id } = await trains({ type: "module", path: file, timeout: 30 }, 2);
    const [good, ...others] = jsonLines((await run("runs", "--json")).stdout);
    expect(good).toMatchObject({ id, status: "completed" });
    // Those that could not be opened are none.
    const failed = others.filter(({ status }) => status === "failed");
    expect(failed.map(({ problems }) => problems)).toEqual(WRONG_MODULES.map(() => [expect.objectContaining({ place: expect.stringContaining(".mjs") })]));
    expect((await inspect(file)).facts).toMatchObject({ length: 40, sampleShape: [2] });
  });
});

describe("naming what to inspect", () => {
  test("iris has the figures that pandas computed", async () => {
    const { columns, problems, projection, target, correlations, facts } = await inspect("iris");
    const expected = figures.iris;
    expect(facts.length).toBe(expected.samples);
    const numeric = columns.flatMap((column) => (column.kind === "numeric" ? [column] : []));
    expect(numeric.map(({ name }) => name)).toEqual(Object.keys(expected.columns));
    for (const [i, { count, mean, deviation, min, q1, median, q3, max, distinct, histogram }] of Object.values(expected.columns).entries()) {
      const { numbers } = at(numeric, i);
      expect(numbers).toMatchObject({ count, missing: 0, min, max, distinct });
      expect(numbers.histogram?.counts).toEqual(histogram.counts);
      for (const [found, wanted] of [
        [numbers.mean, mean],
        [numbers.deviation, deviation],
        [numbers.q1, q1],
        [numbers.median, median],
        [numbers.q3, q3],
      ] as const)
        expect(found).toBeCloseTo(wanted, 9);
    }
    expect(target).toMatchObject({ classes: Object.entries(expected.classes).map(([name, count]) => ({ name, count })) });
    for (const [i, share] of expected.explained.entries()) expect(projection?.explained[i]).toBeCloseTo(share, 9);
    expect(correlations?.matrix[0]?.[2]).toBeCloseTo(at(at(expected.correlations, 0), 2), 9);
    expect(problems.find(({ kind }) => kind === "duplicateSamples")?.total).toBe(expected.duplicates);
  });

  test("a wrong name, path, column or option is answered with what is meant", async () => {
    const csv = path.join(folder("naming", { "flowers.csv": "length,colour\n1,red\n2,blue\n3,red\n4,blue\n" }), "flowers.csv");
    const wrong = (...argv: readonly string[]) => refusal(2, "data", "inspect", ...argv);
    expect(await wrong("irsi")).toMatchObject({ place: "data", received: '"irsi"', remedy: 'Did you mean "iris"?' });
    expect(await wrong(csv.replace("flowers", "flower"))).toMatchObject({ received: "no such file", remedy: `Did you mean ${JSON.stringify(csv)}?` });
    expect(await wrong(csv, "--target", "color")).toMatchObject({ place: "data.source.target", received: '"color"', remedy: 'Did you mean "colour"?' });
    expect(await wrong("iris", "--target", "species")).toMatchObject({ place: "--target", received: '"species"' });
    expect(await wrong(repository)).toMatchObject({
      place: path.resolve(repository),
      expected: expect.stringContaining("must be a data set that Descent reads"),
    });
    expect((await inspect(csv, "--target", "length", "--task", "regression")).target).toMatchObject({
      kind: "regression",
      values: [{ numbers: { mean: 2.5 } }],
    });
  });
});
