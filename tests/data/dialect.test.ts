/** Text tables as people have them: without a header, with lines around the table, parted and quoted in other ways. What is judged is said. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { detectSource } from "../../src/main/data/detect.ts";
import { openGiven } from "../../src/main/data/given/open.ts";
import { type CsvSource, reader as csv } from "../../src/main/data/readers/csv.ts";
import { RED } from "../../src/main/data/readers/sampleImages.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { type Guess, withAlternative } from "../../src/shared/recipe/guess.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
let files = 0;

beforeAll(() => {
  process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");
});

interface Read {
  readonly source: CsvSource;
  readonly dataset: Dataset;
  readonly names: readonly string[];
  readonly guesses: readonly Guess[];
  readonly samples: readonly number[];
}

/** What a person gets who drops a file. */
async function drop(content: string | Uint8Array, name = "t.csv", set: Partial<CsvSource> = {}): Promise<Read> {
  const file = scratch.write(`${++files}-${name}`, content);
  const found = await csv.detect?.(file, set);
  if (found === null || found === undefined) throw new Error("not detected");
  return read({ ...found, ...set });
}

async function read(source: CsvSource): Promise<Read> {
  const dataset = await openDataset(source);
  const { samples } = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  return { source, dataset, names: dataset.table?.columns.map(({ name }) => name) ?? [], guesses: dataset.guesses, samples: [...samples] };
}

const lines = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));
const text = (...parts: readonly (string | readonly string[])[]) => `${parts.flat().join("\n")}\n`;
const KINDS = ["setosa", "versicolor", "virginica"];
const iris = lines(30, (i) => `${5 + (i % 7) / 10},${3 + (i % 5) / 10},${1 + (i % 9) / 10},${KINDS[i % 3]}`);

describe("a table without a header", () => {
  it("is known by its cells, said, and read otherwise by one alternative", async () => {
    const { source, dataset, names, guesses } = await drop(text(iris), "iris.data");
    expect(dataset.length).toBe(30);
    expect(names).toEqual(["column 1", "column 2", "column 3", "column 4"]);
    expect(source).toMatchObject({ target: "column 4", task: "classification" });
    expect(guesses).toMatchObject([{ field: "header", instead: [{ set: { header: true, target: "setosa" } }] }]);
    expect(guesses[0]?.said.en).toMatch(/^The first line holds data, not names/);
    const [alternative] = guesses[0]?.instead ?? [];
    if (alternative === undefined) throw new Error("no alternative");
    const other = await read(withAlternative(source, alternative));
    expect(other.dataset.length).toBe(29);
    expect(other.names).toEqual(["5", "3", "1", "setosa"]);
    expect(other.guesses).toEqual([]);
  });

  it.each([
    ["letters that come again", text(lines(40, (i) => `${"ep"[i % 2]},${"xyz"[i % 3]},${"nsf"[(i * 2) % 3]}`)), 40],
    ["missing cells in the first line", text("?,1,a", "5,2,b", "6,4,a", "7,3,b"), 4],
    ["dates", text(lines(9, (i) => `2024-01-0${i + 1};${i * 2};${"ab"[i % 2]}`)), 9],
    ["decimal commas", text(lines(12, (i) => `${i},5;${i},25;${"ab"[i % 2]}`)), 12],
    ["numbers of rows", text(lines(12, (i) => `${i + 1},${(i * 7) % 5},${i % 2}`)), 12],
    ["blanks behind the commas", text(lines(12, (i) => `${20 + i}, ${["Private", "State-gov"][i % 2]}, ${["<=50K", ">50K"][(i * 3) % 2]}`)), 12],
    ["no line end at the end", lines(12, (i) => `${i / 4},${i % 3},${"ab"[i % 2]}`).join("\r\n"), 12],
  ])("%s", async (_, content, length) => {
    const { dataset, names, guesses } = await drop(content);
    expect(dataset.length).toBe(length);
    expect(names.slice(0, 2)).toEqual(["column 1", "column 2"]);
    expect(guesses[0]?.field).toBe("header");
  });

  it("keeps the roles of its columns under the other reading", async () => {
    const file = scratch.write("roles.csv", text(iris));
    const roles = { target: "column 4", task: "classification", ignore: ["column 1"], kinds: { "column 2": "categorical" } } satisfies Partial<CsvSource>;
    const { guesses } = await read({ type: "csv", path: file, ...roles });
    expect(guesses[0]?.instead[0]?.set).toEqual({ header: true, target: "setosa", ignore: ["5"], kinds: { "3": "categorical" } });
  });

  it("offers no header where two cells of the first line are the same", async () => {
    const { guesses } = await drop(
      text(
        "1,1,a",
        lines(20, (i) => `${i},${i % 4},${"ab"[i % 2]}`),
      ),
    );
    expect(guesses).toMatchObject([{ field: "header", instead: [] }]);
  });

  it("leaves the columns out that delimiters at the edges make", async () => {
    const { names, samples } = await drop(text("1,5,a,", "2,6,b,", "3,7,a,"));
    expect(names).toEqual(["column 1", "column 2", "column 3"]);
    expect(samples).toEqual([1, 5, 2, 6, 3, 7]);
  });
});

