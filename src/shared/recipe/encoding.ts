/** Converts the columns of a table to numbers: imputes missing values and encodes categories. Everything is fitted on the training rows only. */
import { z } from "zod";
import { choice, flag, integer } from "../kit/schema.ts";
import type { ColumnFacts, DatasetFacts } from "./facts.ts";

export const encodingSchema = z.strictObject({
  missing: choice(
    {
      mean: { en: "Mean", ko: "평균" },
      median: { en: "Median", ko: "중앙값" },
      mostFrequent: { en: "Most frequent", ko: "최빈값" },
      zero: { en: "Zero", ko: "0" },
    },
    {
      default: "median",
      title: { en: "Missing numbers", ko: "빠진 수" },
      description: {
        en: "What replaces a missing number: the mean, the median or the most frequent value of the training rows, or zero. Outliers do not affect the median.",
        ko: "빠진 수를 채우는 값: 학습 행의 평균, 중앙값, 최빈값 또는 0. 중앙값은 이상치의 영향을 받지 않습니다.",
      },
    },
  ),
  indicator: flag({
    default: false,
    rare: true,
    title: { en: "Missing as a feature", ko: "빠짐을 특성으로" },
    description: {
      en: "Adds a feature for every column with gaps: 1 where the value is missing. Turn it on where values are not missing by chance.",
      ko: "빈칸이 있는 열마다 특성을 하나 더합니다. 값이 빠지면 1입니다. 값이 빠진 데에 까닭이 있으면 켜세요.",
    },
  }),
  categories: choice(
    { oneHot: { en: "One-hot", ko: "원-핫" }, ordinal: { en: "Ordinal", ko: "번호" } },
    {
      default: "oneHot",
      title: { en: "Categories", ko: "범주" },
      description: {
        en: "One feature per category (1 for the category of the row), or one number. One-hot suits names without an order; a categoryEmbedding layer after it learns a short vector for each. A missing category is a category of its own.",
        ko: "범주마다 특성 하나(행의 범주이면 1) 또는 수 하나. 순서가 없는 이름에는 원-핫이 알맞습니다. 그 뒤의 categoryEmbedding 층은 범주마다 짧은 벡터를 학습합니다. 빠진 범주는 따로 하나의 범주입니다.",
      },
    },
  ),
  maxCategories: integer({
    default: 64,
    min: 2,
    max: 10_000,
    scale: "log",
    rare: true,
    title: { en: "Most categories", ko: "최대 범주 수" },
    description: {
      en: "In a column with more categories, the most frequent ones in the training rows are kept and the others become one category.",
      ko: "범주가 더 많은 열에서는 학습 행에서 가장 잦은 것만 남기고 나머지는 하나로 합칩니다.",
    },
  }),
});

export type EncodingConfig = z.output<typeof encodingSchema>;

interface EncodedFeature {
  readonly name: string;
  readonly binary: boolean;
}

/** The encoding of a categorical column. */
export interface EncodedCategories {
  readonly column: string;
  /** Number of categories that are kept; with `other`, the rest become one category. */
  readonly kept: number;
  readonly other: boolean;
  /** Whether missing values get a category of their own. */
  readonly missing: boolean;
  /** Number of features: one per category, or a single number. */
  readonly width: number;
}

/** In the order of the features: numeric columns, then indicators of missing values, then categories. */
export interface EncodedFeatures {
  readonly names: readonly string[];
  /** By feature: whether it is 0 or 1 and must not be standardized. */
  readonly binary: readonly boolean[];
  /** Widths of the one-hot blocks at the end, for a categoryEmbedding layer; empty for ordinal encoding. */
  readonly blocks: readonly number[];
}

/**
 * Features after encoding. If a column has too many categories, the training rows determine which are kept; until then their features are named by
 * rank.
 * @param kept names of the kept categories by column, where known
 */
export function encodedFeatures(facts: DatasetFacts, encoding: EncodingConfig, kept?: ReadonlyMap<string, readonly string[]>): EncodedFeatures {
  const columns = facts.columns ?? [];
  const numeric = columns.filter((column) => column.kind === "numeric");
  const features: EncodedFeature[] = numeric.map(({ name }) => ({ name, binary: false }));
  const gaps = encoding.indicator ? numeric.filter(({ missing }) => missing > 0) : [];
  features.push(...gaps.map(({ name }) => ({ name: `${name} is missing`, binary: true })));
  const blocks: number[] = [];
  for (const column of columns) {
    if (column.kind !== "categorical") continue;
    const encoded = encodedCategories(column, encoding);
    if (encoding.categories === "ordinal") {
      features.push({ name: column.name, binary: false });
      continue;
    }
    blocks.push(encoded.width);
    const names = encoded.other ? (kept?.get(column.name) ?? Array.from({ length: encoded.kept }, (_, rank) => `frequent ${rank + 1}`)) : column.categories;
    const all = [...names, ...(encoded.other ? ["other"] : []), ...(encoded.missing ? ["missing"] : [])];
    features.push(...all.map((name) => ({ name: `${column.name} = ${name}`, binary: true })));
  }
  return { names: features.map(({ name }) => name), binary: features.map(({ binary }) => binary), blocks };
}

/** Number of categories of a column after encoding. It follows from the facts alone, so the width is known before any row is read. */
export function encodedCategories(column: Extract<ColumnFacts, { readonly kind: "categorical" }>, encoding: EncodingConfig): EncodedCategories {
  const other = column.categories.length > encoding.maxCategories;
  const kept = other ? encoding.maxCategories - 1 : column.categories.length;
  const missing = column.missing > 0;
  const width = encoding.categories === "ordinal" ? 1 : kept + (other ? 1 : 0) + (missing ? 1 : 0);
  return { column: column.name, kept, other, missing, width };
}

/** Facts about the samples after encoding; unchanged if no encoding is needed. */
export function encodedFacts(facts: DatasetFacts, encoding: EncodingConfig): DatasetFacts {
  const { columns, ...rest } = facts;
  if (columns === undefined) return facts;
  const width = encodedFeatures(facts, encoding).names.length;
  // If values are only imputed, a row keeps its shape.
  const shaped = columns.length === width && columns.every(({ kind }) => kind === "numeric");
  return { ...rest, sampleShape: shaped ? facts.sampleShape : [width], elementType: "float32" };
}
