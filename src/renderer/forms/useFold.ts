/** The state of a foldable section. The user's choice is remembered, and the section opens if a field inside must be shown. */
import { useState } from "react";
import { setPreferences, usePreferences } from "../app/preferences.ts";
import { useAsked } from "./shown.ts";

interface FoldOptions {
  /** The places of the fields inside. */
  readonly places: readonly string[];
  /** Whether it is open before the user changes it. */
  readonly initially: boolean;
  /** The key under which the state is stored for the next visit; not stored if absent. */
  readonly keep?: string | undefined;
}

export function useFold({ places, initially, keep }: FoldOptions): readonly [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => (keep === undefined ? undefined : usePreferences.getState().folds[keep]) ?? initially);
  const asked = useAsked(places);
  const [answered, setAnswered] = useState(0);
  if (asked > answered) {
    setAnswered(asked);
    setOpen(true);
  }
  const set = (next: boolean) => {
    setOpen(next);
    if (keep !== undefined) setPreferences({ folds: { ...usePreferences.getState().folds, [keep]: next } });
  };
  return [open, set];
}
