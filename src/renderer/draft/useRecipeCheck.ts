/** The studio's check of the draft, requested when typing pauses. */
import { useDebouncedValue } from "@mantine/hooks";
import { useRef } from "react";
import type { Problem } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { MemoryEstimate } from "../../shared/recipe/memory.ts";
import type { ModelPlan } from "../../shared/recipe/plan.ts";
import { useCheck } from "../api/client.ts";
import { getAt } from "../forms/path.ts";

const TYPING_MS = 150;
const LAYERS = ["model", "layers"];
const NONE: readonly Problem[] = [];

export interface Checked {
  readonly problems: readonly Problem[];
  /** Problems that do not prevent the start. */
  readonly warnings: readonly Problem[];
  /** Shapes and counts; the last known ones while another field is invalid and the layers are the same. */
  readonly plan: ModelPlan | null;
  /** Steps of the whole run; the last known ones while something is invalid, null before. */
  readonly totalSteps: number | null;
  /** Facts of the data as the network gets it; the last known ones while another field of the same data is being changed. */
  readonly facts: DatasetFacts | null;
  /** The estimated memory of the training; null while something is invalid. */
  readonly memory: MemoryEstimate | null;
  /** Whether this result is for the current recipe. */
  readonly current: boolean;
}

/** @param recipe undefined while there is none yet */
export function useRecipeCheck(recipe: unknown): Checked {
  const [asked] = useDebouncedValue(recipe, TYPING_MS);
  const { data, isPlaceholderData } = useCheck(asked);
  const known = useRef<{ readonly layers: unknown; readonly source: unknown; readonly plan: ModelPlan } | null>(null);
  const current = data !== undefined && !isPlaceholderData && asked === recipe;
  const lastFacts = useRef<{ readonly source: unknown; readonly facts: DatasetFacts } | null>(null);
  const steps = useRef<number | null>(null);
  if (data?.totalSteps !== undefined) steps.current = data.totalSteps;
  const layers = getAt(recipe, LAYERS);
  const source = getAt(recipe, ["data", "source"]);
  if (current && data.plan !== null) known.current = { layers, source, plan: data.plan };
  if (current && data.facts !== undefined) lastFacts.current = { source, facts: data.facts };
  const kept = known.current !== null && known.current.layers === layers && known.current.source === source ? known.current.plan : null;
  return {
    problems: data?.problems ?? NONE,
    warnings: data?.warnings ?? NONE,
    plan: current ? (data.plan ?? kept) : (kept ?? data?.plan ?? null),
    totalSteps: steps.current,
    facts: lastFacts.current !== null && JSON.stringify(lastFacts.current.source) === JSON.stringify(source) ? lastFacts.current.facts : null,
    memory: data?.memory ?? null,
    current,
  };
}
