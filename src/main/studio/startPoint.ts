/**
 * Chooses the checkpoint of a run. Each one is checked against its hash first. If one is damaged or missing, the newest intact one is used instead, and
 * the run's log says so.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { CheckpointInfo } from "../../shared/contract/runs.ts";
import { Fault, fail, type Problem } from "../../shared/kit/fault.ts";
import { bestRule } from "../../shared/recipe/best.ts";
import { SPLIT_FILE } from "../data/splits/store.ts";
import { damageOf } from "../storage/seal.ts";
import { PREPROCESSING_FILE } from "../training/preprocessingFile.ts";
import { readSafetensorsHeader } from "../training/safetensors.ts";
import type { StudioContext } from "./context.ts";
import { log } from "./log.ts";
import { recipeOf } from "./recipeOf.ts";

const stamp = z.object({ best: z.object({ file: z.string() }).nullable() });

export interface StartPoint {
  /** Null if the run starts from the beginning. */
  readonly from: CheckpointInfo | null;
  /** The weights of the best epoch are lost; the search for it starts again. */
  readonly bestLost: boolean;
  /** Unreferenced files in the run's folder, to be deleted once the start has succeeded. */
  readonly leftovers: readonly string[];
}

/**
 * The start point of a run: the newest intact checkpoint, with the best state that it refers to.
 * @throws Fault if there are checkpoints but none can be used
 */
export async function startPoint(context: StudioContext, key: number, id: string): Promise<StartPoint> {
  const { history, layout } = context;
  const folder = layout.runFolder(id);
  const kept = history.checkpoints.list(key);
  const check = new Check(folder, kept);
  const newestFirst = [...kept].sort((a, b) => b.step - a.step || (a.kind === "last" ? -1 : 1));
  let passed: CheckpointInfo[] = [];
  let from: CheckpointInfo | null = null;
  let lacking: CheckpointInfo | null = null;
  for (const each of newestFirst) {
    const state = await check.stateOf(each);
    if (state === "whole") {
      from = each;
      break;
    }
    if (state === "best lost") lacking ??= each;
    passed.push(each);
  }
  const bestLost = from === null && lacking !== null;
  from ??= lacking;
  if (from === null && kept.length > 0) throw unusable(id, check.problems());
  // The chosen checkpoint is newer than the rejected ones, unless only their best state is lost.
  if (bestLost) passed = passed.filter((each) => each !== lacking);
  if (from !== null && check.damaged.size > 0) tell(context, key, id, check, from, bestLost, passed);
  const named = new Set([SPLIT_FILE, PREPROCESSING_FILE, ...history.checkpoints.list(key).map(({ file }) => file)]);
  return { from, bestLost, leftovers: (await readdir(folder)).filter((file) => !named.has(file)) };
}

/**
 * The checkpoint with a run's tested weights (shared/recipe/best.ts), or the next intact one.
 * @param purpose for the fault if there is none: "to evaluate"
 * @throws Fault if the run has no usable checkpoint
 */
export async function intactCheckpoint(context: StudioContext, key: number, id: string, purpose: string): Promise<CheckpointInfo> {
  const { history, layout } = context;
  const kept = history.checkpoints.list(key);
  if (kept.length === 0) return fail("missing", `run ${id}`, `must have a checkpoint ${purpose}`, "none yet", "Let it train until its first checkpoint.");
  const check = new Check(layout.runFolder(id), kept);
  const first = bestRule(recipeOf(history, key, id)).tested ? "best" : "last";
  for (const each of [...kept].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === first ? -1 : 1))) {
    if ((await check.damageOf(each)) !== null) continue;
    if (check.damaged.size > 0) tell(context, key, id, check, each, false, []);
    return each;
  }
  throw unusable(id, check.problems());
}

class Check {
  readonly damaged = new Map<string, string>();
  readonly #folder: string;
  readonly #kept: readonly CheckpointInfo[];
  readonly #known = new Map<string, string | null>();

  constructor(folder: string, kept: readonly CheckpointInfo[]) {
    this.#folder = folder;
    this.#kept = kept;
  }

  async stateOf(checkpoint: CheckpointInfo): Promise<"whole" | "best lost" | "damaged"> {
    if ((await this.damageOf(checkpoint)) !== null) return "damaged";
    if (checkpoint.kind === "best") return "whole";
    let best: string | undefined;
    try {
      const { metadata } = await readSafetensorsHeader(path.join(this.#folder, checkpoint.file));
      best = stamp.parse(JSON.parse(metadata.stamp ?? "")).best?.file;
    } catch {
      this.#note(checkpoint.file, "a file that is not a checkpoint of Descent");
      return "damaged";
    }
    if (best === undefined) return "whole";
    const named = this.#kept.find((each) => each.file === best) ?? { file: path.basename(best), hash: null };
    return (await this.damageOf(named)) === null ? "whole" : "best lost";
  }

  async damageOf({ file, hash }: { readonly file: string; readonly hash: string | null }): Promise<string | null> {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    const damage = path.basename(file) === file ? await damageOf(path.join(this.#folder, file), hash) : "a name that leads out of the folder";
    return this.#note(file, damage);
  }

  problems(): readonly Problem[] {
    return [...this.damaged].map(([file, received]) => ({
      place: path.join(this.#folder, file),
      expected: "must be the checkpoint that Descent wrote",
      received,
      remedy: "Restore the file from a copy, or start the run again from its recipe.",
    }));
  }

  #note(file: string, damage: string | null): string | null {
    this.#known.set(file, damage);
    if (damage !== null) this.damaged.set(file, damage);
    return damage;
  }
}

/** Logs what is damaged and what is used, and deletes the rows of rejected checkpoints, so that new checkpoints become the newest. */
function tell(
  { history }: StudioContext,
  key: number,
  id: string,
  check: Check,
  used: CheckpointInfo,
  bestLost: boolean,
  passed: readonly CheckpointInfo[],
): void {
  const damage = [...check.damaged].map(([file, received]) => `${file} is damaged or missing (${received}).`).join(" ");
  const lost = bestLost ? " The weights of the best epoch are lost: the search for the best starts again from there." : "";
  const text = `${damage} ${used.file} of step ${used.step} is intact and is used.${lost}`;
  log.warn({ run: id }, text);
  history.connection.transaction(() => {
    for (const { file } of passed) history.checkpoints.discard(key, file);
    if (bestLost) {
      for (const file of check.damaged.keys()) history.checkpoints.discard(key, file);
      history.runs.update(key, { best: null });
    }
    if (!history.events.latest(key, 50).some((event) => event.text === text)) history.events.add(key, "warning", text);
  });
}

function unusable(id: string, problems: readonly Problem[]): Fault {
  const [first] = problems;
  return first === undefined
    ? new Fault("missing", [{ place: `run ${id}`, expected: "must have a checkpoint", received: "none", remedy: "Start it again from its recipe." }])
    : new Fault("input", problems);
}