describe("a header", () => {
  it("that is clear is no guess", async () => {
    expect(
      (
        await drop(
          text(
            "a,b,kind",
            iris.map((line) => line.slice(line.indexOf(",") + 1)),
          ),
        )
      ).guesses,
    ).toEqual([]);
    expect(
      (
        await drop(
          text(
            "day,kind",
            lines(9, (i) => `2024-01-0${i + 1},${"ab"[i % 2]}`),
          ),
        )
      ).guesses,
    ).toEqual([]);
  });

  it("of dates over numbers, or beside codes, is clear", async () => {
    const covid = await drop(
      text(
        "country,lat,1/22/20,1/23/20,1/24/20,kind",
        lines(20, (i) => `C${i % 4},${i * 1.5},${i},${i * 2},${i * 3},${"ab"[i % 2]}`),
      ),
    );
    expect(covid.names).toEqual(["country", "lat", "1/22/20", "1/23/20", "1/24/20", "kind"]);
    expect(covid.guesses).toEqual([]);
    expect(
      (
        await drop(
          text(
            "code,weight,kind",
            lines(12, (i) => `A-${i % 4},${i % 5} kg,${"ab"[i % 2]}`),
          ),
        )
      ).guesses.map(({ field }) => field),
    ).toEqual(["kinds"]);
  });

  it("of pandas, which counts columns that have no names, is one", async () => {
    const { names, guesses } = await drop(
      text(
        "0,1,2",
        lines(12, (i) => `${i}.5,${i * 7},${"xy"[i % 2]}`),
      ),
    );
    expect(names).toEqual(["0", "1", "2"]);
    expect(guesses.map(({ field }) => field)).toEqual(["header"]);
  });

  it("is what a file of words alone is taken to have, and said", async () => {
    const { source, guesses, names } = await drop(
      text(
        "colour,shape,kind",
        lines(20, (i) => `${["red", "blue"][i % 2]},${["round", "flat"][i % 3 === 0 ? 0 : 1]},${"ab"[(i * 3) % 2]}`),
      ),
    );
    expect(names).toEqual(["colour", "shape", "kind"]);
    expect(source.target).toBe("kind");
    expect(guesses).toMatchObject([{ field: "header", instead: [{ set: { header: false, target: "column 3" } }] }]);
  });

  it.each([
    [
      "years",
      text(
        "2019,2020,2021",
        lines(20, (i) => `${i * 3},${(i * 7) % 11},${i % 2}`),
      ),
      ["2019", "2020", "2021"],
    ],
    [
      "years behind a name",
      text(
        "town,2019,2020,2021",
        lines(20, (i) => `t${i},${i * 3},${(i * 7) % 11},${i % 2}`),
      ),
      ["town", "2019", "2020", "2021"],
    ],
    [
      "positions",
      text(
        "0,1,2,3",
        lines(20, (i) => `${i / 8},${i / 3},${(i * 7) % 4},${"ab"[i % 2]}`),
      ),
      ["0", "1", "2", "3"],
    ],
  ])("of %s is judged as one, and said", async (_, content, expected) => {
    const { names, guesses } = await drop(content);
    expect(names).toEqual(expected);
    expect(guesses).toMatchObject([{ field: "header", instead: [{ set: { header: false } }] }]);
  });

  it("may have a name less than the rows have cells, where these begin with names", async () => {
    const { names, dataset } = await drop(
      text(
        '"speed","dist","kind"',
        lines(12, (i) => `"${i + 1}",${i % 5},${i * 2},"${"ab"[i % 2]}"`),
      ),
    );
    expect(names).toEqual(["speed", "dist", "kind"]);
    expect(english(dataset.problems)).toMatchObject([{ title: "1 of 4 columns has no name and is left out" }]);
  });

  it("that is short may as well be wrong, which is said where the first cells are plain numbers", async () => {
    const { source, guesses } = await drop(
      text(
        "a,b,kind",
        lines(12, (i) => `${i + 1},${i % 5},7,${"ab"[i % 2]}`),
      ),
    );
    const [alternative] = guesses[0]?.instead ?? [];
    if (alternative === undefined) throw new Error("no alternative");
    expect(alternative.set).toEqual({ header: false, skip: 1, target: "column 4" });
    const other = await read(withAlternative(source, alternative));
    expect({ names: other.names.length, length: other.dataset.length, guesses: other.guesses }).toEqual({ names: 4, length: 12, guesses: [] });
  });

  it("may lack the delimiter at the end of the rows", async () => {
    expect((await drop(text("a,kind", "1,x,", "2,y,", "3,x,"))).names).toEqual(["a", "kind"]);
  });
});

