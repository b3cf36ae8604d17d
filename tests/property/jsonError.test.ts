/** The place of a JSON error: exists exactly where the engine's parser refuses, and points at the character at fault. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonErrorOffset, lineAndColumn } from "../../src/shared/kit/jsonError.ts";

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("offset", () => {
  test.each([
    ['{"a": 1,}', 8],
    ['{"a": 1 "b": 2}', 8],
    ["{a: 1}", 1],
    ["{'a': 1}", 1],
    ['{"a" 1}', 5],
    ["[1, 2", 5],
    ["[1, 2]]", 6],
    ["", 0],
    ["nul", 0],
    ["01", 1],
    ["1.", 1],
    ["-", 0],
    ['"abc', 4],
    ['"a\nb"', 2],
    ['"a\\xb"', 2],
    ['{"lr": NaN}', 7],
    ["// comment\n{}", 0],
    ['{"a": 1} {"b": 2}', 9],
  ])("%j", (text, offset) => {
    expect(parses(text)).toBe(false);
    expect(jsonErrorOffset(text)).toBe(offset);
  });

  test("none in any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
        expect(jsonErrorOffset(JSON.stringify(value, null, indent))).toBeNull();
      }),
    );
  });

  test("there is one exactly where JSON.parse refuses damaged JSON", () => {
    let damaged = 0;
    const characters = fc.constantFrom(..."{}[]\",:0123456789eE+-.\\ntrufals \t\n'");
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.nat(3), fc.array(characters, { maxLength: 3 }), (value, position, removed, inserted) => {
        const text = JSON.stringify(value, null, 1);
        const at = position % (text.length + 1);
        const changed = text.slice(0, at) + inserted.join("") + text.slice(at + removed);
        const offset = jsonErrorOffset(changed);
        expect(offset === null).toBe(parses(changed));
        if (offset !== null) damaged++;
      }),
      { numRuns: 2000 },
    );
    expect(damaged).toBeGreaterThan(200);
  });
});

test("lines end with any of the three line breaks, columns count from 1", () => {
  expect(lineAndColumn("abc", 0)).toEqual({ line: 1, column: 1 });
  expect(lineAndColumn("a\nbc", 3)).toEqual({ line: 2, column: 2 });
  expect(lineAndColumn("a\r\nbc", 3)).toEqual({ line: 2, column: 1 });
  expect(lineAndColumn("a\rb\r\n\nc", 6)).toEqual({ line: 4, column: 1 });
});
