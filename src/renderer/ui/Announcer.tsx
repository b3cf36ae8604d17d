/** What is said to a screen reader of things that happen away from the focus: a run that started or ended, a new order of rows. */
import { create } from "zustand";

const useSaid = create<{ readonly text: string }>()(() => ({ text: "" }));

/** The last one counts: what is said at once is heard one after the other by nobody. */
export function announce(text: string): void {
  // The same words again are a change as well.
  useSaid.setState(({ text: former }) => ({ text: former === text ? `${text}\u00a0` : text }));
}

/** Once in a window. */
export function Announcer() {
  const text = useSaid((state) => state.text);
  return (
    <div role="status" className="visually-hidden" data-announcer>
      {text}
    </div>
  );
}
