/** Studies: searches over recipes. */
import { exportOptuna, importOptuna } from "../optunaFile.ts";
import { readStarterStudies } from "../starterStudies.ts";
import { StudyActions } from "../studyActions.ts";
import { beliefOf, importanceIn } from "../understanding.ts";
import type { Root, RouterParts } from "./root.ts";

export function studiesProcedures(root: Root, { context, studies }: RouterParts) {
  const study = { context, studies };
  const actions = new StudyActions(study);
  return {
    starters: root.studies.starters.handler(() => readStarterStudies()),
    list: root.studies.list.handler(() => studies.list()),
    get: root.studies.get.handler(({ input }) => studies.get(input.id)),
    trials: root.studies.trials.handler(({ input }) => studies.trials(input.id, input.since)),
    curves: root.studies.curves.handler(({ input }) => studies.curves(input.id, input.numbers)),
    check: root.studies.check.handler(({ input }) => studies.check(input.study)),
    start: root.studies.start.handler(({ input }) => studies.start(input.study, input.resume)),
    pause: root.studies.pause.handler(({ input }) => studies.pause(input.id)),
    resume: root.studies.resume.handler(({ input }) => studies.resume(input.id)),
    rename: root.studies.rename.handler(({ input }) => actions.rename(input.id, input.name)),
    remove: root.studies.remove.handler(({ input }) => actions.remove(input.ids)),
    restore: root.studies.restore.handler(({ input }) => actions.restore(input.ids)),
    edit: root.studies.edit.handler(({ input }) => actions.edit(input.id, input.edit)),
    endTrial: root.studies.endTrial.handler(({ input }) => actions.endTrial(input.id, input.number)),
    repeatTrials: root.studies.repeatTrials.handler(({ input }) => actions.repeatTrials(input.id, input.numbers)),
    belief: root.studies.belief.handler(({ input }) => beliefOf(study, input.id, input.number)),
    importance: root.studies.importance.handler(({ input }) => importanceIn(study, input.id, input.objective)),
    confirm: root.studies.confirm.handler(({ input }) => actions.confirm(input.id, input.best, input.seeds)),
    confirmation: root.studies.confirmation.handler(({ input }) => actions.confirmation(input.id)),
    exportOptuna: root.studies.exportOptuna.handler(({ input }) => exportOptuna(study, input.id, input.file, input.force)),
    importOptuna: root.studies.importOptuna.handler(({ input }) => importOptuna(study, input.file, input.name)),
    recipe: root.studies.recipe.handler(({ input }) => studies.recipe(input.id, input.number)),
  };
}
