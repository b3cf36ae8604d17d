/** The CSV reader: what it makes of good files, and the words for bad ones. Messages have the folder of the file left out. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { type CsvSource, reader as csv, readCsvTable } from "../../src/main/data/readers/csv.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
let files = 0;

function source(content: string | Uint8Array, config: Partial<CsvSource> = {}): CsvSource {
  return { type: "csv", task: "classification", target: "kind", path: scratch.write(`t${++files}.csv`, content), ...config };
}

async function read(config: CsvSource) {
  const dataset = await openDataset(config);
  expect(await describeSource(config)).toEqual(dataset.facts);
  const { samples, targets } = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  return { facts: dataset.facts, samples: [...samples], targets: [...targets] };
}

/** The messages of opening and of describing, which must be the same. */
async function messages(config: CsvSource): Promise<string[]> {
  const opened = await faultOf(openDataset(config));
  const described = await faultOf(describeSource(config));
  expect(described.problems).toEqual(opened.problems);
  expect(opened.kind).toBe("input");
  return opened.message
    .replaceAll(`${scratch.folder}${path.sep}`, "")
    .replaceAll(/\bt\d+\.csv/g, "t.csv")
    .split("\n");
}

describe("CSV", () => {
  it("takes every column but the target as a feature, wherever the target stands", async () => {
    const { facts, samples, targets } = await read(source("a,kind,b\n1,dog,2.5\n-3e2,cat,.5\n+4,dog,0\n"));
    expect(facts).toMatchObject({
      length: 3,
      sampleShape: [2],
      elementType: "float32",
      givenTest: 0,
      target: { kind: "classification", classes: ["cat", "dog"] },
    });
    expect(samples).toEqual([1, 2.5, -300, 0.5, 4, 0]);
    expect(targets).toEqual([1, 0, 1]);
  });

  it("gives up early on a line that is columns without end", async () => {
    expect(await messages(source("0,".repeat(1_000_000)))).toEqual([
      "t.csv:1: must have at most 200,000 columns; received more in the first line. Write one row per line, or split the columns over several files.",
    ]);
  });

  it("names the features that are times, which samples hold in days since 1970", async () => {
    const { facts, samples } = await read(source("a,kind,when\n1,dog,1970-01-03\n2,cat,1970-01-02\n3,dog,1970-01-04\n"));
    expect(facts).toMatchObject({ sampleShape: [2], times: ["when"], keys: ["a", "kind", "when"] });
    expect(samples).toEqual([1, 2, 2, 1, 3, 3]);
    expect((await read(source("a,kind\n1,dog\n2,cat\n"))).facts.times).toBeUndefined();
  });

  it("reads decimal commas where commas do not part the columns", async () => {
    const { samples, facts } = await read(source('a;kind;b;c\n1,5;dog;1.234.567,25;"-,5"\n-2;cat;,75e1;1.250\n0,125;dog;12;3\n'));
    expect(facts.columns).toBeUndefined();
    expect(samples).toEqual([1.5, 1_234_567.25, -0.5, -2, 7.5, 1250, 0.125, 12, 3]);
    // Points elsewhere part no thousands, and a mark that few cells have is none.
    const versions = await read(source("a;kind;b\n1,5;dog;1.0.0\n2,5;cat;1.12.0\n3,5;dog;1.0.0\n"));
    expect(versions.facts.columns).toMatchObject([{ kind: "numeric" }, { kind: "categorical", categories: ["1.0.0", "1.12.0"] }]);
    const points = await read(source("a;kind;b\n1.5;dog;1,2\n2.125;cat;x\n3.5;dog;y\n"));
    expect(points.facts.columns).toMatchObject([{ kind: "numeric" }, { kind: "categorical", categories: ["1,2", "x", "y"] }]);
  });

  it("keeps the names of classes as they are written", async () => {
    expect((await read(source("a;kind\n1,5;0,5\n2,5;1,5\n3,5;0,5\n"))).facts.target).toMatchObject({ classes: ["0,5", "1,5"] });
  });

  it("is named after its file", async () => {
    const { facts } = await read({ ...source(""), path: scratch.write("my flowers.csv", "a,kind\n1,x\n2,y\n") });
    expect(facts.name).toBe("my flowers");
  });

  it("orders numeric class names by number and others by code unit", async () => {
    const numeric = await read(source("a,kind\n1,10\n2,9\n3,-1\n4,10\n"));
    expect(numeric.facts.target).toEqual({ kind: "classification", classes: ["-1", "9", "10"] });
    expect(numeric.targets).toEqual([2, 1, 0, 2]);
    const mixed = await read(source("a,kind\n1,ä\n2,z\n3,10\n4,9\n5,Z\n"));
    expect(mixed.facts.target).toEqual({ kind: "classification", classes: ["9", "10", "Z", "z", "ä"] });
  });

  it("reads a regression's target as numbers", async () => {
    const { facts, targets } = await read(source("a,kind\n1,0.25\n2,-7\n", { task: "regression" }));
    expect(facts.target).toEqual({ kind: "regression", names: ["kind"] });
    expect(targets).toEqual([0.25, -7]);
  });

  it("shapes samples where asked", async () => {
    const { facts } = await read(source("a,b,c,d,kind\n1,2,3,4,x\n5,6,7,8,y\n", { sampleShape: [1, 2, 2] }));
    expect(facts.sampleShape).toEqual([1, 2, 2]);
  });

  it.each([
    ["a byte order mark", "\ufeffa,kind\n1,x\n2,y\n"],
    ["CR LF", "a,kind\r\n1,x\r\n2,y\r\n"],
    ["CR", "a,kind\r1,x\r2,y\r"],
    ["line endings of both kinds", "a,kind\n1,x\r\n2,y"],
    ["no newline at the end", "a,kind\n1,x\n2,y"],
    ["empty lines", "\na,kind\n\n1,x\n2,y\n\n\n"],
    ["blanks around cells", 'a , kind\n 1, x\n2 ,"y" \n'],
    ["quotes", '"a","kind"\n"1","x"\n2,"y"\n'],
  ])("reads through %s", async (_, content) => {
    const { facts, samples, targets } = await read(source(content));
    expect(facts.target).toEqual({ kind: "classification", classes: ["x", "y"] });
    expect({ samples, targets }).toEqual({ samples: [1, 2], targets: [0, 1] });
  });

  it("keeps commas, quotes and newlines of quoted class names", async () => {
    const { facts } = await read(source('a,kind\n1,"x, ""the"" one"\n2,"two\nlines"\n'));
    expect(facts.target).toEqual({ kind: "classification", classes: ["two\nlines", 'x, "the" one'] });
  });

  it("takes words for nothing as classes, not as numbers", async () => {
    const { facts } = await read(source("a,kind\n1,none\n2,-\n3,missing\n"));
    expect(facts.target).toEqual({ kind: "classification", classes: ["-", "missing", "none"] });
    const numbers = await read(source("a,kind\nnone,x\n2,y\n-,y\n"));
    expect(numbers.samples).toEqual([Number.NaN, 2, Number.NaN]);
    expect(numbers.facts.columns).toEqual([{ name: "a", kind: "numeric", missing: 2 }]);
  });

  it("reads files of many blocks", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},${i / 8},${"é".repeat(i % 5)}k${i % 3}`);
    const { facts, samples, targets } = await read(source(`a,b,kind\n${rows.join("\n")}\n`));
    expect(facts.length).toBe(20_000);
    expect(samples).toEqual(Array.from({ length: 20_000 }, (_, i) => [i, i / 8]).flat());
    const names = facts.target.kind === "classification" ? facts.target.classes : [];
    expect(targets.map((target) => names[target])).toEqual(Array.from({ length: 20_000 }, (_, i) => `${"é".repeat(i % 5)}k${i % 3}`));
  });

  it("leaves the event loop free while it reads", async () => {
    const config = source(`a,b,kind\n${Array.from({ length: 600_000 }, (_, i) => `${i},${i},k${i % 3}`).join("\n")}\n`);
    let turns = 0;
    let next = setImmediate(function turn() {
      turns++;
      next = setImmediate(turn);
    });
    await describeSource(config);
    clearImmediate(next);
    // Some 10 MB in blocks of 256 KiB, and a turn of the loop at least for each.
    expect(turns).toBeGreaterThan(20);
  });
});

describe("bad CSV", () => {
  const cases: readonly [string, string | Uint8Array, Partial<CsvSource>, readonly string[]][] = [
    [
      "text in a regression's target",
      "a,kind\n1,high\n2,3\n",
      { task: "regression" },
      ['t.csv:2, column "kind": must be a number; received "high". Correct the value, write the column as numbers, or remove the column.'],
    ],
    ["a row too short", "a,b,kind\n1,2,x\n1,x\n3,4,y\n", {}, ["t.csv:3: must have 3 columns, as in the header row; received 2 columns. Add what is missing."]],
    [
      "a row too long",
      "a,kind\n1,x\n1,5,x\n3,y\n",
      {},
      ["t.csv:3: must have 2 columns, as in the header row; received 3 columns. Remove the extra cells, or put quotes around a value that holds a comma."],
    ],
    [
      "no class at all",
      "a,kind\n1,\n3,\n2,\n",
      {},
      ['t.csv, column "kind": must hold at least two classes; received an empty cell in every row. Choose another target, or add rows of other classes.'],
    ],
    [
      "no value at all",
      "a,kind\n1,\n3,?\n2,\n",
      { task: "regression" },
      ['t.csv, column "kind": must hold numbers; received an empty cell in every row. Choose another target, or fill in the values.'],
    ],
    [
      "a missing target column",
      "a,b,kinds\n1,2,x\n3,4,y\n",
      {},
      ['data.source.target: must name a column of t.csv, which has "a", "b", "kinds"; received "kind". Did you mean "kinds"?'],
    ],
    [
      "no header row",
      "1,2,0\n3,4,1\n",
      {},
      [
        'data.source.target: must name a column of t.csv, which has "column 1", "column 2", "column 3"; received "kind". The first line was read as data: choose one of these, or set data.source.header to true.',
      ],
    ],
    [
      "an ignored column that is not there",
      "a,b,kind\n1,2,x\n3,4,y\n",
      { ignore: ["bb"] },
      ['data.source.ignore: must name a column of t.csv, which has "a", "b", "kind"; received "bb". Did you mean "b"?'],
    ],
    [
      "a kind of a column that is not there",
      "a,b,kind\n1,2,x\n3,4,y\n",
      { kinds: { colour: "categorical" } },
      ['data.source.kinds: must name a column of t.csv, which has "a", "b", "kind"; received "colour". Choose one of these.'],
    ],
    [
      "an ignored target",
      "a,b,kind\n1,2,x\n3,4,y\n",
      { ignore: ["kind"] },
      ['data.source.ignore: must not name the target; received "kind". Remove it from the list, or choose another target.'],
    ],
    [
      "nothing but ignored columns",
      "a,kind\n1,x\n3,y\n",
      { ignore: ["a"] },
      ["t.csv:1: must have at least one column besides the target; received only ignored columns. Add the columns to predict it from."],
    ],
    [
      "a shape beside categories",
      "a,b,kind\n1,red,x\n3,blue,y\n",
      { sampleShape: [1, 2] },
      [
        'data.source.sampleShape: must be left out if a column holds categories; received [1, 2] with the categories of "b". Leave the shape out, or ignore the column.',
      ],
    ],
    ["an empty file", "", {}, ["t.csv: must begin with a header row of column names; received an empty file. Check that this is the file you meant."]],
    [
      "a file of blank lines",
      "\n\r\n \n",
      {},
      ["t.csv: must begin with a header row of column names; received an empty file. Check that this is the file you meant."],
    ],
    [
      "a header alone",
      "a,kind\n",
      {},
      ["t.csv: must have rows below the header; received only a header row. Add rows, or check that this is the file you meant."],
    ],
    [
      "a target alone",
      "kind\nx\ny\n",
      {},
      ['t.csv:1: must have at least one column besides the target; received only the column "kind". Add the columns to predict it from.'],
    ],
    [
      "columns of one name",
      "a,b,a,kind\n1,2,3,x\n4,5,6,y\n",
      {},
      ['t.csv:1: column names must differ; received "a" for columns 1 and 3. Rename or remove one of them.'],
    ],
    [
      "no column with a name",
      ",,\n0,1,x\n1,2,y\n",
      {},
      ["t.csv:1: must have a header row of column names; received 3 columns without a name. Name the columns."],
    ],
    [
      "a single class",
      "a,kind\n1,x\n2,x\n",
      {},
      ['t.csv, column "kind": must hold at least two classes; received "x" in every row. Choose another target, or add rows of other classes.'],
    ],
    [
      "a number taken for a class",
      `a,kind\n${Array.from({ length: 30 }, (_, i) => `${i},${i / 3}`).join("\n")}\n`,
      {},
      [
        't.csv, column "kind": must hold classes that repeat; received 30 different values in 30 rows. Choose another target, or set data.source.task to "regression" to predict a number.',
      ],
    ],
    [
      "a shape that does not fit",
      "a,b,kind\n1,2,x\n3,4,y\n",
      { sampleShape: [1, 2, 2] },
      [
        "data.source.sampleShape: must hold 2 values, as many as t.csv has columns besides the target; received [1, 2, 2], which holds 4. Correct the shape, or leave it out for a row of features.",
      ],
    ],
    [
      "a quote that does not close",
      'a,kind\n1,x\n2,"y\n3,z\n',
      {},
      ["t.csv:3: every opening quote must be closed; received an open quote at the end of the file. Close the quote, or remove it."],
    ],
    [
      "a quote inside a cell",
      'a,kind\n1,x\n2,y"z"\n',
      {},
      ['t.csv:3: quotes must enclose a whole cell, and be doubled inside it; received a quote elsewhere in the row. Write a quote inside a quoted cell as "".'],
    ],
    [
      "UTF-16 without a byte order mark",
      Buffer.from("a,kind\n1,x\n", "utf16le"),
      {},
      ['t.csv:1: must be UTF-8 text; received bytes that are not text. Save the file as "CSV UTF-8", or check that it is a CSV file at all.'],
    ],
  ];

  it.each(cases)("%s", async (_, content, config, expected) => {
    expect(await messages(source(content, config))).toEqual(expected);
  });

  it("names every problem of a file, in order", async () => {
    expect(await messages(source("a,b,kind\n1,2,x\nq,2\n1,2\n1,2,5,y\n3,4,y\n"))).toEqual([
      expect.stringMatching(/^t\.csv:3: must have 3 columns, .* received 2 columns/),
      expect.stringMatching(/^t\.csv:4: must have 3 columns/),
      expect.stringMatching(/^t\.csv:5: must have 3 columns, .* received 4 columns/),
    ]);
  });

  it("says once what is the matter where most rows are of another length", async () => {
    expect(await messages(source(`a,kind\n${"x\n".repeat(50_000)}`))).toEqual([
      expect.stringMatching(
        /^t\.csv:2: must have 2 columns, as in the header row; received 1 column in .* rows \(lines 2, 3, 4, 5, 6, …\)\. .*data\.source\.delimiter.*data\.source\.skip/,
      ),
    ]);
  });

  it("counts lines as an editor does, over line ends in quotes and empty lines", async () => {
    for (const newline of ["\n", "\r\n"]) {
      const lines = ["a,kind", "1,x", "", '2,"two', 'lines"', "bad", '3,"three', "", 'lines"', '"bad', '"', "", "bad"];
      const found = await messages(source(lines.join(newline)));
      expect(found.map((message) => message.slice(0, message.indexOf(": ")))).toEqual(["t.csv:6", "t.csv:10", "t.csv:13"]);
    }
  });

  it("counts lines over many blocks", async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => (i === 12_344 || i === 99_999 ? `${i},oops,x` : `${i},${i},k${i % 2}`));
    const dataset = await openDataset(source(`a,b,kind\n${rows.join("\n")}`));
    expect(dataset.table?.badCells).toEqual([
      { row: 12_344, column: "b", place: "line 12346", text: "oops" },
      { row: 99_999, column: "b", place: "line 100001", text: "oops" },
    ]);
  });

  it("names a file that is not there, and the one that is nearly called so", async () => {
    scratch.write("flowers.csv", "a,kind\n1,x\n2,y\n");
    const config = { ...source(""), path: path.join(scratch.folder, "flower.csv") };
    expect(await messages(config)).toEqual([
      `flower.csv: data.source.path must name a file that can be read; received no such file. Did you mean "flowers.csv"?`,
    ]);
    const relative = { ...config, path: "no/such/table.csv" };
    expect(await messages(relative)).toEqual([
      `no/such/table.csv: data.source.path must name a file that can be read; received no such file. Correct the path; relative ones start at ${process.cwd()}.`,
    ]);
  });

  it("names a folder", async () => {
    const { problems } = await faultOf(openDataset({ ...source(""), path: scratch.folder }));
    expect(problems).toEqual([
      {
        place: scratch.folder,
        expected: "data.source.path must name a file that can be read",
        received: "a folder",
        remedy: "Name a file inside it, or correct the path.",
      },
    ]);
  });

  it("names the field where the path is empty", async () => {
    expect(await messages({ ...source(""), path: "" })).toEqual([
      `data.source.path: must name a file that can be read; received no such file. Correct the path; relative ones start at ${process.cwd()}.`,
    ]);
  });
});

describe("CSV of other kinds", () => {
  const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i)).join("\n");

  it.each([
    ["semicolons", "a;kind\n1;x\n2;y\n"],
    ["tabs", "a\tkind\n1\tx\n2\ty\n"],
    ["tabs and blanks", "a \tkind\n 1\t x\n2 \ty\n"],
    ["bars", "a|kind\n1|x\n2|y\n"],
    ["bars, with commas in quotes", '"a"|"kind"\n1|"x"\n2|y\n'],
    ["UTF-16, little end first", Buffer.from("\ufeffa,kind\n1,x\n2,y\n", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\ufeffa,kind\n1,x\n2,y\n", "utf16le").swap16()],
  ])("reads %s", async (_, content) => {
    const { facts, samples } = await read(source(content));
    expect(facts.target).toEqual({ kind: "classification", classes: ["x", "y"] });
    expect(samples).toEqual([1, 2]);
  });

  it("reads bytes that are no UTF-8 as Latin-1, and says so", async () => {
    const dataset = await openDataset(source(Buffer.from("a,kind\n1,x\n2,caf\xe9\n3,\x80\n", "latin1")));
    expect(dataset.target).toEqual({ kind: "classification", classes: ["caf\u00e9", "x", "\u20ac"] });
    expect(english(dataset.problems)).toMatchObject([{ kind: "note", severity: "info", items: [{ place: "line 3" }] }]);
  });

  it("keeps characters of several bytes whole over blocks", async () => {
    const names = ["\u00e9", "\u6f22\u5b57", "\ud83d\ude00"];
    for (const encoding of ["utf8", "utf16le"] as const) {
      const content = Buffer.from(`\ufeffa,kind\n${rows(90_001, (i) => `${i},${names[i % 3]}`)}`, encoding);
      const { facts, targets } = await read(source(content));
      const classes = facts.target.kind === "classification" ? facts.target.classes : [];
      expect(targets.map((target) => classes[target])).toEqual(Array.from({ length: 90_001 }, (_, i) => names[i % 3]));
    }
  });

  it("takes cells of a regression that are no numbers for missing, and leaves their rows out", async () => {
    const dataset = await openDataset(source(`a,kind\n${rows(300, (i) => `${i},${i === 7 ? "high" : i === 9 ? "" : i / 4}`)}`, { task: "regression" }));
    expect(dataset.length).toBe(298);
    expect(dataset.place(7)).toBe("line 10");
    const { samples, targets } = await dataset.fetch(Uint32Array.of(6, 7, 8, 297));
    expect([...samples]).toEqual([6, 8, 10, 299]);
    expect([...targets]).toEqual([6 / 4, 2, 10 / 4, 299 / 4]);
    expect([...(await dataset.targets())].slice(6, 9)).toEqual([6 / 4, 2, 10 / 4]);
    expect(english(dataset.problems)).toMatchObject([
      { kind: "missingValues", severity: "error", total: 2, items: [{ sample: null, place: "row 8" }, { place: "row 10" }] },
      { kind: "badValue", total: 1, items: [{ sample: null, place: 'row 8, column "kind"', detail: '"high" (line 9)' }] },
    ]);
    // What a split goes by has a value a sample.
    const column = await dataset.key("a");
    expect(column.kind !== "categorical" && [...column.values].slice(6, 9)).toEqual([6, 8, 10]);
  });

  it("leaves rows without a class out", async () => {
    const dataset = await openDataset(source("a,b,kind\n1,2,x\n3,4,\n,,\n5,6,y\n7,8,NA\n"));
    expect(dataset.length).toBe(2);
    expect([...(await dataset.fetch(Uint32Array.of(0, 1))).samples]).toEqual([1, 2, 5, 6]);
    expect(english(dataset.problems)).toMatchObject([
      { kind: "missingValues", total: 3, items: [{ detail: "line 3" }, { detail: "line 4" }, { detail: "line 6" }] },
    ]);
    expect(dataset.facts.columns).toBeUndefined();
  });

  it("names the cells of a column that turns to text in row 90,001", async () => {
    const dataset = await openDataset(source(`a,b,kind\n${rows(90_100, (i) => `${i},${i >= 90_000 ? `t${i}` : i},k${i % 2}`)}`));
    expect(dataset.table?.badCells[0]).toEqual({ row: 90_000, column: "b", place: "line 90002", text: "t90000" });
    expect(dataset.table?.badCellCount).toBe(100);
    expect(english(dataset.problems)).toMatchObject([
      {
        kind: "badValue",
        severity: "warning",
        total: 100,
        items: expect.arrayContaining([{ sample: 90_000, place: 'row 90001, column "b"', detail: '"t90000" (line 90002)' }]),
      },
    ]);
    expect(dataset.facts.columns?.[1]).toEqual({ name: "b", kind: "numeric", missing: 100 });
  });

  it("reads a column again that turns to text for good", async () => {
    const cell = (i: number) => (i >= 60_000 ? `t${i % 7}` : i % 5);
    const dataset = await openDataset(source(`a,b,kind\n${rows(100_000, (i) => `${i},${cell(i)},k${i % 2}`)}`));
    const column = await dataset.key("b");
    if (column.kind !== "categorical") throw new Error("not read again");
    expect(column.categories).toEqual(["0", "1", "2", "3", "4", "t0", "t1", "t2", "t3", "t4", "t5", "t6"]);
    expect(Array.from(column.codes, (code) => column.categories[code])).toEqual(Array.from({ length: 100_000 }, (_, i) => String(cell(i))));
    expect(english(dataset.problems)).toMatchObject([
      { kind: "badValue", total: 40_000, items: expect.arrayContaining([expect.objectContaining({ place: 'row 60001, column "b"' })]) },
    ]);
  });

  it("takes numbers out of float32's range for missing", async () => {
    const dataset = await openDataset(source("a,b,kind\n1e39,1,x\n3,-Infinity,y\n4,2,y\n"));
    expect([...(await dataset.fetch(Uint32Array.of(0, 1, 2))).samples]).toEqual([Number.NaN, 1, 3, Number.NaN, 4, 2]);
    expect(dataset.table?.badCells.map(({ column, text }) => [column, text])).toEqual([
      ["a", "1e39"],
      ["b", "-Infinity"],
    ]);
  });

  it("reads every number as `Number` does", async () => {
    const texts = [
      "0",
      "-0",
      "+7",
      "007",
      "1.",
      ".5",
      "-.25e-3",
      "1e22",
      "1e23",
      "123456789012345",
      "9007199254740993",
      "0.1234567890123456789",
      "4.35",
      "1E5",
      "8.5e-30",
    ];
    texts.push(
      "179769313486231570000000000000000000000",
      "2.2250738585072014e-308",
      "0.000000000000000000000000000000000012",
      "3.4028234663852886e38",
      '"12.5"',
      ' "  7" ',
    );
    const dataset = await openDataset(source(`a,b,kind\n${texts.map((text, i) => `${text},${i},k${i % 2}`).join("\n")}`));
    const column = await dataset.key("a");
    const expected = texts.map((text) => Number(text.replaceAll('"', "")));
    expect(column.kind === "numeric" && [...column.values]).toEqual(expected);
  });

  it("leaves ignored columns and identifiers out of the features, not out of the keys", async () => {
    const content = `id,name,colour,when,note,kind\n${rows(30, (i) => `${i},n${i},c${i % 2},2024-01-${String(i + 1).padStart(2, "0")},t${i % 3},k${i % 2}`)}`;
    const dataset = await openDataset(source(content, { ignore: ["id", "note"] }));
    expect(dataset.keys).toEqual(["id", "name", "colour", "when", "note", "kind"]);
    expect(dataset.columns).toEqual([
      { name: "colour", kind: "categorical", missing: 0, categories: ["c0", "c1"] },
      { name: "when", kind: "numeric", missing: 0 },
    ]);
    const days = Date.UTC(2024, 0, 3) / 86_400_000;
    expect([...(await dataset.fetch(Uint32Array.of(2))).samples]).toEqual([0, days]);
    expect(english(dataset.problems)).toMatchObject([{ kind: "identifierColumn", items: [{ place: 'column "name"' }] }]);
    const forced = await openDataset(source(content, { ignore: ["id", "note"], kinds: { name: "categorical", colour: "categorical" } }));
    expect(forced.columns?.map(({ name }) => name)).toEqual(["name", "colour", "when"]);
    expect(english(forced.problems)).toEqual([]);
  });

  it("says where only identifiers are left", async () => {
    const fault = await faultOf(openDataset(source(`name,kind\n${rows(30, (i) => `n${i},k${i % 2}`)}`)));
    expect(english(fault.problems[0]?.received)).toBe('only columns that differ in every row: "name"');
  });

  it("reads numbers as categories and categories as numbers where told", async () => {
    const content = "a,b,kind\n1,1,x\n2,red,y\n1,3,y\n";
    const dataset = await openDataset(source(content, { kinds: { a: "categorical", b: "numeric" } }));
    expect(dataset.columns).toEqual([
      { name: "a", kind: "categorical", missing: 0, categories: ["1", "2"] },
      { name: "b", kind: "numeric", missing: 1 },
    ]);
    expect([...(await dataset.fetch(Uint32Array.of(0, 1, 2))).samples]).toEqual([0, 1, 1, Number.NaN, 0, 3]);
  });

  it("reads dates and times as milliseconds since 1970, UTC where they say nothing", async () => {
    const texts = ["2024-02-29", "1969-12-31T23:59", "2024-03-31 12:30:05.25+02:00", "2000-01-01T00:00:00Z", "0001-01-01", "2024-06-01T10:00:00-0330", ""];
    const dataset = await openDataset(source(`when,kind\n${texts.map((text, i) => `${text},k${i % 2}`).join("\n")}`));
    const column = await dataset.key("when");
    const expected = [
      Date.UTC(2024, 1, 29),
      -60_000,
      Date.UTC(2024, 2, 31, 10, 30, 5, 250),
      Date.UTC(2000, 0, 1),
      Date.parse("0001-01-01T00:00Z"),
      Date.UTC(2024, 5, 1, 13, 30),
    ];
    expect(column.kind === "time" && [...column.values]).toEqual([...expected, Number.NaN]);
    expect((await openDataset(source("when,kind\n2023-02-29,x\n2023-13-01,y\n"))).columns?.[0]?.kind).toBe("categorical");
  });

  it("knows a file that was dropped, and guesses what to predict", async () => {
    const detect = (name: string, content: string) => csv.detect?.(scratch.write(name, content));
    expect(await detect("d1.csv", "species,length\nx,1\ny,2\n")).toMatchObject({ target: "species", task: "classification" });
    expect(await detect("d2.tsv", `size\tprice\n${rows(50, (i) => `${i % 4}\t${i * 1.5}`)}`)).toMatchObject({ target: "price", task: "regression" });
    expect(await detect("d3.txt", `size;grade;name\n${rows(50, (i) => `${i};${i % 3};n${i}`)}`)).toMatchObject({ target: "grade", task: "classification" });
    expect(await detect("d5.md", "a,b\n1,2\n")).toBeNull();
    expect(await detect("d7.txt", "Dear Ada, dear Grace,\nall is well.\n")).toBeNull();
  });

  it("says what is wrong with a file that was dropped", async () => {
    const said = async (name: string, content: string) =>
      (await faultOf(detectSource(scratch.write(name, content)))).message.replaceAll(`${scratch.folder}${path.sep}`, "");
    expect(await said("d4.csv", "just one column\n1\n")).toMatch(
      /^d4\.csv: must have at least one column besides the target; received only the column "just one column"/,
    );
    expect(await said("d6.csv", "")).toMatch(/^d6\.csv: must begin with a header row/);
    expect(await said("d8.tsv", "a\tb\n1\n")).toMatch(/^d8\.tsv:2: must have 2 columns/);
    expect(await said("d9.csv", "by hand, of course\na,kind,b\n1,x\n")).toMatch(/^d9\.csv:2: must have 2 columns, as in the header row; received 3 columns/);
  });

  it("leaves columns without a name out, and says so", async () => {
    // What pandas and R write beside the rows, and what a comma at the end of every line makes.
    const dataset = await openDataset(source(',a,kind,\n"1",5,x,\n"2",6,y,\n"3",7,x,\n'));
    expect(dataset.facts).toMatchObject({ length: 3, sampleShape: [1], keys: ["a", "kind"] });
    expect([...(await dataset.fetch(Uint32Array.of(0, 2))).samples]).toEqual([5, 7]);
    expect(english(dataset.problems)).toMatchObject([
      { kind: "note", title: "2 of 4 columns have no name and are left out", items: [{ place: "column 1" }, { place: "column 4" }] },
    ]);
  });

  it("reads labels for other readers", async () => {
    const file = scratch.write("labels.csv", "file,label\na.png,1\nb.png,2\n");
    const table = await readCsvTable({ path: file, field: "data.source.labels" }, { kinds: { label: "categorical" } });
    expect(table.columns).toEqual([
      { name: "file", kind: "categorical", codes: Int32Array.of(0, 1), categories: ["a.png", "b.png"] },
      { name: "label", kind: "categorical", codes: Int32Array.of(0, 1), categories: ["1", "2"] },
    ]);
  });
});

describe("describeSource", () => {
  it("follows a file that changes", async () => {
    const config = source("a,kind\n1,x\n2,y\n");
    expect((await describeSource(config)).length).toBe(2);
    scratch.write(path.basename(config.path), "a,kind\n1,x\n2,y\n3,z\n");
    expect((await describeSource(config)).length).toBe(3);
    scratch.write(path.basename(config.path), "a,kind\n");
    expect(english((await faultOf(describeSource(config))).problems[0]?.received)).toBe("only a header row");
  });

  it("reads an unchanged file once", async () => {
    const config = source("a,kind\n1,x\n2,y\n");
    expect(await describeSource(config)).toBe(await describeSource({ ...config }));
  });

  it("tells configurations of one file apart", async () => {
    const config = source("a,kind\n1,5\n2,6\n");
    expect((await describeSource(config)).target.kind).toBe("classification");
    expect((await describeSource({ ...config, task: "regression" })).target.kind).toBe("regression");
  });
});
