/** CSV files that are hard to read against what pandas makes of them (fixtures/tables/make_tables.py). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { CsvScanner } from "../../src/main/data/tables/csvScanner.ts";
import { missingOf } from "../../src/main/data/tables/features.ts";
import { loadCsv } from "../../src/main/data/tables/loadCsv.ts";
import { decoderOf } from "../../src/main/data/tables/textFile.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

interface Figures {
  readonly missing: number;
  readonly values?: readonly (number | null)[];
  readonly time?: readonly (number | null)[];
  readonly texts?: readonly (string | null)[];
  readonly mean?: number;
}

const folder = path.join(import.meta.dirname, "fixtures", "tables");
const golden: { readonly files: Readonly<Record<string, Readonly<Record<string, Figures>>>> } = JSON.parse(
  readFileSync(path.join(folder, "tables.json"), "utf8"),
);

describe.each(Object.entries(golden.files))("%s", (file, columns) => {
  const read = () => loadCsv({ path: path.join(folder, file), field: "data.source.path" });

  it("has pandas's columns", async () => {
    const { table } = await read();
    expect(table.columns.map(({ name }) => name)).toEqual(Object.keys(columns));
    expect(table.badCellCount).toBe(0);
  });

  it.each(Object.entries(columns))("has pandas's %s", async (name, figures) => {
    const { table } = await read();
    const column = at(
      table.columns.filter((each) => each.name === name),
      0,
    );
    expect(missingOf(column)).toBe(figures.missing);
    const expected = figures.values ?? figures.time ?? figures.texts ?? [];
    expect(table.length).toBe(expected.length);
    const kind = figures.values !== undefined ? "numeric" : figures.time !== undefined ? "time" : "categorical";
    expect(column.kind).toBe(kind);
    // The same doubles, to the last bit.
    const found =
      column.kind === "categorical"
        ? Array.from(column.codes, (code) => column.categories[code] ?? null)
        : Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
    expect(found).toEqual(expected);
  });
});

it("says that Latin-1 is not UTF-8", async () => {
  const { problems } = await loadCsv({ path: path.join(folder, "latin1.csv"), field: "data.source.path" });
  expect(problems).toMatchObject([{ kind: "note", severity: "info", items: [{ place: "line 1" }] }]);
});

describe("the scanner", () => {
  const CELLS = ["1", "-2.5e3", "", "NA", "x", '"a ""b"""', '"two\nlines"', '"two\r\nlines"', "2024-01-31", " 7 ", '"8"', "é", "0.1234567890123456789", "inf"];
  const ENDS = ["\n", "\r\n", "\r", "\n\n", "\r\n \r\n"];

  function scan(text: string, block: number) {
    const scanner = new CsvScanner({
      file: "t.csv",
      delimiter: ",".charCodeAt(0),
      decimal: ".",
      decode: decoderOf("utf-8"),
      header: () => ({ modes: ["number", "text", "time"], capacity: 2 }),
    });
    const whole = Buffer.from(text);
    let rest = Buffer.alloc(0);
    for (let start = 0; start < whole.length || start === 0; start += block) {
      const last = start + block >= whole.length;
      const bytes = Buffer.concat([rest, whole.subarray(start, start + block), Buffer.from("\n")]);
      const used = scanner.scan(bytes, bytes.length - 1, last);
      rest = bytes.subarray(used, bytes.length - 1);
    }
    const { rows, problems, badCells, badCounts, values, codes, dictionaries } = scanner;
    const names = dictionaries[1]?.names(decoderOf("utf-8")) ?? [];
    return {
      rows,
      problems,
      badCells,
      badCounts,
      numbers: values[0]?.slice(0, rows),
      texts: Array.from(codes[1]?.slice(0, rows) ?? [], (code) => names[code]),
      times: values[2]?.slice(0, rows),
      lines: Array.from({ length: rows }, (_, row) => scanner.lineOf(row)),
    };
  }

  it("reads the same in blocks of any size", () => {
    const stream = new RandomStream(3, "csv");
    let drawn = 0;
    const draw = (count: number) => Math.floor(stream.uniform(drawn++) * count);
    for (let file = 0; file < 40; file++) {
      const end = at(ENDS, draw(ENDS.length));
      const width = () => (draw(25) === 0 ? 2 : 3);
      const lines = Array.from({ length: 12 }, () => Array.from({ length: width() }, () => at(CELLS, draw(CELLS.length))).join(","));
      const text = `a,"b",c${end}${lines.join(end)}${draw(2) === 0 ? end : ""}`;
      const whole = scan(text, text.length * 4);
      expect(whole.rows + whole.problems.length).toBe(12);
      for (const block of [1, 2, 3, 7, 16]) expect(scan(text, block), JSON.stringify(text)).toEqual(whole);
    }
  });
});
