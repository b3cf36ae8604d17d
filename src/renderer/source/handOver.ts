/** Files that were dropped on a screen that does not read them, on their way to the Data screen. */
import type { pickedFromInput } from "../api/importing.ts";

type Picked = Promise<ReturnType<typeof pickedFromInput>>;

let waiting: Picked | null = null;

export function handOver(picked: Picked): void {
  waiting = picked;
}

/** What was handed over, once; null where nothing was. */
export function takeOver(): Picked | null {
  const picked = waiting;
  waiting = null;
  return picked;
}
