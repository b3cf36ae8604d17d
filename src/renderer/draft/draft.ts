/** The recipe being edited: one JSON value behind the form and the JSON text, with its undo history, kept across reloads. */
import { create } from "zustand";
import { formatPath } from "../../shared/recipe/fields.ts";
import { upgradeRecipe } from "../../shared/recipe/migrations/migrations.ts";
import { readJson } from "../forms/jsonPlace.ts";
import { type Path, setAt } from "../forms/path.ts";
import { type Content, type History, type Moved, recorded, redone, undone } from "./history.ts";
import { contentOf, type Kept, readDraft, readHistory, writeDraft, writeHistory } from "./kept.ts";

export interface Draft extends Kept {
  readonly history: History;
  /** Stored text of an earlier visit that this version cannot read; null if there is none. */
  readonly unread: string | null;
  /** Whether the browser refused to store the latest change: its storage is full or off. */
  readonly unkept: boolean;
}

/** The `place` of changes of the JSON text. */
export const JSON_PLACE = "json";

const DRAFT = "descent.draft";
const UNREAD = "descent.draft.unread";
/** For this tab only: another tab may edit another draft. */
const HISTORY = "descent.draft.history";

export const useDraft = create<Draft>()(() => {
  const { kept, unread } = readDraft(stored(() => localStorage.getItem(DRAFT)));
  const history = readHistory(
    stored(() => sessionStorage.getItem(HISTORY)),
    kept,
  );
  return { ...kept, history, unread: unread ?? stored(() => localStorage.getItem(UNREAD)), unkept: false };
});

/** Starts saving the draft. If that fails, the form says so, and the browser asks before the window is closed. */
export function keepDraft(): void {
  let written = "";
  const write = (draft: Draft) => {
    const text = writeDraft(draft);
    if (text === written) return;
    written = text;
    useDraft.setState({ unkept: stored(() => localStorage.setItem(DRAFT, text) ?? true) === null });
  };
  const { unread } = useDraft.getState();
  if (unread !== null) stored(() => localStorage.setItem(UNREAD, unread));
  useDraft.subscribe(write);
  window.addEventListener("beforeunload", (event) => {
    if (useDraft.getState().unkept) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    const draft = useDraft.getState();
    stored(() => sessionStorage.setItem(HISTORY, writeHistory(draft.history, draft)));
  });
}

/** Storage may be full or forbidden: null then. */
function stored<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** Replaces the content as one step. */
function change(content: Content, place: string, typedAt: number | null = null): void {
  useDraft.setState((draft) => ({ ...content, history: recorded(draft.history, contentOf(draft), place, typedAt) }));
}

/** Starts from a whole recipe, and shows it. Undo restores the former one. */
export function replaceDraft(recipe: unknown): void {
  const fresh: Content = { recipe: upgradeRecipe(recipe), text: null, syntaxError: null, edited: false };
  if (useDraft.getState().recipe === null) useDraft.setState(fresh);
  else change(fresh, "");
  showRecipe("draft");
}

/** Restores earlier content, as a step of its own. */
export function restoreDraft(content: Content): void {
  change(content, "");
  showRecipe("draft");
}

export function showRecipe(showing: Draft["showing"]): void {
  useDraft.setState({ showing });
}

export function changeDraft(path: Path, value: unknown): void {
  // Text arrives letter by letter; any other value at once.
  const typed = typeof value === "string" || typeof value === "number" || value === undefined;
  const { recipe } = useDraft.getState();
  change({ recipe: setAt(recipe, path, value), text: null, syntaxError: null, edited: true }, formatPath(path), typed ? Date.now() : null);
}

/** Changes several fields as one step. */
export function changeFields(changes: readonly { readonly path: Path; readonly value: unknown }[], place: string): void {
  const recipe = changes.reduce<unknown>((made, { path, value }) => setAt(made, path, value), useDraft.getState().recipe);
  change({ recipe, text: null, syntaxError: null, edited: true }, place);
}

/** Applies typed JSON; the recipe stays unchanged while the text is invalid. */
export function typeDraft(text: string): void {
  const read = readJson(text);
  const { recipe } = useDraft.getState();
  change(
    { recipe: "value" in read ? upgradeRecipe(read.value) : recipe, text, syntaxError: "error" in read ? read.error : null, edited: true },
    JSON_PLACE,
    Date.now(),
  );
}

/** @returns the place of the change that was undone; null if there was none */
export function undoDraft(): string | null {
  return move(undone);
}

export function redoDraft(): string | null {
  return move(redone);
}

function move(step: (history: History, present: Content) => Moved | null): string | null {
  const draft = useDraft.getState();
  const moved = step(draft.history, contentOf(draft));
  if (moved === null) return null;
  useDraft.setState({ ...moved.content, history: moved.history, showing: "draft" });
  return moved.place;
}

/** Discards the text of an earlier visit that could not be read. */
export function forgetUnread(): void {
  useDraft.setState({ unread: null });
  stored(() => localStorage.removeItem(UNREAD));
}

export function jsonText(recipe: unknown): string {
  return foldShort(JSON.stringify(recipe, null, 2) ?? "");
}

/** Puts small lists of numbers back on one line: `[3, 3]`. */
function foldShort(text: string): string {
  return text.replace(/\[\n\s+([-\d.eE+,\s]{1,60}?)\s+\]/g, (_, items: string) => `[${items.split(/,\s*/).join(", ")}]`);
}
