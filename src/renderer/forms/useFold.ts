/** Something that is folded or open: as the person left it, and open where a field within is to be shown. */
import { useState } from "react";
import { setPreferences, usePreferences } from "../app/preferences.ts";
import { useAsked } from "./shown.ts";

interface FoldOptions {
  /** What lies within: places of fields. */
  readonly places: readonly string[];
  /** Before a person says otherwise. */
  readonly initially: boolean;
  /** The name under which it is kept for the next visit; it is not where absent. */
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
