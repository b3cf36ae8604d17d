/** Patience: a trial ends when it has not improved for some epochs. It looks at no other trial. */
import { z } from "zod";
import { integer, real } from "../../kit/schema.ts";
import type { PrunerDefinition } from "./pruner.ts";

const schema = z.strictObject({
  type: z.literal("patience"),
  patience: integer({
    default: 5,
    min: 1,
    max: 100_000,
    search: [2, 20],
    title: { en: "Patience", ko: "인내" },
    unit: { en: "epochs", ko: "에폭" },
    description: { en: "A trial ends after this many epochs in a row without an improvement.", ko: "이만큼의 에폭 동안 이어서 나아지지 않으면 끝냅니다." },
  }),
  minChange: real({
    default: 0,
    min: 0,
    max: 1e9,
    search: [0, 0.01],
    title: { en: "Minimum change", ko: "최소 변화" },
    description: {
      en: "Only a change of the objective by more than this counts as an improvement.",
      ko: "목표가 이보다 크게 변해야 나아진 것으로 봅니다.",
    },
  }),
});

export const patience = {
  title: { en: "Patience", ko: "인내" },
  summary: {
    en: "Ends a trial that has stopped improving, whatever the others do. Saves the flat end of every curve.",
    ko: "다른 시행과 상관없이, 더 나아지지 않는 시행을 끝냅니다. 모든 곡선의 평평한 끝을 아낍니다.",
  },
  source: "Prechelt 1998, criterion UP in its simplest form; Optuna's PatientPruner",
  schema,
  over: "epochs",
  misfit: ({ patience: epochs }, length) =>
    length > epochs + 1 ? null : { en: `have trials of more than ${epochs + 1} epochs`, ko: `시행이 ${epochs + 1}에폭보다 길어야 합니다` },
  prunes: ({ curves }, { patience: epochs, minChange }, trial) => {
    let best = Number.POSITIVE_INFINITY;
    let waited = 0;
    for (const value of curves.find((curve) => curve.trial === trial)?.values ?? []) {
      const improved = value < best - minChange;
      if (improved) best = value;
      waited = improved ? 0 : waited + 1;
    }
    return waited >= epochs;
  },
  samples: [{}, { patience: 3, minChange: 1e-9 }],
} satisfies PrunerDefinition<z.output<typeof schema>>;
