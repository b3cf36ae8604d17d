/**
 * A study whose processes are ended by SIGKILL at random moments, the host alone, its trainers alone or all of them at once, and that goes on each time, has the trials and
 * the winner of an undisturbed one: none lost, none doubled. DESCENT_STUDY_KILLS=100 for the long campaign; with DESCENT_STUDY_PARALLEL=2, where the order
 * in which trials end decides what is proposed, no trial is lost or doubled.
 */
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RandomStream } from "../../src/shared/math/random.ts";
import type { StudyInput } from "../../src/shared/tuning/study.ts";
import { descent, startDescent } from "../helpers/descent.ts";
import { irisRecipe } from "../studio/harness.ts";

const KILLS = Number(process.env.DESCENT_STUDY_KILLS ?? 3);
const PARALLEL = Number(process.env.DESCENT_STUDY_PARALLEL ?? 1);
const TRIALS = Math.max(4, KILLS);
/** A kill comes at most this many trials' time after the first line, so that a study does not end before its kills. */
const LATEST_KILL = 1.5;

const study: StudyInput = {
  name: "killed",
  recipe: { ...irisRecipe, metrics: ["accuracy"], budget: { epochs: 3 } },
  space: [
    { type: "float", name: "rate", paths: ["optimizer.lr"], min: 0.001, max: 1, log: true },
    { type: "integer", name: "units", paths: ["model.layers[0].units"], min: 2, max: 16 },
  ],
  sampler: { type: "tpe" },
  pruner: { type: "median" },
  trials: TRIALS,
  parallel: { trials: PARALLEL },
};

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "descent-kill-study-"));
  file = path.join(folder, "killed.json");
  await writeFile(file, JSON.stringify(study));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function courseIn(home: string) {
  const { code, lines, stderr } = await descent("study", "--trials", "--json", "--home", home);
  expect(code, stderr).toBe(0);
  return lines.map(({ number, state, point, values, epochs, runs }) => ({ number, state, point, values, epochs, runs: Object(runs).length }));
}

/** A host that is killed alone: its trainer notices and leaves a checkpoint. Trainers that are killed alone: the study goes on with new ones. */
const WHAT = ["everything", "host", "trainers"] as const;

/** @returns whether the host is among what was killed */
function kill(host: number, what: (typeof WHAT)[number] | undefined): boolean {
  if (what !== "trainers") return process.kill(what === "host" ? host : -host, "SIGKILL");
  const children = `/proc/${host}/task/${host}/children`;
  for (const pid of existsSync(children) ? readFileSync(children, "utf8").trim().split(" ") : [])
    try {
      if (pid !== "") process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has just ended.
    }
  return false;
}

/** Resolves when a process says that a trial or the study has started. */
function startedBy(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.stdout?.on("data", (text: string) => text.includes('"started"') && resolve()));
}

it(`SIGKILL ${KILLS} times over, of the host, of trainers or of everything, changes nothing`, { timeout: 120_000 + KILLS * 40_000 }, async () => {
  const undisturbed = path.join(folder, "undisturbed");
  const { child: first, finished: reference } = startDescent(["tune", file, "--home", undisturbed, "--json"]);
  await startedBy(first);
  const startedAt = performance.now();
  const { code, stderr } = await reference;
  expect(code, stderr).toBe(0);
  const latestKillMs = (LATEST_KILL * (performance.now() - startedAt)) / TRIALS;

  const home = path.join(folder, "disturbed");
  const random = new RandomStream(Date.now(), "kills of a study");
  let [kills, draws] = [0, 0];
  for (let finished = false; !finished; ) {
    const { child, finished: ended } = startDescent(["tune", file, "--home", home, "--json"], { detached: true });
    await Promise.race([startedBy(child), ended]);
    for (let lives = true; lives && kills < KILLS; ) {
      await Promise.race([wait(random.uniform(draws++) * latestKillMs), ended]);
      if (child.pid === undefined || child.exitCode !== null) break;
      lives = !kill(child.pid, WHAT[kills % WHAT.length]);
      kills++;
    }
    const result = await ended;
    // On a machine that has just become faster, a study may end before the first kill: once more.
    if (result.code === 0 && kills === 0) await rm(home, { recursive: true });
    else if (result.code === 0) finished = true;
    else expect(result.signal ?? result.stderr).toBe("SIGKILL");
  }
  console.log(`killed ${kills} times, ${PARALLEL} at once`);
  expect(kills).toBeGreaterThan(0);
  const [course, whole] = [await courseIn(home), await courseIn(undisturbed)];
  if (PARALLEL === 1) expect(course).toEqual(whole);
  expect(course.map(({ number }) => number)).toEqual(whole.map(({ number }) => number));
  expect(course.filter(({ state }) => state !== "completed" && state !== "pruned")).toEqual([]);
  expect(course.map(({ runs }) => runs)).toEqual(whole.map(() => 1));
  const studies = await descent("studies", "--json", "--home", home);
  expect(studies.lines).toMatchObject([{ status: "completed" }]);
});
