/**
 * Adopts checkpoint files that no row refers to. A trainer that lost its host writes a checkpoint with the metrics that the host may not have
 * committed. The newest one with an intact seal is adopted here, so that a resumed run continues from there without a gap.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate as breathe, setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { Fault } from "../../shared/kit/fault.ts";
import { inLanguage } from "../../shared/kit/words.ts";
import { splitRows } from "../history/metrics.ts";
import { describeDamage, describeUnreadable, digestOfFile } from "../storage/seal.ts";
import { makePrivateFolder } from "../storage/wholeFile.ts";
import { storedMetrics } from "../training/checkpoints.ts";
import type { CheckpointRecord } from "../training/records.ts";
import { readSafetensorsHeader } from "../training/safetensors.ts";
import type { StudioContext } from "./context.ts";
import { Digest } from "./digest.ts";
import { recipeOf } from "./recipeOf.ts";

/** How long a trainer without a host may take to write its checkpoint. */
const ORPHAN_MS = 20_000;

const record = z.object({ kind: z.literal("last"), file: z.string(), step: z.int(), epoch: z.int(), metrics: storedMetrics });
const pending = z.array(
  z.object({ name: z.string(), steps: z.array(z.int()), epochs: z.array(z.int()), values: z.array(z.number().nullable()), wallTimeMs: z.number() }),
);
const stamp = z.object({ best: z.object({ file: z.string(), step: z.int(), epoch: z.int(), metrics: storedMetrics }).nullable() });

type Pending = z.output<typeof pending>;

interface Candidate {
  readonly records: readonly CheckpointRecord[];
  readonly step: number;
  readonly pending: Pending;
}

interface Found {
  readonly candidate: Candidate | null;
  /** Why it cannot be adopted; null if it can, or is an ordinary checkpoint. */
  readonly damage: string | null;
}

const NOTHING: Found = { candidate: null, damage: null };

/**
 * Prepares a run's folder for a start from the newest `last` checkpoint.
 * @param trainerPid the process that may still be writing there
 */
export async function adoptCheckpoints({ history, layout }: StudioContext, key: number, id: string, trainerPid: number | null): Promise<void> {
  const folder = layout.runFolder(id);
  makePrivateFolder(folder);
  if (trainerPid !== null) await ended(trainerPid);
  const known = new Set(history.checkpoints.list(key).map(({ file }) => file));
  const newest = history.checkpoints.find(key, "last")?.step ?? -1;
  const strangers = (await readdir(folder)).filter((file) => !known.has(file) && file.endsWith(".safetensors"));
  const found = await Promise.all(strangers.map((file) => candidateIn(folder, file)));
  for (const { damage } of found)
    if (damage !== null) history.events.add(key, "warning", `A checkpoint that the trainer wrote after its host had ended cannot be used: ${damage}.`);
  const candidates = found.flatMap(({ candidate }) => candidate ?? []);
  const [chosen] = candidates.filter(({ step }) => step > newest).sort((a, b) => b.step - a.step);
  if (chosen === undefined) return;
  const digest = new Digest(history, key, recipeOf(history, key, id));
  const blocks = chosen.pending.map((block) => ({ ...block, values: block.values.map((value) => value ?? Number.NaN) }));
  for (const part of splitRows(blocks)) {
    history.connection.transaction(() => digest.write(part));
    await breathe();
  }
  history.connection.durably(() => {
    history.checkpoints.put(key, chosen.records);
    history.events.add(key, "info", `Adopted the checkpoint of step ${chosen.step}, which the trainer wrote after its host had ended.`);
  });
}

/** The checkpoint in a file, if it is marked for adoption and it and its best state are intact. */
async function candidateIn(folder: string, file: string): Promise<Found> {
  try {
    const { metadata } = await readSafetensorsHeader(path.join(folder, file));
    // An ordinary checkpoint whose row was not committed: its steps are repeated.
    if (metadata.record === undefined || metadata.stamp === undefined) return NOTHING;
    const last = record.parse(JSON.parse(metadata.record));
    if (last.file !== file) return { candidate: null, damage: `${file} says that it is ${last.file}` };
    const own = await sealOf(folder, file);
    if ("damage" in own) return { candidate: null, damage: own.damage };
    const rows = pending.parse(JSON.parse(metadata.pending ?? "[]"));
    const { best } = stamp.parse(JSON.parse(metadata.stamp));
    const records: CheckpointRecord[] = [{ ...last, ...own }];
    if (best !== null) {
      // The best state may have been written and reported after the host had ended.
      const named = await sealOf(folder, best.file);
      if ("damage" in named) return { candidate: null, damage: named.damage };
      records.push({ ...best, kind: "best", ...named });
    }
    return { candidate: { records, step: last.step, pending: rows }, damage: null };
  } catch (error) {
    const [problem] = error instanceof Fault ? error.problems : [];
    return { candidate: null, damage: `${file} (${inLanguage(problem?.received ?? "it does not say what it is", "en")})` };
  }
}

/** The seal of an intact file, or its damage. */
async function sealOf(folder: string, file: string): Promise<{ readonly hash: string } | { readonly damage: string }> {
  if (path.basename(file) !== file) return { damage: `${file} leads out of the folder` };
  try {
    const found = await digestOfFile(path.join(folder, file));
    const damage = describeDamage(found, null);
    return damage === null ? { hash: found.digest } : { damage: `${file} (${damage})` };
  } catch (error) {
    return { damage: `${file} (${describeUnreadable(error)})` };
  }
}

/** Waits until a process has ended. Limited in time, because another process may have the same number by now. */
async function ended(pid: number): Promise<void> {
  const deadline = performance.now() + ORPHAN_MS;
  while (performance.now() < deadline && (await isRunning(pid))) await delay(50);
}

async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  // A zombie process still has its number.
  if (process.platform !== "linux") return true;
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return status !== "" && !/\) Z /.test(status);
}