describe("what a person says comes first", () => {
  it("names in the first line make it a header, positions none", async () => {
    const content = text(
      "1,2,3",
      lines(20, (i) => `${i},${(i * 7) % 5},${i % 2}`),
    );
    const source: CsvSource = { type: "csv", path: scratch.write("names.csv", content), target: "3", task: "classification" };
    expect((await read(source)).names).toEqual(["1", "2", "3"]);
    expect((await read({ ...source, target: "column 3" })).names).toEqual(["column 1", "column 2", "column 3"]);
    // The same file with names: the positions stay what they are.
    const named = scratch.write(
      "named.csv",
      text(
        "a,b,kind",
        lines(20, (i) => `${i},${(i * 7) % 5},${i % 2}`),
      ),
    );
    const { names, dataset } = await read({ ...source, path: named, target: "column 3" });
    expect({ names, length: dataset.length }).toEqual({ names: ["column 1", "column 2", "column 3"], length: 20 });
  });

  it("fields that are set are no guesses, for dropped files too", async () => {
    const content = text(
      "a,b,kind",
      lines(20, (i) => `${i},${(i * 7) % 5},${i % 2}`),
    );
    const { source, guesses, dataset } = await drop(content, "t.csv", { header: false });
    expect(source).toMatchObject({ header: false, target: "column 3" });
    expect({ guesses, length: dataset.length }).toEqual({ guesses: [], length: 21 });
    expect((await drop(text(iris), "t.csv", { header: true })).source).toMatchObject({ header: true, target: "setosa" });
    expect((await drop(text("a b|c", "1 2|3", "4 5|6"), "t.csv", { delimiter: "bar" })).names).toEqual(["a b", "c"]);
    expect((await drop(text("x,y,z", "q,r,s", "a,b,kind", "1,2,u", "2,3,v"), "t.csv", { skip: 2 })).names).toEqual(["a", "b", "kind"]);
    expect((await drop(text("a,kind", "1,u", "~ 2,v", "3,v"), "t.csv", { comment: "~" })).dataset.length).toBe(2);
    expect((await drop(text("a,kind", '5",u', '6",v', '7",v'), "t.csv", { quote: "none", kinds: { a: "categorical" } })).dataset.length).toBe(3);
    expect((await drop(text("a,kind", "1,u", "2,v", "3,v"), "t.csv", { skipEnd: 1 })).dataset.length).toBe(2);
  });

  it("and what cannot be used of it is left to the schema", async () => {
    const file = scratch.write("odd.csv", text("a,kind", "1,u", "2,v"));
    expect(await csv.detect?.(file, { header: "perhaps", skip: -1 })).toEqual({ type: "csv", path: file, target: "kind", task: "classification" });
  });
});

