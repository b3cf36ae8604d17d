/**
 * `npm run bench`: training steps of four networks in Descent and, where /usr/bin/python3 has torch, in PyTorch, in the same run with the
 * same number of threads. Rounds alternate between the two, so that a drift of the machine's speed meets both; medians are compared.
 *
 * Options: --only NAME, --rounds N (7), --seconds S a round (1), --threads N (2), --json.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { networks } from "./networks.ts";

const PYTHON = "/usr/bin/python3";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "1" },
    threads: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});

/** One process that times rounds on request. */
class Worker {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly #times: number[] = [];

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    if (this.#child.stdout === null) throw new Error("a worker without output");
    this.#lines = createInterface({ input: this.#child.stdout });
  }

  #ask(line: string): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      this.#lines.once("line", (answer) => resolve(JSON.parse(answer)));
      this.#child.once("exit", (code) => reject(new Error(`a worker ended with status ${code}`)));
      this.#child.stdin?.write(`${line}\n`);
    });
  }

  async round(seconds: number, counted: boolean): Promise<void> {
    const { microseconds } = await this.#ask(`round ${seconds}`);
    if (counted) this.#times.push(Number(microseconds));
  }

  async end(): Promise<{ readonly microseconds: number; readonly megabytes: number; readonly runtime: string }> {
    const { peakKilobytes, runtime } = await this.#ask("end");
    const sorted = this.#times.toSorted((a, b) => a - b);
    return { microseconds: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, megabytes: Number(peakKilobytes) / 1024, runtime: String(runtime) };
  }
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const hasTorch = spawnSync(PYTHON, ["-c", "import torch"], { stdio: "ignore" }).status === 0;
const rows: Record<string, unknown>[] = [];
if (!hasTorch) console.error(`${PYTHON} has no torch here: Descent is timed alone. Debian's package is python3-torch.`);

for (const [name, { title }] of Object.entries(networks)) {
  if (values.only !== undefined && values.only !== name) continue;
  console.error(`${title} …`);
  const descent = new Worker(process.execPath, [path("./descent-worker.ts"), name, values.threads]);
  const torch = hasTorch ? new Worker(PYTHON, [path("./torch_worker.py"), name, values.threads]) : null;
  for (let round = -1; round < Number(values.rounds); round++) {
    await descent.round(Number(values.seconds), round >= 0);
    await torch?.round(Number(values.seconds), round >= 0);
  }
  const [ours, theirs] = [await descent.end(), (await torch?.end()) ?? null];
  rows.push({
    network: title,
    "Descent µs/step": Math.round(ours.microseconds),
    ...(theirs && { "PyTorch µs/step": Math.round(theirs.microseconds), ratio: Number((theirs.microseconds / ours.microseconds).toFixed(2)) }),
    "Descent peak MB": Math.round(ours.megabytes),
    ...(theirs && { "PyTorch peak MB": Math.round(theirs.megabytes) }),
    versions: [ours.runtime, theirs?.runtime].filter(Boolean).join("; "),
  });
}

if (values.json) for (const row of rows) console.log(JSON.stringify(row));
else {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== "versions");
  console.log(
    `${values.threads} threads, medians of ${values.rounds} alternating rounds of ${values.seconds} s; ${rows[0]?.versions}; ratio = PyTorch's time / Descent's`,
  );
  console.log(`| ${columns.join(" | ")} |`);
  console.log(`| ${columns.map((column) => (column === "network" ? "---" : "---:")).join(" | ")} |`);
  for (const row of rows) console.log(`| ${columns.map((column) => row[column]).join(" | ")} |`);
}
