/** Passes files that were dropped on another screen to the Data screen. */
import type { pickedFromInput } from "../api/importing.ts";

type Picked = Promise<ReturnType<typeof pickedFromInput>>;

let waiting: Picked | null = null;

export function handOver(picked: Picked): void {
  waiting = picked;
}

/** Returns the files once; null if there are none. */
export function takeOver(): Picked | null {
  const picked = waiting;
  waiting = null;
  return picked;
}
