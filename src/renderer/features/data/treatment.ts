/** How training preprocesses a column unless the recipe's encoding sets something else: missing values, times, categories. */
import type { ColumnSummary } from "../../../shared/contract/inspection.ts";
import type { Words } from "../../../shared/kit/words.ts";
import { encodedCategories, encodingSchema } from "../../../shared/recipe/encoding.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";

const usual = encodingSchema.parse({});

export type Treatment =
  | { readonly does: "leftOut"; readonly reason: Words | null }
  /** Rows without a target are useless for training. */
  | { readonly does: "rowsLeftOut"; readonly count: number }
  /** Times become days since 1970. */
  | { readonly does: "days" }
  | { readonly does: "filled"; readonly count: number; readonly by: typeof usual.missing }
  | { readonly does: "oneHot"; readonly count: number }
  | { readonly does: "ordinal" }
  /** All but the most frequent categories are merged into one. */
  | { readonly does: "others"; readonly count: number }
  | { readonly does: "missingCategory"; readonly count: number };

/** In the order of processing; empty for numbers that are used as they are. */
export function treatmentsOf(column: ColumnSummary, { columns = [], leftOutColumns = [] }: DatasetFacts): readonly Treatment[] {
  const leftOut = leftOutColumns.find(({ name }) => name === column.name);
  if (column.role === "ignored" || leftOut !== undefined) return [{ does: "leftOut", reason: leftOut?.reason ?? null }];
  const missing = column.kind === "categorical" ? column.missing : column.numbers.missing;
  if (column.role === "target") return missing === 0 ? [] : [{ does: "rowsLeftOut", count: missing }];
  if (column.kind !== "categorical")
    return [
      ...(column.kind === "time" ? [{ does: "days" } as const] : []),
      ...(missing === 0 ? [] : [{ does: "filled", count: missing, by: usual.missing } as const]),
    ];
  const facts = columns.find(({ name }) => name === column.name);
  if (facts?.kind !== "categorical") return [];
  const { kept, other, missing: hasGaps, width } = encodedCategories(facts, usual);
  return [
    usual.categories === "ordinal" ? { does: "ordinal" } : { does: "oneHot", count: width },
    ...(other ? [{ does: "others", count: kept } as const] : []),
    ...(hasGaps ? [{ does: "missingCategory", count: facts.missing } as const] : []),
  ];
}
