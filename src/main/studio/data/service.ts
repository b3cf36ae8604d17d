/** Operations on data sets and samples: the API of the data room for the host. */
import path from "node:path";
import type { AugmentationPreview, SeenBatch } from "../../../shared/contract/augment.ts";
import type { DetectedSource, OwnDataset } from "../../../shared/contract/datasets.ts";
import type { DataProblem, SampleView } from "../../../shared/contract/inspection.ts";
import { describeProblem, fail, nearestName, quote } from "../../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { mapPaths, type SourceConfig } from "../../../shared/recipe/sources.ts";
import { requireRecipe } from "../../../shared/recipe/validate.ts";
import type { SetFields } from "../../data/readers/reader.ts";
import type { StudioContext } from "../context.ts";
import { newRunId } from "../ids.ts";
import { log } from "../log.ts";
import type { RunService } from "../runs.ts";
import { intactCheckpoint } from "../startPoint.ts";
import { describeIn, requireSource } from "./source.ts";

export class DatasetService {
  readonly #context: StudioContext;
  readonly #runs: RunService;
  readonly #told = new Set<string>();

  constructor(context: StudioContext, runs: RunService) {
    this.#context = context;
    this.#runs = runs;
  }

  own(): readonly OwnDataset[] {
    const { datasets } = this.#context.history;
    for (const problem of datasets.damaged()) this.#warnOnce(describeProblem(problem));
    return datasets.list();
  }

  /** @param set fields of the source that take precedence over guesses */
  detect(file: string, set: SetFields): Promise<DetectedSource> {
    return this.#context.room.ask({ type: "detect", path: path.resolve(file), set });
  }

  describe(source: unknown): Promise<DatasetFacts> {
    return describeIn(this.#context, requireSource(source));
  }

  async add(name: string, source: unknown): Promise<OwnDataset> {
    const read = requireSource(source);
    await describeIn(this.#context, read);
    const added: OwnDataset = { id: newRunId(), name, source: read, addedAt: Date.now() };
    this.#context.history.datasets.add(added);
    this.#context.hub.runs();
    return added;
  }

  rename(id: string, name: string): OwnDataset {
    this.#require(id);
    this.#context.history.datasets.rename(id, name);
    this.#context.hub.runs();
    return this.#require(id);
  }

  /** @throws Fault for an unreadable source; the data set is not changed then */
  async changeSource(id: string, source: unknown): Promise<OwnDataset> {
    this.#require(id);
    const read = requireSource(source);
    await describeIn(this.#context, read);
    this.#context.history.datasets.changeSource(id, read);
    this.#context.hub.runs();
    return this.#require(id);
  }

  /** @param hidden false restores them */
  hide(ids: readonly string[], hidden: boolean): readonly string[] {
    for (const id of ids) this.#context.history.datasets.hide(this.#require(id).id, hidden ? Date.now() : null);
    this.#context.hub.runs();
    return ids;
  }

  samples(source: unknown, samples: readonly number[], side: number): Promise<readonly SampleView[]> {
    return this.#context.room.ask({ type: "samples", source: requireSource(source), samples, side });
  }

  preview(recipe: unknown, sample: number | null, epoch: number, count: number): Promise<AugmentationPreview> {
    const read = requireRecipe(recipe);
    return this.#context.room.ask({ type: "preview", recipe: absolute(read), sample, epoch, count });
  }

  async seen(run: string, step: number, count: number): Promise<SeenBatch> {
    const { room, layout } = this.#context;
    const { id, recipe } = await this.#runs.get(run);
    return room.ask({ type: "seen", run: id, recipe, folder: layout.runFolder(id), step, count });
  }

  async suspects(run: string): Promise<DataProblem> {
    const { layout, room } = this.#context;
    const { key, id } = this.#runs.find(run);
    const checkpoint = await intactCheckpoint(this.#context, key, id, "to examine its predictions");
    const { recipe } = await this.#runs.get(id);
    return room.ask({ type: "suspects", run: id, recipe, checkpoint: path.join(layout.runFolder(id), checkpoint.file) });
  }

  #warnOnce(text: string): void {
    if (!this.#told.has(text)) log.warn(text);
    this.#told.add(text);
  }

  #require(id: string): OwnDataset {
    const { datasets } = this.#context.history;
    const found = datasets.find(id);
    if (found !== null) return found;
    const near = nearestName(
      id,
      datasets.list().map((each) => each.id),
    );
    return fail("missing", "data set", "must be one of your data sets", quote(id), near === undefined ? "List them again." : `Did you mean ${near}?`);
  }
}

function absolute<R extends { readonly data: { readonly source: SourceConfig } }>(recipe: R): R {
  return { ...recipe, data: { ...recipe.data, source: mapPaths(recipe.data.source, (file) => path.resolve(file)) } };
}
