/** Inspections that are kept and told: the cache, fingerprints, CSV, suspects, and the command line. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { fingerprintOf } from "../../src/main/data/fingerprint.ts";
import { InMemoryDataset } from "../../src/main/data/inMemory.ts";
import { cachedInspection } from "../../src/main/data/inspect/inspectionCache.ts";
import { problemsCsv } from "../../src/main/data/inspect/problemsCsv.ts";
import { inspectSource } from "../../src/main/data/inspect/source.ts";
import { labelSuspects } from "../../src/main/data/inspect/suspects.ts";
import { addData } from "../../src/main/hosts/cli/commands/data.ts";
import { createContext } from "../../src/main/hosts/cli/context.ts";
import { Output } from "../../src/main/hosts/cli/output.ts";
import type { DataProblem, InspectionEvent } from "../../src/shared/contract/inspection.ts";
import type { Text } from "../../src/shared/kit/words.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { allowed, permissionsHome } from "../helpers/code.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder({ cache: true });
permissionsHome();
const inspections = path.join(scratch.folder, "cache", "inspections");

/** RFC 4180, word for word: records end in CR LF; a quoted field holds anything, its quotes doubled. */
function parse(csv: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < csv.length) {
    const at = field.lastIndex;
    const [, quoted, plain, end] = field.exec(csv) ?? [];
    if (end === undefined) throw new Error(`no field at ${csv.slice(at, at + 30)}`);
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

const rows = (count: number) =>
  `x,y,class\n${Array.from({ length: count }, (_, i) => `${((i * 37) % 101) / 10},${((i * 53) % 97) / 7},${["a", "b"][i % 2]}`).join("\n")}\n`;
const csvSource = (file: string): SourceConfig => ({ type: "csv", path: file, target: "class", task: "classification" });

describe("the cache", () => {
  it("keeps the exact inspection, and only it; a damaged file is made again", async () => {
    const source = csvSource(scratch.write("kept.csv", rows(2500)));
    const events: InspectionEvent[] = [];
    const first = await inspectSource(source, (event) => events.push(event));
    const told = events.flatMap((event) => (event.type === "inspection" ? [event.inspection] : []));
    expect(told.map(({ exact, samplesSeen }) => [exact, samplesSeen])).toEqual([
      [false, 2000],
      [true, 2500],
    ]);
    expect(first.bytes).toBe(rows(2500).length);
    expect(first.fingerprint).toBe(await fingerprintOf(source));
    expect(await cachedInspection(first.fingerprint)).toEqual(first);

    events.length = 0;
    expect(await inspectSource(source, (event) => events.push(event))).toEqual(first);
    expect(events).toEqual([{ type: "inspection", inspection: first }]);

    expect(readdirSync(inspections)).toEqual([`${first.fingerprint}.json`]);
    writeFileSync(path.join(inspections, `${first.fingerprint}.json`), '{"version":1,"inspection":{"fing');
    expect(await cachedInspection(first.fingerprint)).toBeNull();
    expect({ ...(await inspectSource(source, () => {})), seconds: 0 }).toEqual({ ...first, seconds: 0 });
    const file = path.join(inspections, `${first.fingerprint}.json`);
    writeFileSync(file, readFileSync(file, "utf8").replace(/"version":\d+/, '"version":0'));
    expect(await cachedInspection(first.fingerprint)).toBeNull();
  });

  it("has none of data as code, which may read other files", async () => {
    const module = `import { readFileSync } from "node:fs";
      const values = JSON.parse(readFileSync(new URL("values.json", import.meta.url), "utf8"));
      export default class { length = values.length; get(index) { return { sample: [index], target: values[index] }; } }`;
    scratch.write("values.json", "[1.5, 2, 4]");
    const source: SourceConfig = { type: "module", path: allowed(scratch.write("values.mjs", module)), timeout: 30 };
    const meanOf = async () => {
      const { target } = await inspectSource(source, () => {});
      return target.kind === "regression" ? target.values[0]?.numbers.mean : null;
    };
    expect(await meanOf()).toBe(2.5);
    scratch.write("values.json", "[1.5, 2, 7]");
    expect(await meanOf()).toBe(3.5);
  });
});

describe("fingerprints", () => {
  it("differ with the file and with how it is read, and not otherwise", async () => {
    const source = csvSource(scratch.write("print.csv", rows(30)));
    const print = await fingerprintOf(source);
    expect(print).toMatch(/^[0-9a-f]{64}$/);
    expect(await fingerprintOf({ ...source })).toBe(print);
    expect(await fingerprintOf(csvSource(path.relative(process.cwd(), path.join(scratch.folder, "print.csv"))))).toBe(print);
    expect(await fingerprintOf({ ...source, ignore: ["y"] } as SourceConfig)).not.toBe(print);
    scratch.write("print.csv", rows(31));
    expect(await fingerprintOf(source)).not.toBe(print);
    const shipped = await fingerprintOf({ type: "shipped", name: "iris" });
    expect(await fingerprintOf({ type: "shipped", name: "iris" })).toBe(shipped);
    expect(await fingerprintOf({ type: "shipped", name: "wine" })).not.toBe(shipped);
  });

  it("a missing file is a fault", async () => {
    expect(english((await faultOf(fingerprintOf(csvSource(path.join(scratch.folder, "none.csv"))))).problems[0]?.received)).toBe("no such file");
  });
});

describe("problems as CSV", () => {
  it("are read back as they were, and no cell is a formula", () => {
    const problem = (title: Text, items: DataProblem["items"]): DataProblem => ({
      kind: "badValue",
      severity: "warning",
      title,
      remedy: "",
      total: items.length,
      items,
    });
    const csv = problemsCsv([
      problem('2 of 3, "so"', [
        { sample: 7, place: '=HYPERLINK("http://x")', detail: "line one\nline two, three" },
        { sample: null, place: "a,b.png", detail: "-3.5" },
        { sample: 0, place: "@sum", detail: "-cmd|' /C calc'!A0" },
      ]),
      problem("+1 without items", []),
      { ...problem({ en: "many", ko: "많음" }, [{ sample: 1, place: { en: "row 2", ko: "행 2" }, detail: { en: "twice", ko: "두 번" } }]), total: 1235 },
    ]);
    expect(csv.startsWith("problem,severity,sample,place,detail,title\r\n")).toBe(true);
    expect(parse(csv)).toEqual([
      ["problem", "severity", "sample", "place", "detail", "title"],
      ["badValue", "warning", "7", '\'=HYPERLINK("http://x")', "line one\nline two, three", '2 of 3, "so"'],
      ["badValue", "warning", "", "a,b.png", "-3.5", '2 of 3, "so"'],
      ["badValue", "warning", "0", "'@sum", "'-cmd|' /C calc'!A0", '2 of 3, "so"'],
      ["badValue", "warning", "", "", "", "'+1 without items"],
      ["badValue", "warning", "1", "row 2", "twice", "many"],
      ["badValue", "warning", "", "", "and 1,234 more that are not listed", "many"],
    ]);
    expect(problemsCsv([])).toBe("problem,severity,sample,place,detail,title\r\n");
  });
});

describe("label suspects", () => {
  const dataset = (targets: Int32Array | Float32Array) =>
    new InMemoryDataset(
      {
        name: "s",
        length: 100,
        sampleShape: [1],
        elementType: "float32",
        target: targets instanceof Int32Array ? { kind: "classification", classes: ["cat", "dog"] } : { kind: "regression", names: ["v"] },
        givenTest: 0,
      },
      new Float32Array(100),
      targets,
    );

  it("are samples that the network is as sure are something else as it is of others", () => {
    const targets = Int32Array.from({ length: 100 }, (_, i) => i % 2);
    const losses = new Float32Array(100).fill(0.1);
    const predicted = targets.slice();
    const confidence = new Float32Array(100).fill(0.9);
    const plant = (index: number, loss: number, other: boolean, sure: number) => {
      losses[index] = loss;
      if (other) predicted[index] = 1 - (targets[index] ?? 0);
      confidence[index] = sure;
    };
    plant(10, 4, true, 0.98);
    plant(21, 5, true, 0.99);
    // Less surely than the samples of that class, with a high loss.
    plant(60, 3, true, 0.7);
    // Taken for what it is; for another class, but neither sure nor with a high loss.
    plant(30, 0.7, false, 0.5);
    plant(50, 0.8, true, 0.55);
    plant(40, 3, true, 0.4);
    const problem = labelSuspects({ dataset: dataset(targets), targets, losses, predicted, confidence });
    expect([problem.kind, problem.severity, problem.total]).toEqual(["labelSuspect", "warning", 3]);
    expect(english(problem.items)).toEqual([
      { sample: 21, place: "sample 21", detail: "labelled dog, predicted as cat with probability 0.99, loss 5" },
      { sample: 10, place: "sample 10", detail: "labelled cat, predicted as dog with probability 0.98, loss 4" },
      { sample: 60, place: "sample 60", detail: "labelled cat, predicted as dog with probability 0.70, loss 3" },
    ]);
  });

  it("of a network that has learned nothing are none where it is unsure, and speak of the network where it is sure", () => {
    const targets = Int32Array.from({ length: 100 }, (_, i) => i % 2);
    const predicted = new Int32Array(100).fill(1);
    const judged = (probability: number) => {
      const losses = Float32Array.from(targets, (label) => -Math.log(label === 1 ? probability : 1 - probability));
      return labelSuspects({ dataset: dataset(targets), targets, losses, predicted, confidence: new Float32Array(100).fill(probability) });
    };
    expect(judged(0.55).total).toBe(0);
    expect(english(judged(0.8))).toMatchObject({ total: 50, remedy: expect.stringMatching(/^Train a better network first/) });
  });

  it("are found where there are many", () => {
    // Every fifth label is wrong, so that their losses make up most of the mean loss and its deviation.
    const predicted = Int32Array.from({ length: 100 }, (_, i) => i % 2);
    const targets = predicted.map((label, i) => (i % 5 === 0 ? 1 - label : label));
    const losses = Float32Array.from(targets, (_, i) => (i % 5 === 0 ? 4 : 0.1));
    const confidence = new Float32Array(100).fill(0.9);
    const { items, title } = labelSuspects({ dataset: dataset(targets), targets, losses, predicted, confidence });
    expect(items.map(({ sample }) => sample)).toEqual(Array.from({ length: 20 }, (_, k) => 5 * k));
    expect(english(title)).toMatch(/^20 of 100 samples are predicted as another class, as confidently as that class's own samples or with a loss above 5\.58/);
  });

  it("of a regression are those far off; of an even loss there are none", () => {
    const targets = new Float32Array(100);
    const losses = new Float32Array(100).fill(1);
    const input = { dataset: dataset(targets), targets, losses, predicted: new Int32Array(100), confidence: new Float32Array(100) };
    expect(labelSuspects(input)).toMatchObject({ total: 0, severity: "info", items: [] });
    losses[3] = 90;
    expect(english(labelSuspects(input).items)).toEqual([{ sample: 3, place: "sample 3", detail: "value 0, loss 90" }]);
  });
});

describe("descent data", () => {
  async function run(...argv: readonly string[]): Promise<{ readonly status: number; readonly stdout: string }> {
    const stream = new PassThrough();
    const output = new Output({ json: argv.includes("--json"), stdout: stream as unknown as NodeJS.WriteStream });
    const program = new Command("descent").option("--json").exitOverride();
    let status = -1;
    addData(program, async (work) => {
      status = await work(createContext(program.opts(), output));
    });
    await program.parseAsync(["data", ...argv], { from: "user" });
    return { status, stdout: String(stream.read() ?? "") };
  }

  it("inspects a shipped data set for people", async () => {
    const { status, stdout } = await run("inspect", "iris");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^name +iris\nkind +tabular\nsamples +150\nshape +4 float32\n/);
    expect(stdout).toMatch(/\nCLASS +SAMPLES +SHARE\nsetosa +50 +33\.3 % +█{30}\n/);
    expect(stdout).toMatch(/\nsepal_length_cm +feature +numeric +0 +35 +5\.843 +0\.8281 +4\.3 +5\.1 +5\.8 +6\.4 +7\.9 +\S/);
    expect(stdout).toContain("\nwarning: 1 of 150 rows repeats an earlier one with the same target.\n  line 144: the same as sample 101 (line 103)\n");
  });

  it("inspects a file, its target and task as given, as one object", async () => {
    const file = scratch.write("mine.csv", rows(40));
    const { status, stdout } = await run("inspect", file, "--target", "y", "--task", "regression", "--json");
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n").length).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ exact: true, samplesSeen: 40, kind: "tabular", target: { kind: "regression", values: [{ name: "y" }] } });
  });

  it("writes problems to a file and to standard output", async () => {
    const file = path.join(scratch.folder, "problems.csv");
    expect(await run("problems", "iris", "--csv", file)).toEqual({ status: 0, stdout: `1 problem with 1 item in ${file}\n` });
    const { stdout } = await run("problems", "iris", "--csv", "-");
    expect(readFileSync(file, "utf8")).toBe(stdout);
    expect(parse(stdout)[1]?.slice(0, 5)).toEqual(["duplicateSamples", "warning", "142", "line 144", "the same as sample 101 (line 103)"]);
    expect(parse(stdout).length).toBe(2);
  });

  it("says what is wrong with what it was given", async () => {
    expect((await faultOf(run("inspect", "irs"))).message).toMatch(
      /^data: must be a file, a folder, or one of breast-cancer, .+; received "irs"\. Did you mean "iris"\?$/,
    );
    expect((await faultOf(run("inspect", "iris", "--target", "species"))).problems[0]?.place).toBe("--target");
    expect((await faultOf(run("inspect", path.join(scratch.folder, "none.csv")))).kind).toBe("input");
  });
});
