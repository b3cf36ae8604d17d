/** Reads stored facts of a data set from JSON: from a cache, or from a run, which keeps the facts of its training data. */
import { z } from "zod";
import type { Words } from "../kit/words.ts";
import type { ColumnFacts, DatasetFacts } from "./facts.ts";
import { columnKind, dateReading, decimalMark } from "./readings.ts";

const count = z.int().min(0);
const names = z.array(z.string());
const words: z.ZodType<Words> = z.object({ en: z.string(), ko: z.string() });

export const storedColumn: z.ZodType<ColumnFacts> = z.discriminatedUnion("kind", [
  z.object({ name: z.string(), kind: z.literal("numeric"), missing: count }),
  z.object({ name: z.string(), kind: z.literal("categorical"), missing: count, categories: names }),
]);

const reading = z.object({
  decimal: z.exactOptional(decimalMark),
  unit: z.exactOptional(z.string()),
  dates: z.exactOptional(dateReading),
  missing: z.exactOptional(names),
});

export const storedFacts: z.ZodType<DatasetFacts> = z.object({
  name: z.string(),
  length: count,
  sampleShape: z.array(z.int()),
  elementType: z.enum(["uint8", "float32"]),
  target: z.discriminatedUnion("kind", [z.object({ kind: z.literal("classification"), classes: names }), z.object({ kind: z.literal("regression"), names })]),
  givenTest: count,
  givenValidation: z.exactOptional(count),
  columns: z.exactOptional(z.array(storedColumn)),
  times: names.optional(),
  keys: names.optional(),
  leftOutColumns: z.array(z.object({ name: z.string(), reason: words, takeIn: columnKind.exclude(["time"]).nullable() })).optional(),
  pictures: z
    .object({
      background: z.exactOptional(z.tuple([z.number(), z.number(), z.number()])),
      white: z.exactOptional(z.number()),
      range: z.exactOptional(z.tuple([z.number(), z.number()])),
    })
    .optional(),
  readings: z.record(z.string(), reading).optional(),
  guesses: z
    .array(z.object({ field: z.string(), said: words, instead: z.array(z.object({ label: words, set: z.record(z.string(), z.unknown()) })) }))
    .optional(),
});
