/** Sizes in bytes and shapes as both hosts write them. */
import { expect, test } from "vitest";
import { shapeText } from "../../src/shared/text/shapes.ts";
import { sizeText } from "../../src/shared/text/sizes.ts";

test.each([
  [0, "0 B"],
  [812, "812 B"],
  [12_700, "12.4 KB"],
  [1024 ** 2, "1 MB"],
  [3_250_000, "3.1 MB"],
  [300 * 1024 ** 2, "300 MB"],
  [1.5 * 1024 ** 3, "1.5 GB"],
  [5000 * 1024 ** 4, "5000 TB"],
])("%d bytes", (bytes, text) => expect(sizeText(bytes)).toBe(text));

test.each([
  [[], ""],
  [[4], "4"],
  [[1, 28, 28], "1×28×28"],
])("the shape %j", (shape, text) => expect(shapeText(shape)).toBe(text));
