/** Inputs of programs: raw data and the state's tensors. */

import { internal } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { Tensor } from "../onnxruntime.ts";
import { dataTensor, floatTensor } from "../session.ts";
import type { State } from "../state.ts";

/** Data from which batches are gathered. */
export interface ResidentData {
  /** [rows, ...sampleShape] */
  readonly samples: Uint8Array | Float32Array;
  /** Class numbers [rows], or values [rows, names]. */
  readonly targets: Int32Array | Float32Array;
  readonly rows: number;
}

export function dataFeeds(data: ResidentData, { sampleShape, target }: DatasetFacts): { readonly samples: Tensor; readonly targets: Tensor } {
  return {
    samples: dataTensor(data.samples, [data.rows, ...sampleShape]),
    targets: dataTensor(data.targets, target.kind === "classification" ? [data.rows] : [data.rows, target.names.length]),
  };
}

export function stateFeeds(state: State, tensors: readonly { readonly name: string; readonly shape: readonly number[] }[]): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(
    tensors.map(({ name, shape }) => {
      const values = state.get(name);
      if (values === undefined) throw internal(`the state lacks ${name}`);
      return [name, floatTensor(values, shape)];
    }),
  );
}