describe("lines in front of a table", () => {
  const table = ["a;b;kind", ...lines(12, (i) => `${i};${i},5;${"xy"[i % 2]}`)];

  it.each([
    ["the separator of Excel", ["sep=;"], 0],
    ["the separator of Excel in quotes", ['"sep=;"'], 0],
    ["a title", ["Sales of the year, in thousands"], 1],
    ["titles and blank lines", ["Station;Zürich", "", "Made by hand", ""], 2],
    ["titles with delimiters at their ends", ["A title;;", ";;"], 2],
    ["pairs of names and values", ["Station;Zürich;", "Date;2024-01-31;", "By;hand;", ""], 3],
    ["pairs of fewer cells", ["Station;Zürich", "Date;2024-01-31", ""], 2],
    ["comments", ["# made", "# by a program"], 2],
    ["comments of LaTeX", ["% made", "% by a program"], 2],
    ["comments of C", ["// made by a program"], 1],
  ])("%s", async (_, front, told) => {
    const { names, dataset, guesses } = await drop(text(front, table));
    expect(names).toEqual(["a", "b", "kind"]);
    expect(dataset.length).toBe(12);
    expect(dataset.place(0)).toBe(`line ${front.length + 2}`);
    expect(dataset.problems.map(({ total }) => total)).toEqual(told === 0 ? [] : [told]);
    expect(guesses).toEqual([]);
  });

  it("comments between the rows too", async () => {
    const { dataset } = await drop(text("# made", table.slice(0, 6), "# more", table.slice(6)));
    expect(dataset.length).toBe(12);
  });

  it("the names as NumPy writes them, in a comment", async () => {
    const { names, dataset, guesses } = await drop(
      text(
        "# a b kind",
        lines(12, (i) => `${i}.5 ${(i * 7) % 5} ${i % 2}`),
      ),
      "saved.txt",
    );
    expect({ names, length: dataset.length, guesses }).toEqual({ names: ["a", "b", "kind"], length: 12, guesses: [] });
  });

  it("no comment is a name that begins with a hash", async () => {
    const { names } = await drop(
      text(
        "#,name,kind",
        lines(12, (i) => `${i},n${i},${"ab"[i % 2]}`),
      ),
    );
    expect(names).toEqual(["#", "name", "kind"]);
    expect(
      (
        await drop(
          text(
            "#id,name,kind",
            lines(12, (i) => `${i},n${i},${"ab"[i % 2]}`),
          ),
        )
      ).names,
    ).toEqual(["#id", "name", "kind"]);
    expect(
      (
        await drop(
          text(
            "colour,kind",
            lines(12, (i) => `#ff00${i % 4}0,${"ab"[i % 2]}`),
          ),
        )
      ).dataset.length,
    ).toBe(12);
  });

  it("a line of units below the header, which can be a row", async () => {
    const content = text(
      "time,speed,kind",
      "[s],[m/s],",
      lines(12, (i) => `${i},${i * 3},${"ab"[i % 2]}`),
    );
    const { dataset, guesses, source } = await drop(content);
    expect(dataset.length).toBe(12);
    expect(guesses).toMatchObject([{ field: "units", instead: [{ set: { units: false } }] }]);
    expect((await read({ ...source, units: false })).dataset.problems.length).toBeGreaterThan(0);
    expect(
      (
        await drop(
          text(
            "time,speed",
            "s,km/h",
            lines(12, (i) => `${i},${i * 3.5}`),
          ),
        )
      ).dataset.length,
    ).toBe(12);
    // A cell that is no number is no unit.
    expect(
      (
        await drop(
          text(
            "name,age,kind",
            "Ada,unknown,a",
            lines(120, (i) => `n${i},${i},${"ab"[i % 2]}`),
          ),
        )
      ).dataset.length,
    ).toBe(121);
  });
});

