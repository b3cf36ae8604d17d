/** The keys of a study's page: Space pauses and resumes, 1 to 4 change the view, Escape selects all trials. */
import { useEffect, useRef } from "react";

interface StudyKeys {
  readonly onToggle: () => void;
  readonly onView: (index: number) => void;
  readonly onSelectAll: () => void;
}

/** What handles keys itself: text fields, controls that Space activates, and what Escape closes. */
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const OWN_SPACE = "input, button, a, summary, [role=slider], [role=button]";
const CLOSES = "[role=dialog], [role=menu]";

export function useStudyKeys(keys: StudyKeys): void {
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const within = (selector: string) => target?.closest(selector) != null;
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || within(TYPING) || within(CLOSES)) return;
      const view = /^Digit([1-4])$/.exec(event.code)?.[1];
      if (view !== undefined && !event.shiftKey) newest.current.onView(Number(view) - 1);
      else if (event.code === "Escape") newest.current.onSelectAll();
      else if (event.code === "Space" && !within(OWN_SPACE)) newest.current.onToggle();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
