/** Undo and redo of a draft: snapshots of its content, which share unchanged parts. Typing into one field is one step. */
import type { JsonError } from "../forms/jsonPlace.ts";

/** Everything of a draft that an undo restores. */
export interface Content {
  /** The last valid recipe; null before a starter or a run was chosen. */
  readonly recipe: unknown;
  /** The JSON text while it is being typed; null if it is just the recipe's. */
  readonly text: string | null;
  readonly syntaxError: JsonError | null;
  /** Whether the user has changed it since it was opened. */
  readonly edited: boolean;
}

export interface Step {
  readonly content: Content;
  /** The field that the change was about; empty for the whole recipe. */
  readonly place: string;
}

export interface History {
  /** The contents before each change, oldest first. */
  readonly past: readonly Step[];
  /** The contents that were undone, nearest last. */
  readonly future: readonly Step[];
  /** The field being typed into, and when it last changed; null if the next change starts a new step. */
  readonly typing: { readonly place: string; readonly at: number } | null;
}

export const MOST_STEPS = 200;
/** A pause of this length ends a step of typing. */
export const PAUSE_MS = 1000;

export const noHistory: History = { past: [], future: [], typing: null };

/**
 * The history after a change.
 * @param former the content before it
 * @param typedAt time of typing in milliseconds; null for a change that is a step of its own, such as a switch or a new layer
 */
export function recorded(history: History, former: Content, place: string, typedAt: number | null): History {
  const { typing } = history;
  const typed = typedAt === null ? null : { place, at: typedAt };
  if (typed !== null && typing?.place === place && typed.at - typing.at < PAUSE_MS) return { ...history, future: [], typing: typed };
  return { past: [...history.past, { content: former, place }].slice(-MOST_STEPS), future: [], typing: typed };
}

export interface Moved {
  readonly history: History;
  readonly content: Content;
  readonly place: string;
}

/** One step back; null if there is none. */
export function undone({ past, future }: History, present: Content): Moved | null {
  const last = past.at(-1);
  if (last === undefined) return null;
  const { content, place } = last;
  return { content, place, history: { past: past.slice(0, -1), future: [...future, { content: present, place }], typing: null } };
}

/** One step forward again; null if there is none. */
export function redone({ past, future }: History, present: Content): Moved | null {
  const next = future.at(-1);
  if (next === undefined) return null;
  const { content, place } = next;
  return { content, place, history: { past: [...past, { content: present, place }], future: future.slice(0, -1), typing: null } };
}
