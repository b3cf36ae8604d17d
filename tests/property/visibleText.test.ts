import fc from "fast-check";
import { expect, it } from "vitest";
import { visibleJson, visibleLines, visibleText } from "../../src/shared/kit/visibleText.ts";

/** Written out here a second time, by number: controls, separators, marks and overrides of direction, characters without width, tags, halves of pairs. */
function isObeyed(codePoint: number): boolean {
  const ranges = [
    [0x00, 0x1f],
    [0x7f, 0x9f],
    [0xad, 0xad],
    [0x61c, 0x61c],
    [0x180e, 0x180e],
    [0x200b, 0x200b],
    [0x200e, 0x200f],
    [0x2028, 0x202e],
    [0x2060, 0x2064],
    [0x2066, 0x206f],
    [0xd800, 0xdfff],
    [0xfeff, 0xfeff],
    [0xfff9, 0xfffb],
    [0x1d173, 0x1d17a],
    [0xe0001, 0xe0001],
    [0xe0020, 0xe007f],
  ] as const;
  return ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "\u001b[2J",
      "\u001b]0;title\u0007",
      "\u009b31m",
      "\u202e",
      "\u2066",
      "\u2069",
      "\r",
      "\n",
      "\t",
      "\u2028",
      "\ufeff",
      "\ud800",
      "\u{e0041}",
      "\\",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
});

it("shows every character that is obeyed, and is one line", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const visible = visibleText(text);
      expect([...visible].filter((character) => isObeyed(character.codePointAt(0) ?? 0))).toEqual([]);
      expect(visibleText(visible)).toBe(visible);
      expect(visibleLines(text).split("\n")).toEqual(text.split("\n").map(visibleText));
    }),
  );
});

it("leaves what is only shown as it is: every script, emoji and their joiners", () => {
  for (const text of ["weight (kg)", "고양이", "猫", "قطة", "می\u200cخواهم", "👩\u200d🔬", "é", "e\u0301", "½ ± 3 °C"]) expect(visibleText(text)).toBe(text);
  expect(visibleText("photo\u202egpj.exe\u001b[31m\r\n\u0085")).toBe("photo\\u202egpj.exe\\u001b[31m\\r\\n\\u0085");
});

it("keeps JSON the same value", () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, fc.oneof(hostile, fc.array(hostile))), (value) => {
      const json = visibleJson(JSON.stringify(value));
      expect([...json].filter((character) => isObeyed(character.codePointAt(0) ?? 0))).toEqual([]);
      expect(JSON.parse(json)).toEqual(value);
      const pretty = visibleJson(JSON.stringify(value, null, 2));
      expect(JSON.parse(pretty)).toEqual(value);
    }),
  );
});
