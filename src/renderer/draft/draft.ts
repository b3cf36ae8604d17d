/** The recipe that is being written: one JSON value behind the form and the JSON text, kept across reloads. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import { type JsonError, readJson } from "../forms/jsonPlace.ts";
import { type Path, setAt } from "../forms/path.ts";

export interface Draft {
  /** What was last understood; null before a starter or a run was chosen. */
  readonly recipe: unknown;
  /** The JSON text while it is being typed; null where it is simply the recipe's. */
  readonly text: string | null;
  readonly syntaxError: JsonError | null;
  /** Which recipe the workbench shows: this one, or the open run's. */
  readonly showing: "draft" | "run";
}

export const useDraft = create<Draft>()(persist((): Draft => ({ recipe: null, text: null, syntaxError: null, showing: "draft" }), { name: "descent.draft" }));

/** Begins from a whole recipe, and shows it. */
export function replaceDraft(recipe: unknown): void {
  useDraft.setState({ recipe, text: null, syntaxError: null, showing: "draft" });
}

export function showRecipe(showing: Draft["showing"]): void {
  useDraft.setState({ showing });
}

export function changeDraft(path: Path, value: unknown): void {
  useDraft.setState(({ recipe }) => ({ recipe: setAt(recipe, path, value), text: null, syntaxError: null }));
}

/** Takes what was typed as JSON; the recipe stays as it was while the text is not JSON. */
export function typeDraft(text: string): void {
  const read = readJson(text);
  useDraft.setState("error" in read ? { text, syntaxError: read.error } : { text, syntaxError: null, recipe: read.value });
}

export function jsonText(recipe: unknown): string {
  return foldShort(JSON.stringify(recipe, null, 2) ?? "");
}

/** Puts small lists of numbers back on one line: `[3, 3]`. */
function foldShort(text: string): string {
  return text.replace(/\[\n\s+([-\d.eE+,\s]{1,60}?)\s+\]/g, (_, items: string) => `[${items.split(/,\s*/).join(", ")}]`);
}
