/** The text in a field while it is being typed: it stays as it is, although the value it makes may be written otherwise. */
import { useState } from "react";

interface Typed {
  readonly text: string;
  /** The value that was made of the text. */
  readonly made: unknown;
}

/**
 * The text being typed, and how to keep or forget it.
 * @param value of the field. Where it is no longer what the text made, something else has changed it (an undo, a button), and the text is void.
 */
export function useTyped(value: unknown): readonly [string | null, (typed: Typed | null) => void] {
  const [typed, setTyped] = useState<Typed | null>(null);
  return [typed !== null && Object.is(typed.made, value) ? typed.text : null, setTyped];
}
