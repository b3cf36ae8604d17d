/**
 * Questions to the devices, asked in a process of their own: opening a GPU's driver can end the process that does it, and a host does not load
 * the runtime at all.
 */
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Fault, type Problem } from "../../../shared/kit/fault.ts";
import type { OperatorKind } from "./kinds.ts";
import { missingDevice } from "./missing.ts";

/** What the process is asked. */
export interface ProbeRequest {
  /** Which of these kinds has the GPU no kernel for? */
  readonly kinds: readonly OperatorKind[];
  /** Is the processor to be looked at as well? */
  readonly processor: boolean;
}

export type ProbeMessage =
  /** Comes first, so that it is known even where the GPU's driver ends the process. */
  | { readonly type: "processor"; readonly convolutionBlock: number }
  | { readonly type: "webgpu"; readonly available: true; readonly lacking: readonly string[] }
  /** `message` is what the runtime said. */
  | { readonly type: "webgpu"; readonly available: false; readonly message: string };

export interface ProbeResult {
  /** Channels a block of the processor's fast convolutions; 0 where it has none or was not asked. */
  readonly convolutionBlock: number;
  /** null where the process ended without an answer. */
  readonly webgpu: Extract<ProbeMessage, { readonly type: "webgpu" }> | null;
  /** The process's standard error: the runtime's and the driver's words. */
  readonly log: string;
  /** `exit status 1`, `SIGSEGV`, or that it took too long. */
  readonly ended: string;
}

/** A driver's first start compiles shaders; a driver that hangs must not hang its host. */
const LIMIT_MS = 60_000;

/** The probe's entry: `deviceProbe.js` beside the bundle that is running, or the source file in a checkout. */
function probeEntry(): string {
  const bundled = fileURLToPath(new URL("./deviceProbe.js", import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL("./probe.ts", import.meta.url));
}

/** @param env of the process; a driver is chosen by VK_DRIVER_FILES */
export function probeDevice(request: ProbeRequest, env: NodeJS.ProcessEnv = process.env): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const child = fork(probeEntry(), [], { serialization: "advanced", stdio: ["ignore", "ignore", "pipe", "ipc"], execArgv: [], env });
    let log = "";
    let convolutionBlock = 0;
    let webgpu: ProbeResult["webgpu"] = null;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, LIMIT_MS);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    child.on("message", (sent) => {
      const message = sent as ProbeMessage;
      if (message.type === "processor") convolutionBlock = message.convolutionBlock;
      else webgpu = message;
    });
    const finish = (ended: string) => {
      clearTimeout(timer);
      resolve({ convolutionBlock, webgpu, log, ended: late ? `no answer in ${LIMIT_MS / 1000} s` : ended });
    };
    child.once("error", (error) => finish(error.message));
    child.once("close", (code, signal) => finish(signal ?? `exit status ${code}`));
    child.send(request, () => {});
  });
}

const asked = new Map<string, boolean>();

/** The keys of the kinds that the device has no kernel for. Each kind is asked about once in this process's life. */
export async function askKernels(kinds: readonly OperatorKind[]): Promise<ReadonlySet<string>> {
  const unknown = kinds.filter(({ key }) => !asked.has(key));
  if (unknown.length > 0) {
    const result = await probeDevice({ kinds: unknown, processor: false });
    if (!result.webgpu?.available) throw new Fault("environment", [unavailable(result)]);
    const lacking = new Set(result.webgpu.lacking);
    for (const { key } of unknown) asked.set(key, lacking.has(key));
  }
  return new Set(kinds.flatMap(({ key }) => (asked.get(key) ? key : [])));
}

/** Why the device is not there, and what to do about it. */
export function unavailable({ webgpu, log, ended }: ProbeResult): Problem {
  return missingDevice(webgpu?.available === false ? { message: webgpu.message, log } : { crash: ended, log });
}
