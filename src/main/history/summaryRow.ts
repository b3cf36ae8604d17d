/**
 * Parses a row of table `run` as a summary. Invalid columns are reported among the run's problems and get a harmless value, so that one damaged row hides
 * neither itself nor the others.
 */
import { z } from "zod";
import type { RunStatus, RunSummary } from "../../shared/contract/runs.ts";
import { type Problem, quote } from "../../shared/kit/fault.ts";
import { textSchema } from "../../shared/kit/schema.ts";
import { json } from "./jsonColumn.ts";

/** As SQLite returns it: the tables are strict, but a file's bytes can be damaged. */
export type RunRow = Readonly<Record<(typeof COLUMNS)[number] | "key", unknown>>;

const COLUMNS = [
  ...["id", "name", "status", "dataset", "recipeHash", "seed", "device", "optimizer", "parameterCount", "createdAt", "startedAt", "endedAt"],
  ...["activeMs", "step", "totalSteps", "epoch", "totalEpochs", "best", "latest", "test", "problems", "sparkline", "study", "trial", "place"],
] as const;

const STATUSES: readonly RunStatus[] = ["queued", "running", "paused", "stopped", "interrupted", "completed", "failed"];

const count = z.number().min(0);
const time = z.number().nullable();
const values = z.record(z.string(), z.number());
const problem: z.ZodType<Problem> = z.object({ place: z.string(), expected: textSchema, received: textSchema, remedy: textSchema });
const best = json(z.object({ step: count, epoch: count, metrics: values, by: z.string(), tested: z.boolean() }));
const latest = json(values);
const problems = json(z.array(problem));
const sparkline = json(z.array(z.number()));
const status = z.enum(STATUSES);
const text = z.string();

/** @param place of problems: the history's file */
export function summaryOf(row: RunRow, place: string): Omit<RunSummary, "reached"> {
  const found: Problem[] = [];
  const id = typeof row.id === "string" ? row.id : `run-${String(row.key)}`;
  /** The value of a column, or `otherwise` if it is invalid. */
  const take = <T>(column: keyof RunRow, schema: z.ZodType<T>, otherwise: T, expected: string): T => {
    const read = schema.safeParse(row[column]);
    if (read.success) return read.data;
    const received = row[column] === null ? "nothing (NULL)" : quote(row[column]);
    found.push({
      place: `${place}, run ${id}, ${column}`,
      expected: `must be ${expected}`,
      received,
      remedy: "The row is damaged: restore a copy of the history, or remove this run. The other runs are not affected.",
    });
    return otherwise;
  };
  const word = (column: keyof RunRow) => take(column, text, "", "a text");
  const number = (column: keyof RunRow) => take(column, count, 0, "a number, 0 or more");
  const summary = {
    id: take("id", text, id, "a text"),
    name: word("name"),
    status: take("status", status, "failed", `one of ${STATUSES.join(", ")}`),
    dataset: word("dataset"),
    recipeHash: take("recipeHash", text, "", "the hash of an existing recipe"),
    seed: take("seed", z.number(), 0, "a number"),
    device: word("device"),
    optimizer: word("optimizer"),
    parameterCount: number("parameterCount"),
    createdAt: take("createdAt", z.number(), 0, "a time"),
    startedAt: take("startedAt", time, null, "a time"),
    endedAt: take("endedAt", time, null, "a time"),
    activeMs: take("activeMs", z.number(), 0, "a time"),
    step: number("step"),
    totalSteps: number("totalSteps"),
    epoch: number("epoch"),
    totalEpochs: number("totalEpochs"),
    best: row.best === null ? null : take("best", best.nullable(), null, "the best epoch as JSON"),
    latest: take("latest", latest, {}, "metrics as JSON"),
    test: take("test", latest, {}, "metrics as JSON"),
    sparkline: take("sparkline", sparkline, [], "numbers as JSON"),
  };
  const of = row.study === null || row.study === undefined ? {} : { of: { study: word("study"), trial: number("trial"), place: number("place") } };
  const own = take("problems", problems, [], "problems as JSON");
  return { ...summary, ...of, problems: [...own, ...found] };
}