describe("lines below a table", () => {
  const table = ["region,sold,kind", ...lines(12, (i) => `r${i},${i * 10},${"xy"[i % 2]}`)];

  it("a sum is left out and can be a row", async () => {
    for (const word of ["Total", "Grand Total", "Summe", "합계"]) {
      const { dataset, guesses, source } = await drop(text(table, `${word},660,`));
      expect(dataset.length, word).toBe(12);
      expect(guesses).toMatchObject([{ field: "skipEnd", instead: [{ set: { skipEnd: 0 } }] }]);
      expect((await read({ ...source, skipEnd: 0, target: "region", kinds: {} }).catch(() => null))?.dataset.length ?? 13).toBe(13);
    }
  });

  it.each([
    ["a note", ["Source: the office"]],
    ["notes behind a blank line", ["", "Source: the office", "All figures are rounded"]],
    ["a note with delimiters", ["", "Source: the office, the town, and others"]],
    ["a count of rows", ["(12 rows)"]],
    ["a ruled line and a short sum", ["-----", "Total,660"]],
  ])("%s", async (_, below) => {
    const { dataset } = await drop(text(table, below));
    expect(dataset.length).toBe(12);
    expect(dataset.problems.some(({ title }) => english(title).includes("below the table"))).toBe(true);
  });

  it("in a file of many blocks", async () => {
    const rows = lines(60_000, (i) => `${i},${i / 8},k${i % 3}`);
    const { dataset } = await drop(text("a,b,kind", rows, "", "Source: ü"));
    expect(dataset.length).toBe(60_000);
    expect((await drop(Buffer.from(`\ufeff${text("a,b,kind", rows.slice(0, 30_000), "", "Source: ü")}`, "utf16le"))).dataset.length).toBe(30_000);
  });

  it("but no row that was cut off", async () => {
    const whole = text(table);
    const fault = await faultOf(drop(whole.slice(0, -6)));
    expect(english(fault.problems)).toMatchObject([{ expected: "must have 3 columns, as in the header row" }]);
  });

  it("nor a value that comes in other rows", async () => {
    const { dataset } = await drop(
      text(
        "region,sold,kind",
        lines(12, (i) => `${["Total", "North"][i % 2]},${i},${"xy"[i % 3 === 0 ? 0 : 1]}`),
        "Total,5,x",
      ),
    );
    expect(dataset.length).toBe(13);
  });
});

describe("columns parted in other ways", () => {
  const NAMES = ["width", "height", "kind"];
  const rows = lines(12, (i) => `${i}.5|${(i * 7) % 5}|${"xy"[i % 2]}`);
  const made = (make: (cells: readonly string[]) => string) => text([NAMES.join("|"), ...rows].map((row) => make(row.split("|"))));

  it.each([
    ["several spaces", made((cells) => cells.join("   "))],
    ["one space", made((cells) => cells.join(" "))],
    ["spaces that align them", made((cells) => cells.map((cell) => cell.padStart(10)).join(""))],
    ["spaces that align them to the left", made((cells) => cells.map((cell) => cell.padEnd(10)).join(""))],
    ["two colons", made((cells) => cells.join("::"))],
    ["tabs and spaces", made(([a, b, c]) => `${a}  ${b}\t${c}`)],
    ["a table of Markdown", made((cells) => `| ${cells.join(" | ")} |`).replace("\n", "\n|---|:--|---|\n")],
    ["a table of psql", `${made((cells) => ` ${cells.join(" | ")}`).replace("\n", "\n-----+-----+----\n")}(12 rows)\n\n`],
    ["a table of MySQL", `+---+---+---+\n${made((cells) => `| ${cells.join(" | ")} |`).replace("\n", "\n+---+---+---+\n")}+---+---+---+\n`],
  ])("%s", async (_, content) => {
    const { names, samples, dataset } = await drop(content);
    expect(names).toEqual(NAMES);
    expect(samples).toEqual(lines(12, (i) => `${i}.5,${(i * 7) % 5}`).flatMap((row) => row.split(",").map(Number)));
    expect(dataset.guesses).toEqual([]);
  });

  it("commas, where every cell holds blanks as well", async () => {
    const dates = await drop(
      text(
        "date,day,kind",
        lines(12, (i) => `2022. ${(i % 12) + 1}. ${i + 1}.,2022년 ${(i % 12) + 1}월 ${i + 1}일,${"xy"[i % 2]}`),
      ),
    );
    expect(dates.names).toEqual(["date", "day", "kind"]);
    const numbers = await drop(
      text(
        "phone,value,kind",
        lines(12, (i) => `+82 10-1234-${5000 + i},${i},${"xy"[i % 2]}`),
      ),
    );
    expect(numbers.names).toEqual(["phone", "value", "kind"]);
  });

  it("spaces without a header, in any block", async () => {
    const content = text(lines(30_000, (i) => `  ${(i % 100) / 4}   ${i % 7}  "name ${i % 3}"  ${"ab"[i % 2]} `));
    const { dataset, names } = await drop(content, "auto.data");
    expect({ length: dataset.length, names: names.length }).toEqual({ length: 30_000, names: 4 });
    expect(dataset.columns).toMatchObject([{ kind: "numeric" }, { kind: "numeric" }, { kind: "categorical", categories: ["name 0", "name 1", "name 2"] }]);
  });

  it("two spaces and more where cells hold single ones", async () => {
    const { names, dataset } = await drop(
      text(
        "town name    people   kind",
        lines(12, (i) => `New ${i % 2 === 0 ? "Old York" : "Ulm"}    ${i * 5}   ${"ab"[i % 2]}`),
      ),
    );
    expect(names).toEqual(["town name", "people", "kind"]);
    expect(dataset.columns?.[0]).toMatchObject({ categories: ["New Old York", "New Ulm"] });
  });

  it("names of rows beside blanks, as pandas prints them", async () => {
    const { names } = await drop(
      text(
        "     a   b kind",
        lines(12, (i) => `${String(i).padEnd(3)} ${i}.5  ${i * 2}  ${"xy"[i % 2]}`),
      ),
    );
    expect(names).toEqual(["a", "b", "kind"]);
  });

  it("tabs around cells with quotes that are none", async () => {
    const { dataset } = await drop(
      text(
        "size\tsaid\tkind",
        lines(12, (i) => `${i}\tshe said "${i % 3}"\t${"ab"[i % 2]}`),
      ),
    );
    expect(dataset.columns?.[1]).toMatchObject({ categories: ['she said "0"', 'she said "1"', 'she said "2"'] });
  });

  it("single quotes", async () => {
    const { names, dataset } = await drop(
      text(
        "'a','name','kind'",
        lines(12, (i) => `${i},'x, ''${i % 3}''','${"ab"[i % 2]}'`),
      ),
    );
    expect(names).toEqual(["a", "name", "kind"]);
    expect(dataset.columns?.[1]).toMatchObject({ categories: ["x, '0'", "x, '1'", "x, '2'"] });
    // Apostrophes in words are no quotes.
    expect(
      (
        await drop(
          text(
            "name,kind",
            lines(12, (i) => `o'${i % 3}neil's,${"ab"[i % 2]}`),
          ),
        )
      ).dataset.columns?.[0],
    ).toMatchObject({ kind: "categorical" });
  });

  it("decimal commas do not part what semicolons part", async () => {
    const { samples } = await drop(text(lines(12, (i) => `${i},5;${i},25;${i % 2}`)));
    expect(samples.slice(0, 4)).toEqual([0.5, 0.25, 1.5, 1.25]);
  });
});

