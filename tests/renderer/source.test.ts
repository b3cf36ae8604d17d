/** How a source is read, as the window sets it: guesses and the way back, formats that a person names, columns seen so far. */
import { describe, expect, it } from "vitest";
import { nameOfPath } from "../../src/renderer/features/data/entries.ts";
import { featureNames } from "../../src/renderer/samples/samples.ts";
import { bareSource, droppedType, mainPath, requestOf } from "../../src/renderer/source/bare.ts";
import { isUsed, seenColumns, withUse } from "../../src/renderer/source/columnRoles.ts";
import { pathInCopy } from "../../src/renderer/source/copied.ts";
import { droppable, formatLabel } from "../../src/renderer/source/formatWords.ts";
import { type GuessItem, guessItems, guessKey, type Source, take, takeBack } from "../../src/renderer/source/guesses.ts";
import { exampleOf, readRecord, settingText, showRecord, sourceFields } from "../../src/renderer/source/sourceFields.ts";
import type { DatasetFacts } from "../../src/shared/recipe/facts.ts";
import type { FieldSchema } from "../../src/shared/recipe/fields.ts";
import { droppedFormats, formats } from "../../src/shared/recipe/formats/index.ts";
import type { Guess } from "../../src/shared/recipe/guess.ts";

const header: Guess = {
  field: "header",
  said: { en: "The first line holds data.", ko: "첫 줄은 데이터입니다." },
  instead: [{ label: { en: "The first line is a header", ko: "첫 줄은 제목입니다" }, set: { header: true, target: "colour" } }],
};
const task: Guess = {
  field: "task",
  said: { en: "The target is a number.", ko: "목표는 수입니다." },
  instead: [{ label: { en: "Classes", ko: "클래스" }, set: { task: "classification" } }],
};
const source: Source = { type: "csv", path: "/a.csv", target: "column 3" };

function chosen(items: readonly GuessItem[], guess: Guess, from: Source) {
  const [alternative] = guess.instead;
  if (alternative === undefined) throw new Error("the guess has no alternative");
  return take(items, guessKey(guess), from, alternative);
}

describe("guesses", () => {
  it("are listed as they are told, and leave with the facts that told them", () => {
    const first = guessItems([], [header, task], source, true);
    expect(first.map(({ guess, taken }) => [guess.field, taken])).toEqual([
      ["header", null],
      ["task", null],
    ]);
    expect(guessItems(first, [task], source, true).map(({ guess }) => guess.field)).toEqual(["task"]);
    // While the source is being read nothing is known of it, and nothing moves.
    expect(guessItems(first, [], source, false)).toEqual(first);
  });

  it("stay in their place with the way back once another reading is chosen", () => {
    const before = guessItems([], [header, task], source, true);
    const { items, source: changed } = chosen(before, header, source);
    expect(changed).toEqual({ ...source, header: true, target: "colour" });
    const after = guessItems(items, [task], changed, true);
    expect(after.map(({ guess, taken }) => [guess.field, taken?.alternative.label.en ?? null])).toEqual([
      ["header", "The first line is a header"],
      ["task", null],
    ]);
  });

  it("take back only what the click had set", () => {
    const { items, source: changed } = chosen(guessItems([], [header, task], source, true), header, source);
    const further: Source = { ...changed, ignore: ["note"] };
    const [item] = guessItems(items, [task], further, true);
    if (item?.taken == null) throw new Error("nothing to take back");
    expect(takeBack(further, item.taken)).toEqual({ ...source, ignore: ["note"] });
  });

  it("forget a choice that the form has changed since", () => {
    const { items, source: changed } = chosen(guessItems([], [header], source, true), header, source);
    const { header: _, ...without } = changed;
    expect(guessItems(items, [header], without, true)).toEqual(guessItems([], [header], source, true));
    expect(guessItems(items, [], { ...changed, target: "size" }, true)).toEqual([]);
  });

  it("take a field away where the alternative says so, and bring it back", () => {
    const away: Guess = { ...task, instead: [{ label: { en: "Judge it", ko: "판단하기" }, set: { task: null } }] };
    const given: Source = { ...source, task: "regression" };
    const { items, source: changed } = chosen(guessItems([], [away], given, true), away, given);
    expect(changed).toEqual(source);
    const [item] = guessItems(items, [], changed, true);
    if (item?.taken == null) throw new Error("nothing to take back");
    expect(takeBack(changed, item.taken)).toEqual(given);
  });
});

