/**
 * What make_treatments.py computes and the battery over the roles of parameters compares: every sample of every layer with parameters, with numbers drawn
 * for them and for their gradients. Run by itself it prints the cases as JSON.
 */
import type { NdArray } from "../../../src/shared/graph/types.ts";
import { RandomStream } from "../../../src/shared/math/random.ts";
import type { LayerPlan } from "../../../src/shared/recipe/plan.ts";
import type { TorchModel } from "../../../src/shared/recipe/torchModel.ts";
import { randomArray } from "../../helpers/arrays.ts";
import { caseOf, layerSubjects, titleOf } from "./layerCases.ts";

export interface TreatmentCase {
  readonly title: string;
  readonly plan: LayerPlan;
  readonly torch: TorchModel;
  /** By address. */
  readonly parameters: ReadonlyMap<string, NdArray>;
  readonly gradients: ReadonlyMap<string, NdArray>;
}

/** Larger ones say nothing that smaller ones do not. */
const MOST_NUMBERS = 800;

export const treatmentCases: readonly TreatmentCase[] = layerSubjects
  .filter(({ ties }) => !ties)
  .map((subject) => ({ title: `${subject.type} ${titleOf(subject)}`, ...caseOf(subject) }))
  .filter(({ plan: { parameterCount } }) => parameterCount > 0 && parameterCount <= MOST_NUMBERS)
  .map(({ title, plan, torch, parameters }) => {
    const gradientOf = (address: string, { shape }: NdArray) =>
      randomArray({ dtype: "float32", shape }, new RandomStream(11, `${title}/gradient of ${address}`), { range: [-1, 1] });
    return { title, plan, torch, parameters, gradients: new Map([...parameters].map(([address, value]) => [address, gradientOf(address, value)])) };
  });

if (import.meta.main) {
  const plain = (arrays: ReadonlyMap<string, NdArray>) =>
    Object.fromEntries([...arrays].map(([address, { shape, data }]) => [address, { shape, data: Array.from(data) }]));
  const cases = treatmentCases.map(({ title, torch, parameters, gradients }) => ({ title, torch, parameters: plain(parameters), gradients: plain(gradients) }));
  process.stdout.write(JSON.stringify(cases));
}
