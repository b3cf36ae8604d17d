/** Questions to the data room's process, and their answers. */
import type { AugmentationPreview, SeenBatch } from "../../../shared/contract/augment.ts";
import type { DetectedSource } from "../../../shared/contract/datasets.ts";
import type { DataProblem, SampleView } from "../../../shared/contract/inspection.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import type { Recipe } from "../../../shared/recipe/recipe.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import type { SetFields } from "../../data/readers/reader.ts";
import type { PreviewRequest } from "./preview.ts";
import type { SeenRequest } from "./seen.ts";

export interface SuspectsRequest {
  readonly run: string;
  readonly recipe: Recipe;
  /** The checkpoint's file. */
  readonly checkpoint: string;
}

export type RoomQuestion =
  | { readonly type: "describe"; readonly source: SourceConfig }
  | { readonly type: "detect"; readonly path: string; readonly set: SetFields }
  | { readonly type: "samples"; readonly source: SourceConfig; readonly samples: readonly number[]; readonly side: number }
  | ({ readonly type: "preview" } & PreviewRequest)
  | ({ readonly type: "seen" } & SeenRequest)
  | ({ readonly type: "suspects" } & SuspectsRequest);

export interface RoomAnswers {
  readonly describe: DatasetFacts;
  readonly detect: DetectedSource;
  readonly samples: readonly SampleView[];
  readonly preview: AugmentationPreview;
  readonly seen: SeenBatch;
  readonly suspects: DataProblem;
}
