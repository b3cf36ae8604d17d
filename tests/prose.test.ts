/** Home-made words that were replaced by the field's own do not come back. docs/glossary.md lists them. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");

/** Each with what to write instead. */
const BANNED: readonly (readonly [old: RegExp, instead: string])[] = [
  [/\bwhoever\b/i, "every user of it, a process that …"],
  [/\banew\b/i, "again"],
  [/\bin (?:the )?place of\b/i, "instead of"],
  [/\bbut for\b/i, "except"],
  [/\b(?:a|the) person(?:'s)?\b/i, "the user"],
  [/\bfor the eye\b/i, "for display"],
  [/\bone an? (?:sample|row|run|file|class|line|step|batch|column|channel|filter|layer|module|folder|area)\b/i, "one per …"],
  [/\bwithout a word\b/i, "silently, unexpectedly"],
  [/\bpassed over\b/i, "ignored"],
  [/\b(?:is|are|was|were) taken for\b/i, "treated as, read as"],
  [/\bsought\b/i, "searched for"],
  [/\b(?:is|are) told\b/i, "is reported"],
  [/\b(?:a|the|an|of|no|any|every|each|some|these|those) pictures?\b/i, "image"],
];

/** @returns `line: words (write …)` for every banned word in a text */
function bannedIn(text: string): readonly string[] {
  return text
    .split("\n")
    .flatMap((line, i) => BANNED.flatMap(([old, instead]) => (old.test(line) ? [`${i + 1}: ${line.match(old)?.[0]} (write: ${instead})`] : [])));
}

function filesBelow(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => ending.test(file))
    .map((file) => path.join(folder, file));
}

/** The pages, without the list of these very words in the glossary. */
const PAGES = [
  "README.md",
  "ARCHITECTURE.md",
  ...readdirSync(path.join(ROOT, "docs")).flatMap((file) => (file.endsWith(".md") ? [path.join("docs", file)] : [])),
];
const textOf = (file: string) => readFileSync(path.join(ROOT, file), "utf8").replace(/## Words that are not used.*/s, "");

describe("plain English", () => {
  it("is what comments and messages of src are written in", () => {
    const files = ["src/main", "src/preload", "src/renderer", "src/shared"].flatMap((folder) => filesBelow(folder, /\.tsx?$/));
    expect(files.flatMap((file) => bannedIn(textOf(file)).map((each) => `${file}:${each}`))).toEqual([]);
  });

  it("is what the pages are written in", () => {
    expect(PAGES.flatMap((file) => bannedIn(textOf(file)).map((each) => `${file}:${each}`))).toEqual([]);
  });

  it("is missed in a planted sentence", () => {
    expect(bannedIn("/** Whoever opens the picture makes it anew. */\n/** Makes the image again. */")).toHaveLength(3);
    expect(bannedIn("48 in place of 96, which the person is told")).toHaveLength(3);
  });

  it("is explained in the glossary, which lists at most 40 words and every replacement", () => {
    const [words = "", replaced = ""] = readFileSync(path.join(ROOT, "docs/glossary.md"), "utf8").split("## Words that are not used");
    expect(words.match(/^\| (?!word|---)/gm)?.length).toBeLessThanOrEqual(40);
    for (const word of [
      "whoever",
      "anew",
      "in place of",
      "but for",
      "person",
      "for the eye",
      "one a sample",
      "told",
      "without a word",
      "passed over",
      "taken for",
      "picture",
    ])
      expect(replaced).toContain(word);
  });
});
