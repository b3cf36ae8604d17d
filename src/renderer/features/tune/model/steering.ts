/** Changes of a study while it runs, and the changes that take them back. */

import type { StudyEdit } from "../../../../shared/contract/studies.ts";
import { isRecord } from "../../../../shared/kit/record.ts";
import { type Study, studySchema } from "../../../../shared/tuning/study.ts";

/** The fields of a study that can be changed while it runs. */
export const STEERED = ["space", "trials", "minutes", "baseline", "parallel", "sampler", "pruner"] as const;
type Steered = (typeof STEERED)[number];

/** What differs from the study among the typed fields; null if nothing does, or if something typed is not valid. A field that was emptied gets its default. */
export function editOf(study: Study, typed: unknown): StudyEdit | null {
  if (!isRecord(typed)) return null;
  const read = studySchema.safeParse({ ...study, ...typed });
  if (!read.success) return null;
  const changed = STEERED.filter((name) => JSON.stringify(read.data[name]) !== JSON.stringify(study[name]));
  return changed.length === 0 ? null : pick(read.data, changed);
}

/** The edit that restores what this one changes. */
export function backOf(study: Study, edit: StudyEdit): StudyEdit {
  return pick(
    study,
    STEERED.filter((name) => Object.hasOwn(edit, name)),
  );
}

function pick(study: Study, names: readonly Steered[]): StudyEdit {
  return Object.fromEntries(names.map((name) => [name, study[name]]));
}
