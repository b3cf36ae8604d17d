/**
 * Checkpoint files that no row refers to. A trainer that lost its host leaves a checkpoint behind, with the metrics that the host
 * may not have committed; it is taken in here, so that a resume continues from there without a gap. Everything else is deleted.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setImmediate as breathe, setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { splitRows } from "../history/metrics.ts";
import type { CheckpointRecord } from "../training/protocol.ts";
import { readSafetensorsHeader } from "../training/safetensors.ts";
import type { StudioContext } from "./context.ts";
import { Digest } from "./digest.ts";

/** How long a trainer without a host may take to write its checkpoint before it is no longer waited for. */
const ORPHAN_MS = 20_000;

const metrics = z.record(z.string(), z.number());
const record = z.object({ kind: z.literal("last"), file: z.string(), step: z.int(), epoch: z.int(), metrics });
const pending = z.array(
  z.object({ name: z.string(), steps: z.array(z.int()), epochs: z.array(z.int()), values: z.array(z.number().nullable()), wallTimeMs: z.number() }),
);
const stamp = z.object({ best: z.object({ file: z.string(), step: z.int(), epoch: z.int(), metrics }).nullable() });

type Pending = z.output<typeof pending>;

interface Candidate {
  readonly records: readonly Omit<CheckpointRecord, "hash">[];
  readonly step: number;
  readonly pending: Pending;
}

/**
 * Prepares a run's folder for a start that continues from the newest `last` checkpoint.
 * @param trainerPid the process that may still be writing there
 */
export async function adoptCheckpoints({ history, layout }: StudioContext, key: number, id: string, trainerPid: number | null): Promise<void> {
  const folder = layout.runFolder(id);
  await mkdir(folder, { recursive: true });
  if (trainerPid !== null) await ended(trainerPid);
  const known = new Set(history.checkpoints.list(key).map(({ file }) => file));
  const newest = history.checkpoints.find(key, "last")?.step ?? -1;
  const strangers = (await readdir(folder)).filter((file) => !known.has(file));
  const candidates = (await Promise.all(strangers.filter((file) => file.endsWith(".safetensors")).map((file) => candidateIn(folder, file)))).filter(
    (one) => one !== null,
  );
  const [chosen] = candidates.filter(({ step }) => step > newest).sort((a, b) => b.step - a.step);
  if (chosen !== undefined) {
    const digest = new Digest(history, key);
    const blocks = chosen.pending.map((block) => ({ ...block, values: block.values.map((value) => value ?? Number.NaN) }));
    const records = await Promise.all(chosen.records.map(async (one) => ({ ...one, hash: await sha256(path.join(folder, one.file)) })));
    for (const part of splitRows(blocks)) {
      history.connection.transaction(() => digest.write(part));
      await breathe();
    }
    history.connection.durably(() => {
      history.checkpoints.put(key, records);
      history.events.add(key, "info", `Took in the checkpoint of step ${chosen.step}, which the trainer wrote after its host had ended.`);
    });
  }
  const kept = new Set(history.checkpoints.list(key).map(({ file }) => file));
  for (const file of await readdir(folder)) if (!kept.has(file)) await rm(path.join(folder, file), { force: true });
}

/** The checkpoint in a file, where it says that it may be adopted and all it needs is there. */
async function candidateIn(folder: string, file: string): Promise<Candidate | null> {
  try {
    const { metadata } = await readSafetensorsHeader(path.join(folder, file));
    if (metadata.record === undefined || metadata.stamp === undefined) return null;
    const { data: last } = record.safeParse(JSON.parse(metadata.record));
    if (last === undefined || last.file !== file) return null;
    const rows = pending.parse(JSON.parse(metadata.pending ?? "[]"));
    const { best } = stamp.parse(JSON.parse(metadata.stamp));
    if (best === null) return { records: [last], step: last.step, pending: rows };
    // The best state may have been written and reported to a host that was gone already.
    if (path.basename(best.file) !== best.file || !existsSync(path.join(folder, best.file))) return null;
    return { records: [last, { ...best, kind: "best" }], step: last.step, pending: rows };
  } catch {
    // Not whole, or not ours: it is deleted with the others.
    return null;
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

/** Waits until a process is gone. The number may be another process's by now, so the wait has an end. */
async function ended(pid: number): Promise<void> {
  const deadline = Date.now() + ORPHAN_MS;
  while (Date.now() < deadline && (await isRunning(pid))) await delay(50);
}

async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  // A process that ended but that nobody has waited for still has its number.
  if (process.platform !== "linux") return true;
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return status !== "" && !/\) Z /.test(status);
}