describe("what is no table of this kind", () => {
  it.each([
    ["ARFF", "@relation iris\n@attribute a numeric\n@attribute kind {x,y}\n@data\n1,x\n2,y\n", /ARFF/],
    ["ARFF with comments", "% made\n%\n@RELATION iris\n@ATTRIBUTE a numeric\n@DATA\n1\n", /ARFF/],
    ["JSON", '{"a": 1,\n "b": [1, 2, 3]}\n', /JSON/],
    ["a list in JSON", '[{"a": 1, "kind": "x"},\n {"a": 2, "kind": "y"}]\n', /JSON/],
    ["lines of JSON", '{"a": 1, "kind": "x"}\n{"a": 2, "kind": "y"}\n', /JSON/],
    ["a web page", "<!DOCTYPE html>\n<html><body>404, not found</body></html>\n", /web page/],
    ["XML", '<?xml version="1.0"?>\n<rows><row a="1"/></rows>\n', /XML/],
    ["an Excel workbook", Buffer.from("504b030414000600080000002100", "hex"), /Excel workbook/],
    ["an old Excel workbook", Buffer.from("d0cf11e0a1b11ae10000000000000000", "hex"), /Excel workbook/],
    ["Parquet", Buffer.from("PAR1\x00\x00\x00\x00PAR1", "latin1"), /Parquet/],
    ["PDF", "%PDF-1.7\n1 0 obj\n", /PDF/],
  ])("%s is named once, with what to do", async (_, content, expected) => {
    const file = scratch.write(`foreign-${++files}.csv`, content);
    const { problems } = await faultOf(detectSource(file));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ place: file, received: expect.stringMatching(expected), remedy: expect.stringMatching(/\w{4}/) });
    expect((await faultOf(openDataset({ type: "csv", path: file, target: "kind", task: "classification" }))).problems).toEqual(problems);
  });

  it.each([
    ["book.xlsx", Buffer.from("504b030414000600080000002100", "hex"), /"\.xlsx": an Excel workbook/],
    ["weather.arff", "@relation weather\n@attribute a numeric\n@data\n1\n", /"\.arff": an ARFF file/],
    ["page.htm", "<html><table><tr><td>1</td></tr></table></html>\n", /"\.htm": a web page/],
    ["sparse.txt", "1 1:0.5 7:2\n0 2:1.5 3:4\n", /"\.txt": a sparse LIBSVM file/],
    ["list.txt", '[{"a": 1}]', /"\.txt": JSON/],
  ])("%s is named where its ending is no table's", async (name, content, expected) => {
    const { problems } = await faultOf(detectSource(scratch.write(name, content)));
    expect(problems).toMatchObject([{ received: expect.stringMatching(expected), remedy: expect.not.stringContaining("Convert it to one of these") }]);
  });

  it("is prose in a text file", async () => {
    for (const [name, content] of [
      ["letter.txt", "Dear Ada, dear Grace,\nall is well.\nGreetings, and so on, to all of you.\n"],
      ["names.dat", "one\ntwo\nthree\n"],
    ] as const)
      expect(await csv.detect?.(scratch.write(name, content)), name).toBeNull();
  });

  it("rows of many lengths are one problem with the places and the likely cause", async () => {
    const of = async (content: string) => {
      const file = scratch.write("ragged.csv", content);
      const { problems } = await faultOf(openDataset({ type: "csv", path: file, target: "kind", task: "classification" }));
      expect(problems).toHaveLength(1);
      return { ...problems[0], place: path.basename(problems[0]?.place ?? "") };
    };
    expect(
      await of(
        text(
          "a,kind",
          lines(40, (i) => (i % 4 === 0 ? `${i},x,y` : `${i},x`)),
        ),
      ),
    ).toMatchObject({
      place: "ragged.csv:2",
      received: "3 columns in 10 of 40 rows (lines 2, 6, 10, 14, 18, …)",
      remedy: expect.stringMatching(/unquoted value probably contains a comma/),
    });
    expect(
      await of(
        text(
          "a,kind,b",
          lines(40, (i) => `${i % 5},x,4,${i % 3}`),
        ),
      ),
    ).toMatchObject({ received: expect.stringMatching(/^4 columns in 40 of 40 rows/) });
  });
});

