/** The CSV reader: what it makes of good files, and the words for bad ones. Messages have the folder of the file left out. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { CsvSource } from "../../src/main/data/readers/csvTable.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
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

  it("is named after its file", async () => {
    const { facts } = await read({ ...source(""), path: scratch.write("my flowers.csv", "a,kind\n1,x\n2,y\n") });
    expect(facts.name).toBe("my flowers");
  });

  it("orders numeric class names by number and others by code unit", async () => {
    const numeric = await read(source("a,kind\n1,10\n2,9\n3,-1\n4,10\n"));
    expect(numeric.facts.target).toEqual({ kind: "classification", classes: ["-1", "9", "10"] });
    expect(numeric.targets).toEqual([2, 1, 0, 2]);
    const mixed = await read(source("a,kind\n1,ä\n2,z\n3,10\n4,9\n5,Z\n"));
    expect(mixed.facts.target).toEqual({ kind: "classification", classes: ["10", "9", "Z", "z", "ä"] });
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
    expect(await messages(source("a,kind\nnone,x\n2,y\n"))).toEqual([expect.stringContaining("missing values are not supported yet")]);
    expect(await messages(source("a,kind\n1,?\n2,y\n"))).toEqual([expect.stringContaining("missing values are not supported yet")]);
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
    const config = source(`a,b,kind\n${Array.from({ length: 60_000 }, (_, i) => `${i},${i},k${i % 3}`).join("\n")}\n`);
    let turns = 0;
    let next = setImmediate(function turn() {
      turns++;
      next = setImmediate(turn);
    });
    await describeSource(config);
    clearImmediate(next);
    // Some 800 KiB in blocks of 32 KiB, and a turn of the loop at least for each.
    expect(turns).toBeGreaterThan(20);
  });
});

describe("bad CSV", () => {
  const cases: readonly [string, string | Uint8Array, Partial<CsvSource>, readonly string[]][] = [
    [
      "text in a number column",
      "a,petal_length,kind\n1,2,x\n1,abc,y\n",
      {},
      ['t.csv:3, column "petal_length": must be a number; received "abc". Correct the value, write the column as numbers, or remove the column.'],
    ],
    [
      "a number in another notation",
      "a,kind\n0x1f,x\n2,y\n",
      {},
      ['t.csv:2, column "a": must be a number; received "0x1f". Correct the value, write the column as numbers, or remove the column.'],
    ],
    [
      "text in a regression's target",
      "a,kind\n1,high\n2,3\n",
      { task: "regression" },
      ['t.csv:2, column "kind": must be a number; received "high". Correct the value, write the column as numbers, or remove the column.'],
    ],
    ["a row too short", "a,b,kind\n1,2,x\n1,x\n3,4,y\n", {}, ["t.csv:3: must have 3 columns, as the header has; received 2 columns. Add what is missing."]],
    [
      "a row too long",
      "a,kind\n1,x\n1,5,x\n3,y\n",
      {},
      ["t.csv:3: must have 2 columns, as the header has; received 3 columns. Remove what is too much, or put quotes around a value that holds a comma."],
    ],
    [
      "an empty cell",
      "a,b,kind\n1,,x\n3,4,y\n",
      {},
      ['t.csv:2, column "b": must be a number; missing values are not supported yet; received an empty cell. Fill the value in or remove the row.'],
    ],
    [
      "a quoted empty cell",
      'a,b,kind\n1,"  ",x\n3,4,y\n',
      {},
      ['t.csv:2, column "b": must be a number; missing values are not supported yet; received an empty cell. Fill the value in or remove the row.'],
    ],
    [
      "NaN",
      "a,kind\nNaN,x\n3,y\n",
      {},
      ['t.csv:2, column "a": must be a number; missing values are not supported yet; received "NaN". Fill the value in or remove the row.'],
    ],
    [
      "Infinity",
      "a,kind\n-Infinity,x\n3,y\n",
      {},
      [
        't.csv:2, column "a": must be a finite number that float32 can hold, at most 3.4e38 in size; received "-Infinity". Correct the value or remove the row.',
      ],
    ],
    [
      "a number beyond float32",
      "a,kind\n1e39,x\n3,y\n",
      {},
      ['t.csv:2, column "a": must be a finite number that float32 can hold, at most 3.4e38 in size; received "1e39". Correct the value or remove the row.'],
    ],
    [
      "no class",
      "a,kind\n1,x\n3,\n2,y\n",
      {},
      ['t.csv:3, column "kind": must name a class; missing values are not supported yet; received an empty cell. Fill the class in or remove the row.'],
    ],
    ["a row of nothing", "a,b,kind\n1,2,x\n,,\n2,3,y\n", {}, ["t.csv:3: must hold values; received a row of empty cells. Remove the row."]],
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
      ['data.source.target: must name a column of t.csv, which has "1", "2", "0"; received "kind". The first row looks like data: add a header row.'],
    ],
    [
      "semicolons",
      "a;b;kind\n1;2;x\n3;4;y\n",
      {},
      ['t.csv:1: columns must be separated by commas; received a header separated by ";". Save the file with commas between the columns.'],
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
      ["t.csv: must have rows below the header; received a header row alone. Add rows, or check that this is the file you meant."],
    ],
    [
      "a target alone",
      "kind\nx\ny\n",
      {},
      ['t.csv:1: must have at least one column beside the target; received the column "kind" alone. Add the columns to predict it from.'],
    ],
    [
      "columns of one name",
      "a,b,a,kind\n1,2,3,x\n4,5,6,y\n",
      {},
      ['t.csv:1: column names must differ; received "a" for columns 1 and 3. Rename or remove one of them.'],
    ],
    [
      "a column without name",
      ",a,kind\n0,1,x\n1,2,y\n",
      {},
      ["t.csv:1: every column must have a name; received no name for column 1 of 3. Name the column, or remove it if it only counts the rows."],
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
        "data.source.sampleShape: must hold 2 values, as many as t.csv has columns beside the target; received [1, 2, 2], which holds 4. Correct the shape, or leave it out for a row of features.",
      ],
    ],
    [
      "a quote that does not close",
      'a,kind\n1,x\n2,"y\n3,z\n',
      {},
      ["t.csv:3: every quote that opens must close; received a quote still open at the end of the file. Close the quote, or remove it."],
    ],
    [
      "a quote inside a cell",
      'a,kind\n1,x\n2,y"z"\n',
      {},
      [
        't.csv:3: a quote must stand at the beginning and the end of a cell, and be doubled inside it; received a quote elsewhere in the row. Write a quote inside a quoted cell as "".',
      ],
    ],
    [
      "bytes that are not UTF-8",
      Buffer.from("a,kind\n1,x\n2,caf\xe9\n", "latin1"),
      {},
      ['t.csv:3: must be UTF-8 text; received bytes that are not UTF-8. Save the file as "CSV UTF-8", or check that it is a CSV file at all.'],
    ],
    [
      "UTF-16",
      Buffer.from("\ufeffa,kind\n1,x\n", "utf16le"),
      {},
      ['t.csv:1: must be UTF-8 text; received bytes that are not UTF-8. Save the file as "CSV UTF-8", or check that it is a CSV file at all.'],
    ],
  ];

  it.each(cases)("%s", async (_, content, config, expected) => {
    expect(await messages(source(content, config))).toEqual(expected);
  });

  it("names every problem of a file, in order", async () => {
    expect(await messages(source("a,b,kind\n1,2,x\nq,2,x\n1,2\n,5,y\n3,4,y\n"))).toEqual([
      expect.stringMatching(/^t\.csv:3, column "a": must be a number; received "q"\./),
      expect.stringMatching(/^t\.csv:4: must have 3 columns/),
      expect.stringMatching(/^t\.csv:5, column "a": .* received an empty cell/),
    ]);
  });

  it("stops after ten", async () => {
    const found = await messages(source(`a,kind\n${"q,x\n".repeat(50_000)}`));
    expect(found).toHaveLength(10);
    expect(found[8]).not.toContain("Reading stopped here");
    expect(found[9]).toMatch(/^t\.csv:11, column "a": .* Reading stopped here; there may be more\.$/);
  });

  it("counts lines as an editor does, over line ends in quotes and empty lines", async () => {
    for (const newline of ["\n", "\r\n"]) {
      const lines = ["a,kind", "1,x", "", '2,"two', 'lines"', "bad,y", '3,"three', "", 'lines"', '"bad', '",z', "", "bad,x"];
      const found = await messages(source(lines.join(newline)));
      expect(found.map((message) => message.slice(0, message.indexOf(",")))).toEqual(["t.csv:6", "t.csv:10", "t.csv:13"]);
    }
  });

  it("counts lines over many blocks", async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => (i === 12_344 || i === 29_999 ? `${i},oops,x` : `${i},${i},k${i % 2}`));
    const found = await messages(source(`a,b,kind\n${rows.join("\n")}`));
    expect(found.map((message) => message.slice(0, message.indexOf(",")))).toEqual(["t.csv:12346", "t.csv:30001"]);
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

describe("describeSource", () => {
  it("follows a file that changes", async () => {
    const config = source("a,kind\n1,x\n2,y\n");
    expect((await describeSource(config)).length).toBe(2);
    scratch.write(path.basename(config.path), "a,kind\n1,x\n2,y\n3,z\n");
    expect((await describeSource(config)).length).toBe(3);
    scratch.write(path.basename(config.path), "a,kind\n");
    expect((await faultOf(describeSource(config))).problems[0]?.received).toBe("a header row alone");
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
