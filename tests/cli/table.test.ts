/** Tables as the command line prints them. */
import { expect, test } from "vitest";
import { tableLines } from "../../src/main/hosts/cli/table.ts";

test("columns are aligned and lines end without spaces", () => {
  const rows = [
    { name: "a", size: 5 },
    { name: "longer", size: 1000 },
  ];
  expect(
    tableLines(rows, [
      { title: "name", cell: ({ name }) => name },
      { title: "size", align: "right", cell: ({ size }) => String(size) },
      { title: "empty", cell: () => "" },
    ]),
  ).toEqual(["NAME    SIZE  EMPTY", "a          5", "longer  1000"]);
});
