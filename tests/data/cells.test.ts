/** Cells as people write them: what a column of them becomes, and what is said of it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Table as ArrowTable, Int64, tableToIPC, Uint64, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { openGiven } from "../../src/main/data/given/open.ts";
import type { CsvSource } from "../../src/main/data/readers/csv.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import type { Guess } from "../../src/shared/recipe/guess.ts";
import { withAlternative } from "../../src/shared/recipe/guess.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { scratchFolder } from "./files.ts";

type ParquetSource = Extract<SourceConfig, { readonly type: "parquet" }>;
type ArrowSource = Extract<SourceConfig, { readonly type: "arrow" }>;

const scratch = scratchFolder();
let files = 0;

/** A table of one column and a target. */
function source(name: string, cells: readonly string[], config: Partial<CsvSource> = {}): CsvSource {
  const rows = cells.map((cell, i) => `"${cell.replaceAll('"', '""')}",k${i % 2}`);
  return {
    type: "csv",
    header: true,
    task: "classification",
    target: "kind",
    path: scratch.write(`c${++files}.csv`, `${name},kind\n${rows.join("\n")}\n`),
    ...config,
  };
}

/** The column as numbers, dates by their ISO names, or categories; null where missing. */
async function read(config: CsvSource) {
  const dataset = await openDataset(config);
  const column = dataset.table?.columns[0];
  if (column === undefined) throw new Error("no column");
  const values =
    column.kind === "categorical"
      ? Array.from(column.codes, (code) => column.categories[code] ?? null)
      : Array.from(column.values, (value) => (Number.isNaN(value) ? null : column.kind === "time" ? isoName(value) : value));
  return { kind: column.kind, values, guesses: dataset.guesses, problems: dataset.problems, dataset };
}

function isoName(time: number): string {
  return new Date(time)
    .toISOString()
    .replace(/T00:00:00\.000Z$/, "")
    .replace(/\.000Z$/, "");
}

const said = (guesses: readonly Guess[]) => guesses.map((guess) => guess.said.en).join("\n");

