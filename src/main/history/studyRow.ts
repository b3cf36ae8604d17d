/** Parses rows of the tables of studies. A damaged row is a fault that names it; other studies are not affected. */

import { z } from "zod";
import type { Point } from "../../shared/catalog/samplers/space.ts";
import type { StudyStatus } from "../../shared/contract/studies.ts";
import { fail, type Problem, quote } from "../../shared/kit/fault.ts";
import { textSchema } from "../../shared/kit/schema.ts";
import { TRIAL_ORIGINS, TRIAL_STATES, type TrialRecord, type Values } from "../../shared/tuning/trial.ts";
import { json } from "./jsonColumn.ts";

const STATUSES: readonly StudyStatus[] = ["running", "paused", "interrupted", "completed"];

export const pointSchema: z.ZodType<Point> = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));
const problemSchema: z.ZodType<Problem> = z.object({ place: z.string(), expected: textSchema, received: textSchema, remedy: textSchema });
const values: z.ZodType<Values> = z.array(z.number().nullable());
const time = z.number().nullable();
const count = z.int().min(0);
const flag = z.number().transform((stored) => stored !== 0);

/** A confirmation: "is the winner real?" */
const confirmsSchema = z.object({
  /** Counts the confirmations of a study, from 1. */
  round: count,
  /** The trial that is trained again; null for the starting recipe. */
  trial: count.nullable(),
  seeds: z.array(count),
});

export type Confirms = z.output<typeof confirmsSchema>;

const studySchema = z.object({
  key: z.number(),
  id: z.string(),
  name: z.string(),
  status: z.enum(STATUSES),
  owner: z.string().nullable(),
  dataset: z.string(),
  /** A study, to be checked by `parseStudy`. */
  json: json(z.unknown()),
  startedAs: json(z.unknown()),
  proposes: flag,
  problems: json(z.array(problemSchema)),
  createdAt: z.number(),
  endedAt: time,
  activeMs: z.number(),
  revision: z.number(),
});

export type StudyRow = z.output<typeof studySchema>;

const trialSchema = z.object({
  number: count,
  state: z.enum(TRIAL_STATES),
  origin: z.enum(TRIAL_ORIGINS),
  point: json(pointSchema),
  pending: json(z.array(count).readonly()),
  values: json(values).nullable(),
  repeats: json(z.array(values).readonly()),
  progress: count,
  epochs: count,
  totalEpochs: count,
  createdAt: z.number(),
  startedAt: time,
  endedAt: time,
  lane: count.nullable(),
  problems: json(z.array(problemSchema).readonly()),
  confirms: json(confirmsSchema).nullable(),
  revision: z.number(),
});

export type TrialRow = z.output<typeof trialSchema> & TrialRecord;

const rejectionSchema = z.object({ after: count, baseline: flag, point: json(pointSchema), problem: json(problemSchema) });
export type RejectionRow = z.output<typeof rejectionSchema>;

const changeSchema = z.object({ at: z.number(), afterTrials: count, change: json(z.record(z.string(), z.unknown())) });
export type ChangeRow = z.output<typeof changeSchema>;

/** As SQLite returns it. */
export type RawRow = Readonly<Record<string, unknown>>;

/** @param place the history's file */
export const readStudy = (row: RawRow, place: string) => read(studySchema, row, `${place}, study ${String(row.id)}`);
export const readTrial = (row: RawRow, place: string): TrialRow => read(trialSchema, row, `${place}, trial ${String(row.number)}`);
export const readRejection = (row: RawRow, place: string) => read(rejectionSchema, row, `${place}, a rejected point`);
export const readChange = (row: RawRow, place: string) => read(changeSchema, row, `${place}, a change of a study`);

function read<T>(schema: z.ZodType<T>, row: RawRow, place: string): T {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  const column = String(result.error.issues[0]?.path[0] ?? "");
  return fail(
    "environment",
    `${place}, ${column}`,
    `must be as it was written: ${result.error.issues[0]?.message ?? "another value"}`,
    quote(row[column]),
    "The row is damaged: restore a copy of the history, or remove this study. The other studies are not affected.",
  );
}
