/** The study being made: the ticked fields of the draft recipe and the study's settings, kept across reloads. */

import { z } from "zod";
import { create } from "zustand";
import { persist } from "zustand/middleware";
import { isRecord } from "../../shared/kit/record.ts";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { type Parameter, parameterSchema } from "../../shared/tuning/space.ts";
import { useDraft } from "../draft/draft.ts";
import { type Path, setAt } from "../forms/path.ts";
import { type Space, stillThere, withChanged, withField, withLayer, without } from "./space.ts";

export interface StudyDraft {
  /** Whether the form of the recipe shows boxes to tick. */
  readonly ticking: boolean;
  readonly space: Space;
  /** What a study has besides its recipe and its space, as typed. */
  readonly settings: unknown;
}

const stored = z.object({
  ticking: z.boolean().catch(false),
  space: z.array(parameterSchema).catch([]),
  settings: z.record(z.string(), z.unknown()).catch({}),
});
const nothing: StudyDraft = { ticking: false, space: [], settings: {} };

export const useStudyDraft = create<StudyDraft>()(
  persist(() => nothing, {
    name: "descent.study",
    merge: (kept) => {
      const read = stored.safeParse(kept);
      return read.success ? read.data : nothing;
    },
  }),
);

const recipe = (): unknown => useDraft.getState().recipe;
const change = (how: (space: Space) => Space) => useStudyDraft.setState(({ space }) => ({ space: how(space) }));

export function setTicking(ticking: boolean): void {
  useStudyDraft.setState(({ space }) => ({ ticking, space: stillThere(space, recipe()) }));
}

export const tickField = (path: Path, schema: FieldSchema, value: unknown) => change((space) => withField(space, recipe(), path, schema, value));
export const tickLayer = (path: Path, sets: "repeats" | "presence") => change((space) => withLayer(space, recipe(), path, sets));
export const untick = (name: string) => change((space) => without(space, recipe(), name));
export const changeParameter = (parameter: Parameter) => change((space) => withChanged(space, parameter));
export const changeSpace = change;

/** Written out, so that it can be seen and changed. */
const FIRST = { objectives: [{ metric: "validation.loss" }] };

/** The settings as a form shows them. */
export function shownSettings(settings: unknown): Readonly<Record<string, unknown>> {
  return { ...FIRST, ...(isRecord(settings) ? settings : {}) };
}

export function changeSetting(path: Path, value: unknown): void {
  useStudyDraft.setState(({ settings }) => ({ settings: setAt(shownSettings(settings), path, value) }));
}

/** Starts from a whole study: its recipe becomes the draft elsewhere. */
export function replaceStudy(space: Space, settings: unknown): void {
  useStudyDraft.setState({ space, settings, ticking: true });
}
