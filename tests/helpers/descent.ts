/** The command line as a child process, run from source. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const entry = new URL("../../src/main/hosts/cli/main.ts", import.meta.url).href;
const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output line by line, as JSON. */
  readonly lines: readonly Record<string, unknown>[];
}

export interface StartOptions {
  /** In a process group of its own, to be killed with its children. */
  readonly detached?: boolean;
  /** In place of this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** A command that runs another, with its arguments: what follows is that other. */
  readonly before?: readonly string[];
}

/** Starts `descent ...args`. */
export function startDescent(
  args: readonly string[],
  { detached = false, env = process.env, before = [] }: StartOptions = {},
): { readonly child: ChildProcess; readonly finished: Promise<Finished> } {
  const script = `import { run } from ${JSON.stringify(entry)}; process.exitCode = await run(process.argv.slice(1));`;
  const [program = process.execPath, ...rest] = [...before, process.execPath, "--input-type=module", "-e", script, "--", ...args];
  const child = spawn(program, rest, { cwd: root, detached, stdio: ["ignore", "pipe", "pipe"], env: { ...env, NO_COLOR: "1" } });
  const finished = new Promise<Finished>((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const lines = stdout.split("\n").flatMap((line) => {
        try {
          return [JSON.parse(line) as Record<string, unknown>];
        } catch {
          // A killed process may leave half a line; commands without --json print text.
          return [];
        }
      });
      resolve({ code, signal, stdout, stderr, lines });
    });
  });
  return { child, finished };
}

export function descent(...args: string[]): Promise<Finished> {
  return startDescent(args).finished;
}
