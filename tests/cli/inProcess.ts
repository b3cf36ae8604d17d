/**
 * Runs a command inside this process: the command line's own program with its arguments, and what it prints on both streams. It costs a tenth of a
 * process of its own (descent.ts), which is for tests of the process: signals, terminals, the environment, the working folder, the log.
 * Trainers and what looks at data are processes of their own here too.
 */
import { Writable } from "node:stream";
import { run } from "../../src/main/hosts/cli/main.ts";
import { type Finished, jsonLines } from "./descent.ts";

class Kept extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
  }
}

/** One after the other: a studio tells its processes by the environment where its home is. */
let last: Promise<unknown> = Promise.resolve();

export function descentHere(argv: readonly string[]): Promise<Finished> {
  const finished = last.then(async () => {
    const [stdout, stderr] = [new Kept(), new Kept()];
    const before = { ...process.env };
    process.env["DESCENT_LOG"] = "warn";
    try {
      const status = await run(argv, { stdout, stderr });
      return { status, stdout: stdout.text, stderr: stderr.text };
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    }
  });
  last = finished.catch(() => {});
  return finished;
}

/** The same, with the lines of a command that prints JSON. */
export async function here(...argv: readonly string[]) {
  const { status, stdout, stderr } = await descentHere(argv);
  return { code: status, stdout, stderr, lines: argv.includes("--json") ? jsonLines(stdout) : [] };
}
