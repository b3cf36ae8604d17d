/** Announces to screen readers what happens away from the focus: a run that started or ended, a new order of rows. */
import { create } from "zustand";

const useSaid = create<{ readonly text: string }>()(() => ({ text: "" }));

/** Replaces the previous text, so of several at once only the last one is announced. */
export function announce(text: string): void {
  // A repeated text must differ, otherwise it would not be announced.
  useSaid.setState(({ text: former }) => ({ text: former === text ? `${text}\u00a0` : text }));
}

/** Rendered once per window. */
export function Announcer() {
  const text = useSaid((state) => state.text);
  return (
    <div role="status" className="visually-hidden" data-announcer>
      {text}
    </div>
  );
}
