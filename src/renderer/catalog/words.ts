/** What the catalog says of its entries, for a choice in a form. */
import { augmentations } from "../../shared/catalog/augmentations/index.ts";
import { generators } from "../../shared/catalog/generators/index.ts";
import { initializers } from "../../shared/catalog/initializers/index.ts";
import { layers } from "../../shared/catalog/layers/index.ts";
import { losses } from "../../shared/catalog/losses/index.ts";
import { optimizers } from "../../shared/catalog/optimizers/index.ts";
import { schedules } from "../../shared/catalog/schedules/index.ts";
import type { Path } from "../forms/path.ts";

interface Summarized {
  readonly summary: string;
}

const registries: Readonly<Record<string, Readonly<Record<string, Summarized>>>> = {
  augmentation: augmentations,
  data: generators,
  model: layers,
  loss: losses,
  optimizer: optimizers,
  schedule: schedules,
};

/** The catalog's sentence about a choice at a path: a layer, what its weights begin with, a loss, an optimizer. */
export function summaryOf(path: Path, type: string): string | null {
  const registry: Readonly<Record<string, Summarized>> = path.at(-2) === "init" ? initializers : (registries[String(path[0])] ?? {});
  return Object.hasOwn(registry, type) ? (registry[type]?.summary ?? null) : null;
}
