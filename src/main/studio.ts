/** The composition root: assembles a studio for one home. All hosts use the same router. */

import path from "node:path";
import type { SystemInfo } from "../shared/contract/system.ts";
import { fail } from "../shared/kit/fault.ts";
import { CACHE_VARIABLE } from "./data/cache.ts";
import { trimCache } from "./data/cacheEntries.ts";
import { keepPermissionsIn } from "./data/code/permissions.ts";
import { openHistory } from "./history/history.ts";
import { acquireLock, type Lock } from "./history/lock.ts";
import { type HomeLayout, prepareHome, refuseEmptiedHistory } from "./home.ts";
import { makeHomePrivate, makePrivateDatabase } from "./privateHome.ts";
import type { StudioContext } from "./studio/context.ts";
import { DataRoom } from "./studio/data/room.ts";
import { DatasetService } from "./studio/data/service.ts";
import { Uploads } from "./studio/data/uploads.ts";
import { Hub } from "./studio/hub.ts";
import { log } from "./studio/log.ts";
import { Owner } from "./studio/owner.ts";
import { purgeDatasets, purgeHidden, purgeStudies } from "./studio/purge.ts";
import { createRouter, type StudioRouter } from "./studio/router/router.ts";
import { RunService } from "./studio/runs.ts";
import { type Capacity, Scheduler } from "./studio/scheduler.ts";
import { StudyService } from "./studio/studies.ts";
import { watchOthers } from "./studio/watch.ts";
import { TrainerPool } from "./training/pool.ts";
import type { SpawnTrainer } from "./training/spawn.ts";

/** How long streams may take to send their last messages when the studio closes. */
const STREAM_GRACE_MS = 1000;
/** A command's data room ends after this time without questions, because it may hold as much memory as training. */
const COMMAND_IDLE_MS = 1000;

export interface StudioOptions {
  /** The folder of the history and the runs; created if missing. */
  readonly home: string;
  readonly host: SystemInfo["host"];
  readonly spawnTrainer: SpawnTrainer;
  /** Starts the data process; like trainers if absent. */
  readonly spawnRoom?: SpawnTrainer;
  /** What trainings may use together; this machine's cores and most of its memory if absent. */
  readonly capacity?: Capacity;
}

export interface Studio {
  readonly router: StudioRouter;
  readonly home: string;
  /** Receives files from windows that do not know their paths. */
  readonly uploads: Uploads;
  /** Halts all training, each run with a checkpoint, and closes the history. Can be called again. */
  close(): Promise<void>;
}

/**
 * Opens a home. Only one window's studio can have it open; command lines may train at the same time.
 * @throws Fault if the home cannot be used or another studio has it open
 */
export async function createStudio({ home, host, spawnTrainer, spawnRoom = spawnTrainer, capacity }: StudioOptions): Promise<Studio> {
  const layout = prepareHome(home);
  const open = makeHomePrivate(layout.home);
  if (open !== null) log.warn(open);
  // Set for every process of this studio: cached data are kept in its home.
  process.env[CACHE_VARIABLE] ??= path.join(layout.home, "cache");
  keepPermissionsIn(layout.home);
  const exclusive = host !== "cli";
  const lock = exclusive ? lockHome(layout) : null;
  const owner = orRelease(lock, () => new Owner(layout));
  const history = orRelease(lock, () => {
    try {
      refuseEmptiedHistory(layout);
      makePrivateDatabase(layout.historyFile);
      return openHistory(layout.historyFile);
    } catch (error) {
      owner.release();
      throw error;
    }
  });
  const pool = new TrainerPool(spawnTrainer);
  const context: StudioContext = {
    layout,
    history,
    hub: new Hub(),
    owner,
    spawnTrainer,
    takeTrainer: pool.take,
    // A command loads what it needs before it starts; a window asks repeatedly.
    room: host === "cli" ? new DataRoom(spawnRoom, COMMAND_IDLE_MS) : new DataRoom(spawnRoom),
    unwritten: new Map(),
    purgingStudies: new Set(exclusive ? history.studies.hidden() : []),
    purging: new Set(exclusive ? history.runs.hidden().map(({ key }) => key) : []),
  };
  owner.sweep(history);
  const closing = new AbortController();
  const scheduler = new Scheduler(context, capacity);
  const runs = new RunService(context, scheduler);
  const studies = new StudyService(context, scheduler);
  const router = createRouter({ context, scheduler, runs, studies, datasets: new DatasetService(context, runs), host, closing: closing.signal });
  const purge = exclusive ? tidyUp(context, closing.signal) : Promise.resolve();
  const leaveOthers = watchOthers(context);

  const end = async () => {
    try {
      studies.close();
      await scheduler.close();
      await studies.closed();
      pool.close();
      closing.abort();
      context.room.close();
      await context.hub.close(STREAM_GRACE_MS);
      await purge;
    } finally {
      leaveOthers();
      history.connection.close();
      owner.release();
      lock?.release();
    }
  };
  let ended: Promise<void> | undefined;
  return {
    router,
    home: layout.home,
    uploads: new Uploads(layout.home),
    close: () => {
      ended ??= end();
      return ended;
    },
  };
}

function lockHome(layout: HomeLayout): Lock {
  const lock = acquireLock(layout.studioLock);
  if (lock !== null) return lock;
  return fail(
    "conflict",
    layout.home,
    "must be open in one studio at a time",
    "a home that another Descent window or server has open",
    "Use that one, close it first, or choose another home with --home.",
  );
}

function orRelease<T>(lock: Lock | null, work: () => T): T {
  try {
    return work();
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Only a studio that owns the home deletes leftovers. A failure does not prevent the start. */
async function tidyUp(context: StudioContext, signal: AbortSignal): Promise<void> {
  try {
    context.owner.tidy();
    await purgeHidden(context, signal);
    if (!signal.aborted) purgeStudies(context);
    await purgeDatasets(context);
    await trimCache();
  } catch (error) {
    log.warn({ err: error }, "removed runs could not be deleted");
  }
}
