/** Evaluates the metrics of one part of the data with given weights. */
import { setImmediate as nextTick } from "node:timers/promises";
import type { EvaluationProgram } from "../engine/programs/evaluate.ts";
import type { State } from "../engine/state.ts";
import type { Feed } from "./feed.ts";
import type { MeasuredPart } from "./records.ts";

/** Thrown between two native calls to cancel an evaluation. */
class Left extends Error {}

/**
 * Loss and metrics over the whole part, named `<part>.<metric>`; null if it was halted.
 * @param tell receives a sentence for each metric that is not defined for some classes or columns
 */
export async function evaluateFeed(
  program: EvaluationProgram,
  feed: Feed,
  state: State,
  part: MeasuredPart,
  halted: () => boolean,
  tell: (text: string) => void = () => {},
): Promise<Readonly<Record<string, number>> | null> {
  const betweenCalls = async () => {
    await nextTick();
    if (halted()) throw new Left();
  };
  const measurement = program.measure(state);
  try {
    for await (const piece of feed.pieces()) await measurement.add(piece, betweenCalls);
  } catch (error) {
    if (error instanceof Left) return null;
    throw error;
  }
  for (const [name, lacking] of measurement.undefinedFor())
    tell(`${part}.${name} is not defined for ${lacking}: its value is the mean over the others, and is missing if there are none.`);
  return Object.fromEntries(Object.entries(measurement.result()).map(([name, value]) => [`${part}.${name}`, value]));
}
