/** Determines the part of each labelled image: from a column of the table, or from the image's folder. */
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { PARTS, type Part, partOfName } from "../sampleFiles/partNames.ts";
import type { TableColumn } from "../table.ts";

/** A row with its image. */
export interface PlacedRow {
  readonly row: number;
  readonly place: string;
}

export interface RowParts {
  /** One per row. */
  readonly parts: readonly Part[];
  readonly guesses: readonly Guess[];
}

const APART: Guess["instead"] = [{ label: { en: "Take all of them together", ko: "모두 함께 쓰기" }, set: { partColumn: "" } }];

/**
 * @param columns without those of the images and the target
 * @param chosen the column that the user named; empty for none; guessed if undefined
 * @throws Fault if that column holds anything but part names
 */
export function rowParts(columns: readonly TableColumn[], rows: readonly PlacedRow[], chosen: string | undefined): RowParts {
  if (chosen === "") return { parts: rows.map(() => "train"), guesses: [] };
  if (chosen !== undefined)
    return {
      parts: partsIn(
        columns.find(({ name }) => name === chosen),
        rows,
        chosen,
      ),
      guesses: [],
    };
  const column = columns.find(saysParts);
  if (column !== undefined)
    return {
      parts: partsIn(column, rows, column.name),
      guesses: [
        {
          field: "partColumn",
          said: {
            en: `The column ${quote(column.name)} says which images are for training, validation and test.`,
            ko: `${quote(column.name)} 열에 따라 학습·검증·테스트용으로 나누었습니다.`,
          },
          instead: APART,
        },
      ],
    };
  const folders = rows.map(({ place }) => partOfPlace(place));
  const found = new Set(folders);
  if (found.size < 2 || found.has(null) || !found.has("train")) return { parts: rows.map(() => "train"), guesses: [] };
  return {
    parts: folders.map((part) => part ?? "train"),
    guesses: [
      {
        field: "partColumn",
        said: {
          en: "The folders of the images say which are for training, validation and test.",
          ko: "이미지가 든 폴더에 따라 학습·검증·테스트용으로 나누었습니다.",
        },
        instead: APART,
      },
    ],
  };
}

/** Rows of the training part first, then validation, then test; each in the table's order. */
export function inPartOrder<R extends { readonly part: Part }>(rows: readonly R[]): readonly R[] {
  return PARTS.flatMap((part) => rows.filter((row) => row.part === part));
}

/** Whether a column holds only names of parts. */
export function saysParts(column: TableColumn): boolean {
  if (column.kind !== "categorical") return false;
  const parts = new Set(column.categories.map(surePart));
  return parts.size > 1 && parts.has("train") && !parts.has(null);
}

function partsIn(column: TableColumn | undefined, rows: readonly PlacedRow[], name: string): readonly Part[] {
  const categories = column?.kind === "categorical" ? column.categories : [];
  const parts = categories.map(surePart);
  const wrong = categories.find((_, i) => parts[i] === null);
  if (wrong !== undefined || column?.kind !== "categorical")
    throw new Fault("input", [
      {
        place: "data.source.partColumn",
        expected: "must name a column that says train, validation or test of every image",
        received: `${quote(name)}${wrong === undefined ? "" : ` with ${quote(wrong)} in it`}`,
        remedy: "Name another column, or leave it empty to take all images together.",
      },
    ]);
  // An image without a part is used for training.
  return rows.map(({ row }) => parts[at(column.codes, row)] ?? "train");
}

function surePart(name: string): Part | null {
  const found = partOfName(name);
  return found?.sure === true ? found.part : null;
}

function partOfPlace(place: string): Part | null {
  const folders = place.split("/").slice(0, -1).map(surePart);
  return folders.find((part) => part !== null) ?? null;
}