describe("a format that a person names", () => {
  it("begins as a source with its path, whatever field the format has for it", () => {
    expect(bareSource("csv", "/a.txt")).toEqual({ type: "csv", path: "/a.txt" });
    expect(bareSource("idx", "/a-ubyte")).toEqual({ type: "idx", samples: "/a-ubyte" });
    for (const type of droppedFormats) {
      expect(mainPath(bareSource(type, "/x"))).toBe("/x");
      expect(droppedType(bareSource(type, "/x"))).toBe(type);
      expect(requestOf(bareSource(type, "/x"))).toEqual({ path: "/x", set: { type } });
    }
  });

  it("asks for the rest with what was set", () => {
    expect(requestOf({ type: "csv", path: "/a.txt", target: "", task: "regression" })).toEqual({ path: "/a.txt", set: { type: "csv", task: "regression" } });
    expect(requestOf({ type: "csv", path: "" })).toBeNull();
    expect(requestOf({ type: "synthetic", generator: {} })).toBeNull();
    expect(requestOf(null)).toBeNull();
  });

  it("takes its first name from the path", () => {
    expect(["/home/ada/flowers.csv", "C:\\data\\cats", "/x/.hidden", "a.tar.gz"].map(nameOfPath)).toEqual(["flowers", "cats", ".hidden", "a.tar"]);
  });
});

describe("the words of the formats", () => {
  it("name everything that can be dropped, in both languages", () => {
    for (const type of droppedFormats) {
      expect(droppable("en")).toContain(formats[type].drop.en);
      expect(droppable("ko-KR")).toContain(formats[type].drop.ko);
      expect(formatLabel(type, "ko")).toBe(formats[type].title.ko);
    }
  });
});