describe("tables beside other data", () => {
  it.each([
    ["without a header", lines(8, (i) => `${i}.png,${"ab"[i % 2]}`), "column 1", "column 2"],
    ["with a separator in front", ["sep=;", "file;kind", ...lines(8, (i) => `${i}.png;${"ab"[i % 2]}`)], "file", "kind"],
    ["with comments in front", ["# by hand", "file kind", ...lines(8, (i) => `${i}.png   ${i % 2}`)], "file", "kind"],
  ])("labels of images %s", async (name, labels, file, target) => {
    const folder = path.join(scratch.folder, `images-${name.replaceAll(" ", "-")}`);
    mkdirSync(folder, { recursive: true });
    for (let i = 0; i < 8; i++) writeFileSync(path.join(folder, `${i}.png`), RED);
    writeFileSync(path.join(folder, "labels.csv"), text(labels));
    const source = await detectSource(folder);
    expect(source).toMatchObject({ type: "labelledImages", file, target, task: "classification" });
    const dataset = await openDataset(source);
    expect(dataset.length).toBe(8);
    await dataset.close();
  });

  it("rows for a network that was trained on a table without a header", async () => {
    const trained = await drop(text(lines(24, (i) => `${i % 9},${(i * 7) % 5}.5,${"ab"[i % 2]}`)), "trained.data");
    const on = { source: trained.source, facts: trained.dataset.facts, columns: trained.dataset.featureColumns ?? [] };
    for (const [name, content, length] of [
      ["same.data", "3,1.5,a\n4,2.5,b\n", 2],
      ["one.data", "3,1.5,a\n", 1],
      ["named.csv", "x,y,kind\n3,1.5,a\n4,2.5,b\n", 2],
      ["parted.txt", "3   1.5   a\n4   2.5   b\n5   3.5   a\n", 3],
    ] as const) {
      const given = await openGiven(scratch.write(name, content), on);
      expect(given.length, name).toBe(length);
      expect([...(await given.fetch(Uint32Array.of(0))).samples], name).toEqual([3, 1.5]);
      expect(given.truth(0), name).toBe("a");
      await given.close();
    }
    const set = { ...on, source: { ...trained.source, delimiter: "bar", header: true } as const };
    const given = await openGiven(scratch.write("set.csv", "column 1|column 2|column 3\n3|1.5|a\n"), set);
    expect(given.length).toBe(1);
    await given.close();
  });
});