describe("numbers as people write them", () => {
  it.each<[string, readonly string[], readonly (number | null)[]]>([
    ["thousands with commas", ["1,234,567.89", "1,234", "12"], [1_234_567.89, 1234, 12]],
    ["thousands with points", ["1.234.567,89", "1.234", "12"], [1_234_567.89, 1234, 12]],
    ["thousands with blanks", ["1 234 567", "2 000,5", "999"], [1_234_567, 2000.5, 999]],
    ["thousands with narrow no-break blanks", ["1\u202f234\u202f567", "2\u00a0000,5", "999"], [1_234_567, 2000.5, 999]],
    ["thousands with apostrophes", ["1'234'567.5", "1\u2019234", "5"], [1_234_567.5, 1234, 5]],
    ["thousands with underscores", ["1_000", "2_000_000", "5"], [1000, 2_000_000, 5]],
    ["thousands as in India", ["1,23,456", "12,34,567.5", "999"], [123_456, 1_234_567.5, 999]],
    ["percent signs", ["12%", "3.5 %", "-100%", "0"], [12, 3.5, -100, 0]],
    ["dollars", ["$1,234.50", "-$5.25", "$-3", "($12.00)", "$(7)", "8"], [1234.5, -5.25, -3, -12, -7, 8]],
    ["euros behind", ["1.234,56 €", "99,00€", "12 €"], [1234.56, 99, 12]],
    ["crowns in front and behind", ["kr 100", "1 200 kr", "kr. 50"], [100, 1200, 50]],
    ["codes of currencies", ["USD 5", "6.50 USD", "USD 1,000"], [5, 6.5, 1000]],
    ["won", ["₩1,000", "25,000원", "KRW 1,250,000"], [1000, 25_000, 1_250_000]],
    ["pounds and dollars of a country", ["US$5", "US$1,200.00"], [5, 1200]],
    ["a unit", ["12 kg", "3.5kg", "7 Kg", "1,200 kg"], [12, 3.5, 7, 1200]],
    ["degrees", ["20°C", "\u22123.5 °C", "7 ℃"], [20, -3.5, 7]],
    ["a quotient of units", ["5 mg/dL", "6.5 mg/dl", "7mg/dL"], [5, 6.5, 7]],
    ["sizes of memory", ["8 GB", "16GB", "32 gb"], [8, 16, 32]],
    ["millions of money", ["£1.2m", "£3m"], [1.2, 3]],
    ["francs without cents", ["CHF 1'234.50", "CHF 20.-", "5.–"], [1234.5, 20, 5]],
    ["words for nothing", ["1.5", "n.a.", "unknown", "missing", "2"], [1.5, null, null, null, 2]],
    ["years of age", ["1 year", "2 years", "3 Years"], [1, 2, 3]],
    ["brackets for negatives", ["(5)", "6", "(7.5)"], [-5, 6, -7.5]],
    ["a minus behind", ["5-", "6", "1,234.5-"], [-5, 6, -1234.5]],
    ["Unicode minus and dashes", ["\u22125", "\u20131.5", "\uff0d2", "3"], [-5, -1.5, -2, 3]],
    ["a dash for nothing", ["\u20135", "\u2014", "7"], [-5, null, 7]],
    ["plus signs", ["+5.2", "+ 6", "-1"], [5.2, 6, -1]],
    ["digits of full width", ["１２", "３４．５", "７"], [12, 34.5, 7]],
    ["Arabic digits", ["١٢", "٣٤٫٥", "٧"], [12, 34.5, 7]],
    ["powers of ten with decimal commas", ["1,5e3", "2,25E-1", "3e2"], [1500, 0.225, 300]],
    ["powers of ten written out", ["1.5×10^3", "2x10^-2", "3"], [1500, 0.02, 3]],
    ["blanks that cannot be seen", ["1.5\u00a0", "\u200b2.5", "\ufeff3"], [1.5, 2.5, 3]],
    ["decimals with zeros in front", ["00.5", "01.5", "12.25"], [0.5, 1.5, 12.25]],
    ["errors of spreadsheets", ["#DIV/0!", "1.5", "#N/A", "#REF!", "#WERT!"], [null, 1.5, null, null, null]],
    ["infinities", ["inf", "1.5", "-Infinity", "\u221e", "2"], [null, 1.5, null, null, 2]],
  ])("%s", async (_, cells, values) => {
    expect(await read(source("a", cells))).toMatchObject({ kind: "numeric", values });
  });

  it.each<[string, readonly string[]]>([
    ["units that differ", ["12 kg", "350 g", "7 kg"]],
    ["percent beside fractions", ["12%", "0.5", "100%", "0.25"]],
    ["milli and mega", ["5 mW", "6 MW"]],
    ["bits and bytes", ["5 Mb/s", "6 MB/s"]],
    ["thousands and millions of money", ["$1.2M", "$500K"]],
    ["currencies that differ", ["$5", "€6"]],
    ["names with a digit", ["4WD", "2WD", "4WD"]],
    ["generations", ["5G", "4G", "3G"]],
    ["pencils and seats", ["2B", "4B", "6B"]],
    ["bands of age", ["18-25", "26-35", "65+"]],
    ["places in a net", ["192.168.1.1", "10.0.0.1"]],
    ["ranks", ["1st", "2nd", "3rd"]],
    ["sizes", ["S", "M", "2XL"]],
    ["versions", ["1.0.0", "1.12.0"]],
    ["fractions and scores", ["3/4", "1/2", "2:1"]],
    ["numbers of a list", ["(1)", "(2)", "(3)"]],
    ["limits of detection", ["<0.5", "1.2", ">3"]],
    ["places on a map", ["48.85,2.35", "52.5,13.4"]],
    ["grades", ["A+", "B-", "C"]],
    ["hashes of digits and letters", ["a1b2c3d4", "12345678", "1e100000", "deadbeef"]],
    ["UUIDs", ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-4000-8000-000000000000"]],
  ])("are not %s", async (_, cells) => {
    expect(await read(source("a", cells))).toMatchObject({ kind: "categorical", values: cells });
  });

  it("says what was left out, with the other reading", async () => {
    const config = source("price", ["$1,234.50", "$99", "$5"]);
    const { guesses } = await read(config);
    expect(guesses).toMatchObject([
      {
        field: "kinds",
        said: { en: 'Column "price" is read as numbers: "$" and commas between thousands are left out (such as "$1,234.50").' },
        instead: [{ set: { kinds: { price: "categorical" } } }],
      },
    ]);
    const [alternative] = guesses[0]?.instead ?? [];
    if (alternative === undefined) throw new Error("nothing instead");
    expect(await read(withAlternative(config, alternative))).toMatchObject({ kind: "categorical", values: ["$1,234.50", "$99", "$5"], guesses: [] });
  });

  it("says the unit of percent, and units that differ", async () => {
    expect(said((await read(source("rate", ["12%", "3 %"]))).guesses)).toContain("in percent, so that 5 % is 5");
    const mixed = await read(source("weight", ["12 kg", "350 g", "7 kg"]));
    expect(mixed.guesses).toMatchObject([
      { said: { en: expect.stringContaining('several units ("kg", "g")') }, instead: [{ set: { kinds: { weight: "numeric" } } }] },
    ]);
    expect((await read(source("weight", ["12 kg", "350 g", "7 kg"], { kinds: { weight: "numeric" } }))).values).toEqual([12, null, 7]);
  });

  it("says the same of many columns once", async () => {
    const names = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const path = scratch.write(
      `c${++files}.csv`,
      `${names.join(",")},kind\n${[1, 2, 3].map((row) => `${names.map((_, i) => `${i + row}%`).join(",")},k${row % 2}`).join("\n")}\n`,
    );
    const { guesses } = await openDataset({ type: "csv", header: true, task: "classification", target: "kind", path, kinds: { c29: "numeric" } });
    expect(guesses).toHaveLength(2);
    expect(guesses[0]?.said.en).toMatch(/^Column "c0" is read as numbers: .* The same applies to 28 other columns: "c1", "c2", "c3", …\.$/);
    const kinds = Object.fromEntries(names.slice(0, 29).map((name) => [name, "categorical"]));
    expect(guesses[0]?.instead.map(({ set }) => set)).toEqual([{ kinds: { c29: "numeric", ...kinds } }]);
  });

  it("says nothing of plain numbers", async () => {
    expect((await read(source("a", ["1.5", "-2e3", "NA", "1.234", "7"]))).guesses).toEqual([]);
    const blanks = await read(source("a", [" 1.5 ", "2"]));
    expect(blanks).toMatchObject({ kind: "numeric", values: [1.5, 2], guesses: [] });
  });

  it("judges marks by the column, and asks where it does not say", async () => {
    const config = source("a", ["1,234", "2,500", "999"]);
    const { values, guesses } = await read(config);
    expect(values).toEqual([1234, 2500, 999]);
    expect(guesses).toMatchObject([{ field: "decimals", instead: [{ set: { decimals: { a: "comma" } } }, { set: { kinds: { a: "categorical" } } }] }]);
    expect(await read({ ...config, decimals: { a: "comma" } })).toMatchObject({ values: [1.234, 2.5, 999] });
    // One number that can only be read one way decides.
    expect((await read(source("a", ["1,234", "2,5", "3"]))).values).toEqual([1.234, 2.5, 3]);
    expect((await read(source("a", ["1,234", "2.5", "3"]))).values).toEqual([1234, 2.5, 3]);
    expect((await read(source("a", ["1.234", "2,5", "3"]))).values).toEqual([1234, 2.5, 3]);
  });

  it("takes three digits behind a mark for thousands where it is money", async () => {
    const points = await read(source("price", ["€ 1.234", "€ 12.500", "€ 950"]));
    expect(points.values).toEqual([1234, 12_500, 950]);
    expect(points.guesses[0]?.instead[0]).toMatchObject({ label: { en: 'The point in "1.234" is a decimal mark' }, set: { decimals: { price: "point" } } });
    expect((await read(source("price", ["1,234 €", "12,500 €"]))).values).toEqual([1234, 12_500]);
    expect((await read(source("price", ["1,234 €", "12,5 €"]))).values).toEqual([1.234, 12.5]);
  });

  it("has what is set before what is judged", async () => {
    expect((await read(source("a", ["1,234", "2.5"], { decimals: { a: "comma" } }))).values).toEqual([1.234, 2.5]);
    expect((await read(source("a", ["1.234", "2.250"], { decimals: { a: "comma" } }))).values).toEqual([1234, 2250]);
  });

  it("asks in a file of semicolons whose numbers say nothing", async () => {
    const path = scratch.write(`c${++files}.csv`, "a;b;kind\n1.234;3;x\n2.500;4;y\n");
    const { table, guesses } = await openDataset({ type: "csv", header: true, task: "classification", target: "kind", path });
    expect(table?.columns[0]).toMatchObject({ values: Float64Array.of(1.234, 2.5) });
    expect(guesses).toMatchObject([{ field: "decimals", instead: [{ set: { decimals: { a: "comma" } } }, {}] }]);
  });

  it("goes by the file where the column does not say", async () => {
    const path = scratch.write(`c${++files}.csv`, "a;b;kind\n1,234;0,5;x\n2,500;1,5;y\n");
    const dataset = await openDataset({ type: "csv", task: "classification", target: "kind", path });
    expect([...(await dataset.fetch(Uint32Array.of(0, 1))).samples]).toEqual([Math.fround(1.234), 0.5, 2.5, 1.5]);
    expect(dataset.guesses).toMatchObject([{ field: "decimals", instead: [{ set: { decimals: { a: "point" } } }, {}] }]);
  });

  it("reads a target that is money", async () => {
    const path = scratch.write(`c${++files}.csv`, 'a,price\n1,"$1,200"\n2,$900\n3,"$1,500.50"\n');
    const dataset = await openDataset({ type: "csv", task: "regression", target: "price", path });
    expect([...(await dataset.targets())]).toEqual([1200, 900, 1500.5]);
  });

  it("reads cells again that are written otherwise only far down", async () => {
    const cells = Array.from({ length: 60_000 }, (_, i) => (i < 59_990 ? String(i % 1000) : `1,${String(i % 1000).padStart(3, "0")}`));
    const { kind, values, problems } = await read(source("a", cells));
    expect(kind).toBe("numeric");
    expect(values.slice(59_988)).toEqual([988, 989, 1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999]);
    expect(problems).toEqual([]);
  });
});

describe("identifiers", () => {
  const wide = Array.from({ length: 120 }, (_, i) => String(9_007_199_254_740_993n + 2n * BigInt(i)));

  it("keeps integers apart that doubles cannot hold", async () => {
    const { kind, values, guesses } = await read({
      ...source("id", wide),
      path: scratch.write(`c${++files}.csv`, `id,a,kind\n${wide.map((id, i) => `${id},${i},k${i % 2}`).join("\n")}`),
    });
    expect({ kind, values }).toEqual({ kind: "categorical", values: wide });
    expect(guesses).toMatchObject([
      { said: { en: expect.stringContaining("more digits than can be stored exactly") }, instead: [{ set: { kinds: { id: "numeric" } } }] },
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ["postcodes", "zip", ["01234", "90210", "10001", "02134"]],
    ["postcodes by their look alone", "a", ["01234", "90210", "10001", "02134"]],
    ["telephone numbers", "a", ["0101234567", "021234567", "0311234567"]],
    ["codes of two digits", "dept_code", ["01", "75", "92"]],
    ["accounts", "account", ["000123", "000045", "120000"]],
  ])("%s are categories, and it is said", async (_, name, cells) => {
    const { kind, values, guesses } = await read(source(name, cells));
    expect({ kind, values }).toEqual({ kind: "categorical", values: cells });
    expect(guesses).toMatchObject([
      { field: "kinds", said: { en: expect.stringContaining("begin with zeros") }, instead: [{ set: { kinds: { [name]: "numeric" } } }] },
    ]);
    expect((await read(source(name, cells, { kinds: { [name]: "numeric" } }))).values).toEqual(cells.map(Number));
  });

  it("are telephone numbers in groups where the column is called so", async () => {
    const cells = ["612 345 678", "655 000 111"];
    expect(await read(source("phone", cells))).toMatchObject({ kind: "categorical", values: cells });
    expect(await read(source("people", cells))).toMatchObject({ kind: "numeric", values: [612_345_678, 655_000_111] });
  });

  it("takes months, hours and sloppy numbers for numbers", async () => {
    expect(await read(source("month", ["01", "02", "12"]))).toMatchObject({ kind: "numeric", values: [1, 2, 12], guesses: [] });
    expect(await read(source("n", ["01", "02", "12"]))).toMatchObject({
      kind: "numeric",
      guesses: [{ said: { en: expect.stringContaining("leading zeros are dropped") } }],
    });
  });

  it("meets the first zero far down", async () => {
    const cells = Array.from({ length: 60_000 }, (_, i) => (i < 55_000 ? String(10_000 + (i % 8000)) : `0${1000 + (i % 900)}`));
    const { kind, values } = await read(source("zip", cells));
    expect(kind).toBe("categorical");
    expect(values).toEqual(cells);
  });
});

describe("dates as people write them", () => {
  it.each<[string, readonly string[], readonly (string | null)[]]>([
    ["names of months first", ["Jan 1 2000", "Feb 12 2001", "Dec 31 1999"], ["2000-01-01", "2001-02-12", "1999-12-31"]],
    ["days first", ["1 Jan 2000", "12 February 2001", "01-Mar-2002"], ["2000-01-01", "2001-02-12", "2002-03-01"]],
    ["commas and ordinals", ["January 1, 2000", "Feb. 12th, 2001", "March 3rd 2002"], ["2000-01-01", "2001-02-12", "2002-03-03"]],
    ["days of the week", ["Sat, 01 Jan 2000", "Tuesday, January 4, 2000"], ["2000-01-01", "2000-01-04"]],
    ["strokes and times", ["2015/01/01 01:00:00", "2015/1/2 13:30"], ["2015-01-01T01:00:00", "2015-01-02T13:30:00"]],
    ["German", ["1. Januar 2000", "15. März 2001", "3. Dez. 2002"], ["2000-01-01", "2001-03-15", "2002-12-03"]],
    ["French", ["1er janvier 2000", "15 août 2001", "14 févr. 2002"], ["2000-01-01", "2001-08-15", "2002-02-14"]],
    ["Spanish", ["1 de enero de 2000", "15 de agosto de 2001", "3 dic 2002"], ["2000-01-01", "2001-08-15", "2002-12-03"]],
    ["Korean", ["2022년 1월 3일", "2022년 12월 31일 오후 3시 5분", "2022. 2. 5."], ["2022-01-03", "2022-12-31T15:05:00", "2022-02-05"]],
    ["points, the day first", ["13.01.2022", "01.02.2022"], ["2022-01-13", "2022-02-01"]],
    ["strokes, the day first", ["13/01/2022", "01/02/2022"], ["2022-01-13", "2022-02-01"]],
    ["strokes, the month first", ["01/13/2022", "01/02/2022"], ["2022-01-13", "2022-01-02"]],
    ["years of two digits", ["13/01/22", "01/02/99"], ["2022-01-13", "1999-02-01"]],
    [
      "clocks of twelve hours",
      ["1/31/2022 3:05 PM", "2/1/2022 12:00 am", "2/1/2022 12:30:05 p.m."],
      ["2022-01-31T15:05:00", "2022-02-01", "2022-02-01T12:30:05"],
    ],
    [
      "offsets and zones",
      ["2000/01/01 00:00 +0100", "2000/01/04 10:00 GMT", "2000/01/04 10:00:00 EST"],
      ["1999-12-31T23:00:00", "2000-01-04T10:00:00", "2000-01-04T15:00:00"],
    ],
    ["as C and Twitter write them", ["Sat Jan  1 00:00:00 2000", "Wed Aug 27 13:08:45 +0000 2008"], ["2000-01-01", "2008-08-27T13:08:45"]],
    ["as web servers write them", ["01/Jan/2000:13:55:36 -0700", "10/Oct/2000:00:00:01 +0000"], ["2000-01-01T20:55:36", "2000-10-10T00:00:01"]],
    ["more languages", ["3 gennaio 2022", "15 de março de 2022", "15 августа 2022", "2022年1月3日"], ["2022-01-03", "2022-03-15", "2022-08-15", "2022-01-03"]],
    ["databases, with none", ["2022-01-03", "0000-00-00", "NaT", "2022-01-04"], ["2022-01-03", null, null, "2022-01-04"]],
    ["digits alone, with an hour", ["20220103T100000Z", "20220103T100500"], ["2022-01-03T10:00:00", "2022-01-03T10:05:00"]],
    ["months alone", ["2015-01", "2015-02", "2016-12"], ["2015-01-01", "2015-02-01", "2016-12-01"]],
  ])("%s", async (_, cells, values) => {
    expect(await read(source("when", cells))).toMatchObject({ kind: "time", values });
  });

  it("asks where every number could be the day or the month", async () => {
    for (const cells of [
      ["01/02/2022", "03/04/2022"],
      ["01.02.22", "03.04.22"],
      ["1-2-2022 10:00", "3-4-2022 11:00"],
    ]) {
      const config = source("when", cells);
      const { kind, guesses } = await read(config);
      expect(kind).toBe("categorical");
      expect(guesses).toMatchObject([
        {
          field: "dates",
          said: { en: expect.stringContaining("until you choose") },
          instead: [{ set: { dates: { when: "dayFirst" } } }, { set: { dates: { when: "monthFirst" } } }],
        },
      ]);
      const [dayFirst, monthFirst] = guesses[0]?.instead ?? [];
      if (dayFirst === undefined || monthFirst === undefined) throw new Error("nothing instead");
      const day = await read(withAlternative(config, dayFirst));
      expect(day.kind).toBe("time");
      expect(day.values.map((value) => String(value).slice(0, 10))).toEqual(["2022-02-01", "2022-04-03"]);
      expect(day.guesses).toEqual([]);
      expect((await read(withAlternative(config, monthFirst))).values.map((value) => String(value).slice(0, 10))).toEqual(["2022-01-02", "2022-03-04"]);
    }
  });

  it("tells dates that contradict each other", async () => {
    const { kind, guesses } = await read(source("when", ["13/01/2022", "01/13/2022"]));
    expect(kind).toBe("categorical");
    expect(said(guesses)).toContain("some of its dates have the day first and others the month");
    const many = Array.from({ length: 200 }, (_, i) => (i === 7 ? "01/31/2022" : `${String(13 + (i % 15))}/02/2022`));
    const few = await read(source("when", many));
    expect(few.kind).toBe("time");
    expect(few.values[7]).toBeNull();
    expect(english(few.problems)).toMatchObject([{ kind: "badValue", total: 1 }]);
    expect(said(few.guesses)).toContain('1 with another order (such as "01/31/2022") count as missing');
  });

  it("takes eight digits for dates where all are and the name says so", async () => {
    const cells = ["20150101", "20150228", "20151231"];
    expect(await read(source("date", cells))).toMatchObject({
      kind: "time",
      values: ["2015-01-01", "2015-02-28", "2015-12-31"],
      guesses: [{ instead: [{ set: { kinds: { date: "numeric" } } }] }],
    });
    const long = ["20220103100000", "20220104100500", "20220105235959"];
    expect(await read(source("datetime", long))).toMatchObject({ kind: "time", values: ["2022-01-03T10:00:00", "2022-01-04T10:05:00", "2022-01-05T23:59:59"] });
    const config = source("n", cells);
    const { kind, guesses } = await read(config);
    expect({ kind, instead: guesses[0]?.instead.map(({ set }) => set) }).toEqual({ kind: "numeric", instead: [{ kinds: { n: "time" } }] });
    expect(await read({ ...config, kinds: { n: "time" } })).toMatchObject({ kind: "time", values: ["2015-01-01", "2015-02-28", "2015-12-31"] });
    expect((await read(source("date", ["20150101", "20150230", "20151231"]))).kind).toBe("numeric");
  });

  it("takes what is no date for missing where a person says that the column holds times", async () => {
    const { kind, values, problems } = await read(source("when", ["Jan 1 2000", "soon", "2001"], { kinds: { when: "time" } }));
    expect({ kind, values }).toEqual({ kind: "time", values: ["2000-01-01", null, null] });
    expect(problems).toMatchObject([{ kind: "badValue", total: 2, title: 'Column "when": 2 of 3 rows cannot be read as dates and count as missing' }]);
    expect((await read(source("year", ["1999", "2001"], { kinds: { year: "time" } }))).values).toEqual(["1999-01-01", "2001-01-01"]);
  });

  it.each<[string, readonly string[]]>([
    ["unixSeconds", ["1577836800", "1577836900", "1577840400"]],
    ["unixMilliseconds", ["1577836800000", "1577836900000", "1577840400000"]],
    ["unixMicroseconds", ["1577836800000000", "1577836900000000", "1577840400000000"]],
    ["unixNanoseconds", ["1577836800000000000", "1577836900000000000", "1577840400000000000"]],
  ])("offers %s", async (reading, cells) => {
    const config = source("timestamp", cells);
    const { kind, guesses } = await read(config);
    expect({ kind, instead: guesses[0]?.instead.map(({ set }) => set) }).toEqual({ kind: "numeric", instead: [{ dates: { timestamp: reading } }] });
    const [alternative] = guesses[0]?.instead ?? [];
    if (alternative === undefined) throw new Error("nothing instead");
    expect(await read(withAlternative(config, alternative))).toMatchObject({
      kind: "time",
      values: ["2020-01-01", "2020-01-01T00:01:40", "2020-01-01T01:00:00"],
    });
  });

  it.each<[string, readonly string[]]>([
    ["versions", ["1.2.03", "2.3.11", "1.10.12"]],
    ["codes of banks", ["12-34-56", "11-22-33"]],
    ["days that are none", ["30/02/2022", "31/04/2022"]],
    ["words", ["May", "March", "June"]],
    ["seasons", ["1999-00", "2000-01", "2015-16"]],
  ])("are not %s", async (_, cells) => {
    expect(await read(source("a", cells))).toMatchObject({ kind: "categorical", values: cells });
  });
});

describe("what means missing", () => {
  it.each<[string, string, readonly string[]]>([
    ["North America", "continent", ["NA", "AF", "AS", "EU", "SA"]],
    ["an airport", "airport", ["NAN", "SUV", "LAX", "ICN"]],
    ["Mr Null", "surname", ["Null", "Smith", "Jones", "Miller"]],
    ["no veneer", "veneer", ["None", "BrkFace", "Stone", "BrkCmn"]],
  ])("is not %s", async (word, name, cells) => {
    const config = source(name, cells);
    const { values, guesses } = await read(config);
    expect(values, word).toEqual(cells);
    expect(guesses).toMatchObject([{ field: "missing", instead: [{ set: { missing: { [name]: [cells[0]] } } }] }]);
    const [alternative] = guesses[0]?.instead ?? [];
    if (alternative === undefined) throw new Error("nothing instead");
    expect((await read(withAlternative(config, alternative))).values).toEqual([null, ...cells.slice(1)]);
  });

  it("is the usual words elsewhere, which can be set otherwise", async () => {
    const config = source("quality", ["NA", "good", "bad", "fair", "?"]);
    const { values, guesses } = await read(config);
    expect(values).toEqual([null, "good", "bad", "fair", null]);
    expect(guesses).toMatchObject([{ field: "missing", instead: [{ set: { missing: { quality: ["?"] } } }] }]);
    expect((await read({ ...config, missing: { quality: [] } })).values).toEqual(["NA", "good", "bad", "fair", "?"]);
    expect((await read({ ...config, missing: { quality: ["bad"] } })).values).toEqual(["NA", "good", null, "fair", "?"]);
  });

  it("is an empty cell in every column", async () => {
    expect((await read(source("a", ["x", "", "y"], { missing: { a: [] } }))).values).toEqual(["x", null, "y"]);
  });

  it("tells numbers that stand for nothing, and leaves them until it is said", async () => {
    const config = source("t", ["12.5", "13.5", "-999", "14", "11.5", "12", "-999", "13"]);
    const { values, guesses } = await read(config);
    expect(values).toEqual([12.5, 13.5, -999, 14, 11.5, 12, -999, 13]);
    expect(guesses).toMatchObject([
      { field: "missing", said: { en: expect.stringContaining("-999 in 2 rows") }, instead: [{ set: { missing: { t: ["-999"] } } }] },
    ]);
    expect((await read({ ...config, missing: { t: ["-999"] } })).values).toEqual([12.5, 13.5, null, 14, 11.5, 12, null, 13]);
    expect((await read(source("age", ["18", "99", "45", "60", "71", "82"]))).guesses).toEqual([]);
  });

  it("keeps what is said of other columns", async () => {
    const { guesses } = await read(source("t", ["12", "13", "-999", "14", "11", "15", "13"], { missing: { kind: ["?"] } }));
    expect(guesses[0]?.instead[0]?.set).toEqual({ missing: { kind: ["?"], t: ["-999"] } });
  });

  it("names a column that is not there", async () => {
    const configs: readonly Partial<CsvSource>[] = [{ missing: { b: [] } }, { dates: { b: "dayFirst" } }, { decimals: { b: "comma" } }];
    for (const config of configs)
      await expect(read(source("a", ["1", "2"], config))).rejects.toThrow(`data.source.${Object.keys(config)[0]}: must name a column`);
  });
});

describe("what pandas reads where it is told how", () => {
  const folder = path.join(import.meta.dirname, "fixtures", "cells");
  const oracle: Readonly<Record<string, { readonly texts: readonly string[]; readonly values: readonly (number | null)[] }>> = JSON.parse(
    readFileSync(path.join(folder, "oracle.json"), "utf8"),
  );

  it.each(Object.entries(oracle))("%s", async (_, { texts, values }) => {
    const { dataset } = await read(source("a", texts));
    const column = dataset.table?.columns[0];
    expect(column !== undefined && column.kind !== "categorical" && [...column.values]).toEqual(values);
  });
});

describe("files that know kinds", () => {
  const wide = { type: "parquet", path: path.join(import.meta.dirname, "fixtures", "cells", "wide.parquet"), task: "classification", target: "kind" } as const;
  const ids = Array.from({ length: 24 }, (_, i) => String(9_007_199_254_740_993n + 2n * BigInt(i)));
  const hashes = Array.from({ length: 24 }, (_, i) => String(2n ** 64n - 1n - BigInt(Math.floor(i / 2))));

  async function column(config: ParquetSource | ArrowSource, name: string) {
    const found = (await openDataset(config)).table?.columns.find((each) => each.name === name);
    if (found === undefined) throw new Error("no column");
    const values = found.kind === "categorical" ? Array.from(found.codes, (code) => found.categories[code] ?? null) : [...found.values];
    return { kind: found.kind, values };
  }

  it("keep whole numbers apart in Parquet that doubles cannot hold", async () => {
    expect(await column(wide, "id")).toEqual({ kind: "categorical", values: ids });
    expect(await column(wide, "hash")).toEqual({ kind: "categorical", values: hashes });
    expect(await column(wide, "count")).toEqual({ kind: "numeric", values: Array.from({ length: 24 }, (_, i) => 10 * i - 7) });
    expect((await column({ ...wide, kinds: { id: "numeric" } }, "id")).kind).toBe("numeric");
    expect((await column({ ...wide, target: "hash" }, "hash")).values).toEqual(hashes);
    const { facts, problems } = await openDataset(wide);
    expect(said(facts.guesses ?? [])).toMatch(/Column "id" is read as categories, not as numbers/);
    expect(problems[0]).toMatchObject({ kind: "identifierColumn", items: [{ place: 'column "id"' }] });
  });

  it("offer dates, times and numbers in text, and read them when it is said", async () => {
    const { guesses } = await openDataset(wide);
    expect(guesses.map(({ instead }) => instead.map(({ set }) => set))).toEqual([
      [{ kinds: { id: "numeric" } }],
      [{ kinds: { hash: "numeric" } }],
      [{ dates: { at: "unixSeconds" } }],
      [{ kinds: { when: "time" } }],
      [{ kinds: { price: "numeric" } }],
    ]);
    const start = Date.UTC(2020, 0, 1);
    const minutes = Array.from({ length: 24 }, (_, i) => start + 60_000 * i);
    expect(await column({ ...wide, dates: { at: "unixSeconds" } }, "at")).toEqual({ kind: "time", values: minutes });
    expect(await column({ ...wide, kinds: { at: "time" } }, "at")).toEqual({ kind: "time", values: minutes });
    const days = Array.from({ length: 24 }, (_, i) => Date.UTC(2022, 0, 1 + i));
    expect(await column({ ...wide, kinds: { when: "time" } }, "when")).toEqual({ kind: "time", values: days });
    expect(await column({ ...wide, kinds: { price: "numeric" } }, "price")).toEqual({
      kind: "numeric",
      values: Array.from({ length: 24 }, (_, i) => 1000.5 + i),
    });
  });

  it("hold no text that means missing, but where it is said", async () => {
    expect((await column(wide, "continent")).values.slice(0, 3)).toEqual(["NA", "EU", "AF"]);
    expect((await column({ ...wide, missing: { continent: ["NA"] } }, "continent")).values.slice(0, 3)).toEqual([null, "EU", "AF"]);
    expect((await column({ ...wide, missing: { count: ["-7"] } }, "count")).values.slice(0, 3)).toEqual([Number.NaN, 3, 13]);
  });

  it("do all of that in Arrow as well", async () => {
    const table = new ArrowTable({
      id: vectorFromArray(ids.map(BigInt), new Int64()),
      hash: vectorFromArray(
        hashes.map((each, i) => (i === 3 ? null : BigInt(each))),
        new Uint64(),
      ),
      count: vectorFromArray(
        ids.map((_, i) => (i === 1 ? null : BigInt(i - 5))),
        new Int64(),
      ),
      when: vectorFromArray(ids.map((_, i) => `${13 + (i % 15)}.02.2022`)),
      kind: vectorFromArray(ids.map((_, i) => "xy"[i % 2] ?? "")),
    });
    const config = { type: "arrow", path: scratch.write("wide.arrow", tableToIPC(table, "file")), task: "classification", target: "kind" } as const;
    expect(await column(config, "id")).toEqual({ kind: "categorical", values: ids });
    expect(await column(config, "hash")).toEqual({ kind: "categorical", values: hashes.map((each, i) => (i === 3 ? null : each)) });
    expect(await column(config, "count")).toEqual({ kind: "numeric", values: ids.map((_, i) => (i === 1 ? Number.NaN : i - 5)) });
    expect((await column({ ...config, kinds: { when: "time" } }, "when")).values[0]).toBe(Date.UTC(2022, 1, 13));
  });
});

describe("data for a trained network", () => {
  const rows = (cell: (i: number) => string) => Array.from({ length: 40 }, (_, i) => cell(i));

  /** Trains on nothing: what a network would know of such a column. */
  async function trained(cells: readonly string[], config: Partial<CsvSource> = {}) {
    const known = source("a", cells, config);
    const { facts, featureColumns } = await openDataset(known);
    return { source: known, facts: JSON.parse(JSON.stringify(facts)) as typeof facts, columns: featureColumns ?? [] };
  }

  async function given(on: Awaited<ReturnType<typeof trained>>, cells: readonly string[]) {
    const samples = await openGiven(scratch.write(`g${++files}.csv`, `a\n${cells.map((cell) => `"${cell}"`).join("\n")}\n`), on);
    const { samples: values } = await samples.fetch(Uint32Array.from(cells, (_, i) => i));
    return { values: [...values], notes: samples.notes };
  }

  it("has its ambiguous dates read as in training", async () => {
    const dayFirst = await trained(rows((i) => `${String(1 + (i % 28)).padStart(2, "0")}/02/2022`));
    const days = Date.UTC(2022, 3, 3) / 86_400_000;
    expect((await given(dayFirst, ["03/04/2022"])).values).toEqual([days]);
    const monthFirst = await trained(rows((i) => `02/${String(1 + (i % 28)).padStart(2, "0")}/2022`));
    expect((await given(monthFirst, ["04/03/2022"])).values).toEqual([days]);
    const set = await trained(
      rows((i) => `0${1 + (i % 9)}/02/2022`),
      { dates: { a: "dayFirst" } },
    );
    expect((await given(set, ["03/04/2022"])).values).toEqual([days]);
    // Dates that only the other order can read are no dates of this network.
    await expect(given(dayFirst, ["04/13/2022", "04/14/2022"])).rejects.toThrow(/must hold dates .*, as in training/);
  });

  it("is not read in an order that training never judged", async () => {
    const iso = await trained(rows((i) => `2022-01-${String(1 + (i % 28)).padStart(2, "0")}`));
    expect((await given(iso, ["13/01/2022"])).values).toEqual([Date.UTC(2022, 0, 13) / 86_400_000]);
    await expect(given(iso, ["01/02/2022"])).rejects.toThrow(/must hold dates/);
    await expect(given(iso, ["5"])).rejects.toThrow(/must hold dates/);
  });

  it("has its ambiguous numbers read as in training", async () => {
    const commas = await trained(rows((i) => `${i},${i % 10}5`));
    expect((await given(commas, ["1,234"])).values).toEqual([Math.fround(1.234)]);
    const thousands = await trained(rows((i) => `${1 + i},${String(100 + i)}`));
    expect((await given(thousands, ["1,234"])).values).toEqual([1234]);
    const set = await trained(
      rows((i) => `${1 + i},${String(100 + i)}`),
      { decimals: { a: "comma" } },
    );
    expect((await given(set, ["1,234"])).values).toEqual([Math.fround(1.234)]);
  });

  it("has the unit of training", async () => {
    const kilograms = await trained(rows((i) => `${i} kg`));
    expect((await given(kilograms, ["5 kg", "7"])).values).toEqual([5, 7]);
    await expect(given(kilograms, ["5 g"])).rejects.toThrow('must hold numbers in kg, as in training; received "5 g"');
    const { values, notes } = await given(kilograms, ["5 kg", "5 g"]);
    expect(values).toEqual([5, Number.NaN]);
    expect(notes).toEqual(["column a: 1 cell is not a number, and treated as missing"]);
    const plain = await trained(rows(String));
    await expect(given(plain, ["5 g", "6 g"])).rejects.toThrow("must hold numbers without a unit, as in training");
    const money = await trained(rows((i) => `$${i}`));
    expect((await given(money, ["$1,200.50"])).values).toEqual([1200.5]);
    await expect(given(money, ["€5"])).rejects.toThrow("must hold numbers in $");
  });

  it("keeps categories that are words for missing elsewhere, and the words that were set", async () => {
    const continents = await trained(rows((i) => ["NA", "AF", "AS", "EU"][i % 4] ?? ""));
    expect((await given(continents, ["NA", "AF"])).values).toEqual([3, 0]);
    const set = await trained(
      rows((i) => (i % 10 === 0 ? "-999" : String(i))),
      { missing: { a: ["-999"] } },
    );
    expect((await given(set, ["-999", "5"])).values).toEqual([Number.NaN, 5]);
    const codes = await trained(rows((i) => `0${1000 + (i % 4)}`));
    expect((await given(codes, ["01001", "1001"])).values).toEqual([1, 4]);
  });
});
