/** Studies: searches over recipes. */
import { readStarterStudies } from "../starterStudies.ts";
import type { Root, RouterParts } from "./root.ts";

export function studiesProcedures(root: Root, { studies }: RouterParts) {
  return {
    starters: root.studies.starters.handler(() => readStarterStudies()),
    list: root.studies.list.handler(() => studies.list()),
    get: root.studies.get.handler(({ input }) => studies.get(input.id)),
    trials: root.studies.trials.handler(({ input }) => studies.trials(input.id, input.since)),
    curves: root.studies.curves.handler(({ input }) => studies.curves(input.id, input.numbers)),
    check: root.studies.check.handler(({ input }) => studies.check(input.study)),
    start: root.studies.start.handler(({ input }) => studies.start(input.study)),
    pause: root.studies.pause.handler(({ input }) => studies.pause(input.id)),
    resume: root.studies.resume.handler(({ input }) => studies.resume(input.id)),
    recipe: root.studies.recipe.handler(({ input }) => studies.recipe(input.id, input.number)),
  };
}
