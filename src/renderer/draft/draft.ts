/** The recipe that is being written: one JSON value behind the form and the JSON text, with its undo, kept across reloads. */
import { create } from "zustand";
import { formatPath } from "../../shared/recipe/fields.ts";
import { upgradeRecipe } from "../../shared/recipe/migrations/migrations.ts";
import { readJson } from "../forms/jsonPlace.ts";
import { type Path, setAt } from "../forms/path.ts";
import { type Content, type History, type Moved, recorded, redone, undone } from "./history.ts";
import { contentOf, type Kept, readDraft, readHistory, writeDraft, writeHistory } from "./kept.ts";

export interface Draft extends Kept {
  readonly history: History;
  /** What an earlier visit left and this version cannot read; null where there is nothing of that kind. */
  readonly unread: string | null;
}

/** The place of changes of the JSON text. */
export const JSON_PLACE = "json";

const DRAFT = "descent.draft";
const UNREAD = "descent.draft.unread";
/** Of this tab alone: another tab may write another draft. */
const HISTORY = "descent.draft.history";

export const useDraft = create<Draft>()(() => {
  const { kept, unread } = readDraft(stored(() => localStorage.getItem(DRAFT)));
  const history = readHistory(
    stored(() => sessionStorage.getItem(HISTORY)),
    kept,
  );
  return { ...kept, history, unread: unread ?? stored(() => localStorage.getItem(UNREAD)) };
});

/** Keeps the draft from here on. */
export function keepDraft(): void {
  let written = "";
  const write = (draft: Draft) => {
    const text = writeDraft(draft);
    if (text !== written) stored(() => localStorage.setItem(DRAFT, text));
    written = text;
  };
  const { unread } = useDraft.getState();
  if (unread !== null) stored(() => localStorage.setItem(UNREAD, unread));
  useDraft.subscribe(write);
  window.addEventListener("pagehide", () => {
    const draft = useDraft.getState();
    stored(() => sessionStorage.setItem(HISTORY, writeHistory(draft.history, draft)));
  });
}

/** Storage may be full or forbidden: the draft is then kept as long as the window is open. */
function stored<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** Puts another content in place as one step. */
function change(content: Content, place: string, typedAt: number | null = null): void {
  useDraft.setState((draft) => ({ ...content, history: recorded(draft.history, contentOf(draft), place, typedAt) }));
}

/** Begins from a whole recipe, and shows it. The former one stays behind undo. */
export function replaceDraft(recipe: unknown): void {
  const fresh: Content = { recipe: upgradeRecipe(recipe), text: null, syntaxError: null, edited: false };
  if (useDraft.getState().recipe === null) useDraft.setState(fresh);
  else change(fresh, "");
  showRecipe("draft");
}

/** Goes back to a content from before, as a step of its own. */
export function restoreDraft(content: Content): void {
  change(content, "");
  showRecipe("draft");
}

export function showRecipe(showing: Draft["showing"]): void {
  useDraft.setState({ showing });
}

export function changeDraft(path: Path, value: unknown): void {
  // What is typed comes letter by letter; whatever else comes as a whole.
  const typed = typeof value === "string" || typeof value === "number" || value === undefined;
  const { recipe } = useDraft.getState();
  change({ recipe: setAt(recipe, path, value), text: null, syntaxError: null, edited: true }, formatPath(path), typed ? Date.now() : null);
}

/** Several fields at once, as one step. */
export function changeFields(changes: readonly { readonly path: Path; readonly value: unknown }[], place: string): void {
  const recipe = changes.reduce<unknown>((made, { path, value }) => setAt(made, path, value), useDraft.getState().recipe);
  change({ recipe, text: null, syntaxError: null, edited: true }, place);
}

/** Takes what was typed as JSON; the recipe stays as it was while the text is not JSON. */
export function typeDraft(text: string): void {
  const read = readJson(text);
  const { recipe } = useDraft.getState();
  change(
    { recipe: "value" in read ? upgradeRecipe(read.value) : recipe, text, syntaxError: "error" in read ? read.error : null, edited: true },
    JSON_PLACE,
    Date.now(),
  );
}

/** @returns the place of what was undone; null where nothing was */
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

/** Forgets what an earlier visit left unread. */
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
