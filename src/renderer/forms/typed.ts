/** The text in a field while it is being typed: it stays as it is, even if its value would be formatted differently. */
import { useState } from "react";

interface Typed {
  readonly text: string;
  /** The value that was parsed from the text. */
  readonly made: unknown;
}

/**
 * The text being typed, and how to keep or discard it.
 * @param value the field's value. If something else changed it (an undo, a button), the text is discarded.
 */
export function useTyped(value: unknown): readonly [string | null, (typed: Typed | null) => void] {
  const [typed, setTyped] = useState<Typed | null>(null);
  return [typed !== null && Object.is(typed.made, value) ? typed.text : null, setTyped];
}
