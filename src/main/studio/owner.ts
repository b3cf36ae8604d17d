/**
 * The host process that each run belongs to. Each host holds its own lock file while it runs. A queued or running run whose host's lock is free was
 * abandoned, and becomes `interrupted`; so does a study.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { internal } from "../../shared/kit/fault.ts";
import type { History } from "../history/history.ts";
import { acquireLock, isLocked, type Lock } from "../history/lock.ts";
import type { HomeLayout } from "../home.ts";
import { makePrivateDatabase } from "../privateHome.ts";
import { resumePoint } from "./words.ts";

export class Owner {
  readonly id: string;
  readonly #lock: Lock;
  readonly #layout: HomeLayout;

  constructor(layout: HomeLayout) {
    this.#layout = layout;
    const { id, lock } = takeName(layout);
    this.id = id;
    this.#lock = lock;
  }

  /** Whether the host with that name is running: this one, or another process. */
  isAlive(owner: string): boolean {
    return owner === this.id || isLocked(this.#layout.hostLock(owner), { removeFree: true });
  }

  /** Marks runs and studies of ended hosts. @returns the ids of the runs */
  sweep(history: History): readonly string[] {
    const alive = new Map<string, boolean>();
    const swept: string[] = [];
    for (const { key, id, owner } of history.runs.active()) {
      if (owner === this.id) continue;
      const lives = owner !== null && (alive.get(owner) ?? this.isAlive(owner));
      if (owner !== null) alive.set(owner, lives);
      if (lives) continue;
      history.connection.transaction(() => {
        const still = history.runs.internals(key);
        if (still.owner !== owner) return;
        const { step, status } = history.runs.summary(key);
        history.runs.update(key, { status: "interrupted", owner: null, endedAt: Date.now() });
        const said = status === "queued" ? "The process in which it was queued ended." : `The process that trained it ended unexpectedly at step ${step}.`;
        history.events.add(key, "warning", `${said} ${resumePoint(history, key)}`);
      });
      swept.push(id);
    }
    for (const { key, owner } of history.studies.active())
      if (owner !== this.id && (owner === null || !(alive.get(owner) ?? this.isAlive(owner))))
        history.studies.update(key, { status: "interrupted", owner: null, endedAt: Date.now() });
    return swept;
  }

  /** Deletes the lock files of hosts that were killed. */
  tidy(): void {
    const folder = path.dirname(this.#lock.file);
    for (const name of readdirSync(folder))
      if (name.endsWith(".lock") && path.join(folder, name) !== this.#lock.file) isLocked(path.join(folder, name), { removeFree: true });
  }

  release(): void {
    this.#lock.release({ remove: true });
  }
}

function takeName(layout: HomeLayout): { readonly id: string; readonly lock: Lock } {
  for (let attempt = 0; attempt < 10; attempt++) {
    const id = randomBytes(6).toString("hex");
    const file = layout.hostLock(id);
    makePrivateDatabase(file);
    const lock = acquireLock(file);
    // Another studio may have deleted the file before it was locked.
    if (lock !== null && existsSync(file)) return { id, lock };
    lock?.release();
  }
  throw internal("no lock file could be created in ten attempts");
}