describe("the columns seen so far", () => {
  const facts: DatasetFacts = {
    name: "people",
    length: 40,
    sampleShape: [2],
    elementType: "float32",
    target: { kind: "classification", classes: ["no", "yes"] },
    givenTest: 0,
    columns: [
      { name: "age", kind: "numeric", missing: 0 },
      { name: "town", kind: "categorical", missing: 0, categories: ["Ulm", "Wien"] },
    ],
    keys: ["id", "age", "town", "sick"],
  };

  it("keep what they were taken for while the source hides it", () => {
    const first = seenColumns([], facts, { type: "csv" });
    expect(first.map(({ name, guess }) => [name, guess])).toEqual([
      ["id", null],
      ["age", "numeric"],
      ["town", "categorical"],
      ["sick", null],
    ]);
    const set = { ...facts, columns: [{ name: "age", kind: "categorical", missing: 0, categories: ["1"] }] } satisfies DatasetFacts;
    const later = seenColumns(first, set, { type: "csv", kinds: { age: "categorical" }, ignore: ["town"] });
    expect(later.map(({ guess }) => guess)).toEqual([null, "numeric", "categorical", null]);
  });

  it("are unticked where they are no features, and ticking one takes it in", () => {
    const leftOut = { name: "id", reason: { en: "It counts the rows.", ko: "행을 셉니다." }, takeIn: "numeric" } as const;
    const nested = { name: "tags", reason: { en: "It holds lists.", ko: "목록입니다." }, takeIn: null };
    const [id, age, , , tags] = seenColumns([], { ...facts, leftOutColumns: [leftOut, nested] }, { type: "csv" });
    if (id === undefined || age === undefined) throw new Error("a column is missing");
    expect(tags).toEqual({ name: "tags", guess: null, leftOut: nested });
    expect([isUsed(id, [], {}), isUsed(id, [], { id: "numeric" }), isUsed(id, ["id"], { id: "numeric" }), isUsed(age, [], {})]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect(withUse(id, true, ["id", "x"], {})).toEqual({ ignore: ["x"], kinds: { id: "numeric" } });
    expect(withUse(id, false, [], { id: "numeric", age: "categorical" })).toEqual({ ignore: undefined, kinds: { age: "categorical" } });
    expect(withUse(age, false, [], { age: "categorical" })).toEqual({ ignore: ["age"], kinds: { age: "categorical" } });
    // Once taken in, the facts tell nothing of it any more: the reason is remembered.
    expect(seenColumns([id], facts, { kinds: { id: "numeric" } })[0]).toEqual({ name: "id", guess: null, leftOut });
  });

  it("are guessed to be numbers where nothing but an identifier is left out", () => {
    const { columns: _, ...plain } = facts;
    const leftOut = { name: "id", reason: { en: "It counts the rows.", ko: "행을 셉니다." }, takeIn: "numeric" } as const;
    expect(seenColumns([], { ...plain, leftOutColumns: [leftOut] }, {}).map(({ guess }) => guess)).toEqual([null, "numeric", "numeric", "numeric"]);
  });

  it("name the numbers of a row without what is left out", () => {
    const { columns: _, ...plain } = facts;
    const leftOut = { name: "id", reason: { en: "It counts the rows.", ko: "행을 셉니다." }, takeIn: "numeric" } as const;
    const source = { type: "csv", path: "/a.csv", target: "sick", task: "classification" } as const;
    expect(featureNames({ ...plain, leftOutColumns: [leftOut] }, null, source)).toEqual(["age", "town"]);
  });

  it("are those of the table as it is read now", () => {
    const headless = { ...facts, columns: [], keys: ["column 1", "column 2"] } satisfies DatasetFacts;
    expect(seenColumns(seenColumns([], facts, {}), headless, {}).map(({ name }) => name)).toEqual(["column 1", "column 2"]);
  });
});

describe("what a source sets, in a line", () => {
  const words = { yes: "yes", no: "no" };
  it("is no JSON", () => {
    expect(settingText({ zip: "categorical", id: "numeric" }, words)).toBe("zip: categorical, id: numeric");
    expect(settingText(["a", "b"], words)).toBe("a, b");
    expect(settingText(false, words)).toBe("no");
    expect(settingText(";", words)).toBe(";");
  });

  it("is written line by line as the schema wants its values", () => {
    const lists: FieldSchema = { type: "object", additionalProperties: { type: "array", items: { type: "string" } } };
    expect(readRecord("temperature: -999, none\ncontinent:", lists)).toEqual({ temperature: ["-999", "none"], continent: [] });
    expect(showRecord({ temperature: ["-999", "none"], continent: [] })).toBe("temperature: -999, none\ncontinent: ");
    expect(exampleOf(lists)).toBe("zip: -999, unknown");
    expect(exampleOf(sourceFields({ type: "csv" })?.all["kinds"] ?? {})).toBe("zip: categorical");
    expect(exampleOf({ type: "object", additionalProperties: { enum: ["dayFirst", "monthFirst"] } })).toBe("zip: dayFirst");
    expect(readRecord("folds: 5")).toEqual({ folds: 5 });
  });

  it("has a title for every field", () => {
    expect(sourceFields({ type: "csv" })?.all["kinds"]?.title).toBe("Column kinds");
  });
});

describe("pathInCopy", () => {
  const id = "0b6f8f0e-6f1d-4f5e-9a9e-0123456789ab";

  it.each([
    [`/home/ada/.descent/uploads/${id}/people.csv`, "people.csv"],
    [`C:\\Users\\ada\\descent\\uploads\\${id}\\bars\\lying`, "bars\\lying"],
    [`/home/ada/.descent/uploads/${id}`, ""],
    ["/home/ada/uploads/people.csv", null],
    ["/home/ada/people.csv", null],
  ])("of %s is %s", (path, inside) => {
    expect(pathInCopy(path)).toBe(inside);
  });
});
