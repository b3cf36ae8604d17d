/** Input and output common to both kinds of inspection, by columns and by samples. */
import type { ColumnSummary, DataProblem, Inspection, MeanSamples, NumberSummary, Projection } from "../../../shared/contract/inspection.ts";
import type { Dataset } from "../dataset.ts";
import { NOTHING } from "./columnFigures.ts";
import type { SplitParts } from "./duplicates.ts";
import type { Pace } from "./pace.ts";

export interface Inspected {
  readonly dataset: Dataset;
  /** From `Dataset.targets()`. */
  readonly targets: Int32Array | Float32Array;
  readonly split: SplitParts | undefined;
  readonly pace: Pace;
}

export interface Findings {
  readonly values: NumberSummary;
  readonly channels: readonly NumberSummary[];
  readonly columns: readonly ColumnSummary[];
  readonly correlations: Inspection["correlations"];
  readonly associations: Inspection["associations"];
  readonly means: MeanSamples | null;
  readonly projection: Projection | null;
  readonly problems: readonly DataProblem[];
}

export const NO_FINDINGS: Findings = {
  values: NOTHING,
  channels: [],
  columns: [],
  correlations: null,
  associations: [],
  means: null,
  projection: null,
  problems: [],
};
