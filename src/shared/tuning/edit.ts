/** Changes of a study after its start. */
import { Fault, nearestName, type Problem, quote } from "../kit/fault.ts";
import { isRecord } from "../kit/record.ts";
import { type CheckedStudy, requireStudy } from "./checkStudy.ts";
import type { Parameter } from "./space.ts";

/** The fields that can change while a study runs. Further guesses are added. */
export const EDITABLE = ["space", "trials", "minutes", "baseline", "parallel", "sampler", "pruner", "guesses"] as const;

/**
 * The study with a change.
 * @param edit parsed JSON: some of the fields {@link EDITABLE}
 * @param guessesMade number of guesses that have become trials: new ones come before those that wait
 * @throws Fault with every problem
 */
export function editedStudy(study: CheckedStudy, edit: unknown, guessesMade: number): CheckedStudy {
  const problems = shapeProblems(edit);
  if (problems.length > 0 || !isRecord(edit)) throw new Fault("input", problems);
  const added: readonly unknown[] = Array.isArray(edit.guesses) ? edit.guesses : [];
  // Guesses that have become trials are only counted; they may lie outside of a narrower space.
  const made = study.guesses.slice(0, guessesMade).map((guess) => ("space" in edit ? {} : guess));
  const guesses = [...made, ...added, ...study.guesses.slice(guessesMade)];
  const edited = requireStudy({ ...study, ...edit, guesses });
  const others = "space" in edit ? spaceProblems(study.space, edited.space) : [];
  if (others.length > 0) throw new Fault("input", others);
  return edited;
}

function shapeProblems(edit: unknown): readonly Problem[] {
  if (!isRecord(edit) || Array.isArray(edit))
    return [{ place: "edit", expected: `must be an object with some of ${EDITABLE.join(", ")}`, received: quote(edit), remedy: "Correct it." }];
  const names: readonly string[] = EDITABLE;
  const unknown = Object.keys(edit).filter((key) => !names.includes(key));
  if (Array.isArray(edit.guesses) || edit.guesses === undefined)
    return unknown.map((key) => ({
      place: key,
      expected: `must be one of the fields that can change after the start: ${names.join(", ")}`,
      received: quote(key),
      remedy: nearestName(key, names) === undefined ? "Copy the study and start it again with this change." : `Did you mean ${quote(nearestName(key, names))}?`,
    }));
  return [{ place: "guesses", expected: "must be a list of points", received: quote(edit.guesses), remedy: "Write [{…}]." }];
}

/** Ranges and values may change; what a parameter sets, and where it exists, may not, because trials were trained with it. */
function spaceProblems(before: readonly Parameter[], after: readonly Parameter[]): readonly Problem[] {
  const fixed = ({ type, name, paths, when, ...rest }: Parameter) => JSON.stringify({ type, name, paths, when, sets: "sets" in rest ? rest.sets : "value" });
  const remedy = "Change only its range or its values, or copy the study and start it again.";
  if (before.length !== after.length)
    return [{ place: "space", expected: `must keep its ${before.length} parameters`, received: `${after.length} parameters`, remedy }];
  return before.flatMap((parameter, index): readonly Problem[] => {
    const changed = after[index];
    if (changed !== undefined && fixed(parameter) === fixed(changed)) return [];
    return [
      {
        place: `space[${index}]`,
        expected: `must stay ${quote(parameter.name)}, of the same type, fields and condition`,
        received: quote(changed?.name),
        remedy,
      },
    ];
  });
}

/** The study as it was when a number of trials had been proposed, without its guesses. @param changes in the order in which they were made */
export function studyAt(started: CheckedStudy, changes: readonly { readonly afterTrials: number; readonly change: object }[], trials: number): CheckedStudy {
  return changes
    .filter(({ afterTrials }) => afterTrials <= trials)
    .reduce((study: CheckedStudy, { change }) => editedStudy(study, { ...change, guesses: [] }, 0), { ...started, guesses: [] });
}
