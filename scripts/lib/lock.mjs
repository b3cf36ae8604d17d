// @ts-check
/** One at a time: two launchers started together must not both install or build. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { inRoot, say } from "./project.mjs";

const POLL_MS = 200;
/** A file this young may not hold its process id yet. */
const UNWRITTEN_MS = 5_000;
/** No install or build takes this long; a process id found then is another program's. */
const OLDEST_MS = 30 * 60_000;

/**
 * @template T
 * @param {string} doing what the others wait for, for one line to the person
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(doing, work) {
  const file = inRoot(".cache", "launcher.lock");
  mkdirSync(inRoot(".cache"), { recursive: true });
  for (let waited = false; !acquire(file); waited = true) {
    if (!waited) say(`waiting for another descent that is ${doing}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** @param {string} file */
function acquire(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  const owner = abandonedOwner(file);
  if (owner === null) return false;
  // Renamed before it is deleted: where another waiter was faster, what we hold now is its new lock, and goes back.
  const taken = `${file}.${process.pid}`;
  try {
    renameSync(file, taken);
    if (readFileSync(taken, "utf8") === owner) rmSync(taken);
    else renameSync(taken, file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  return false;
}

/** What a lock says whose process is gone; null where it is held, or gone already. @param {string} file */
function abandonedOwner(file) {
  let owner = "";
  try {
    owner = readFileSync(file, "utf8");
    const ageMs = Date.now() - statSync(file).mtimeMs;
    if (ageMs > OLDEST_MS) return owner;
    if (owner === "") return ageMs > UNWRITTEN_MS ? owner : null;
    process.kill(Number(owner), 0);
    return null;
  } catch (error) {
    // Not read again: another waiter may have removed the lock meanwhile.
    if (codeOf(error) === "ESRCH") return owner;
    if (codeOf(error) === "ENOENT" || codeOf(error) === "EPERM") return null;
    throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
