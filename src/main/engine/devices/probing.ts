/**
 * Asks about devices in a separate process: opening a GPU's driver can crash the process, and a host does not load the runtime at all.
 */
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Fault, type Problem } from "../../../shared/kit/fault.ts";
import type { OperatorKind } from "./kinds.ts";
import { missingDevice } from "./missing.ts";

/** The request to the process. */
export interface ProbeRequest {
  /** Kinds of operators to look up on the GPU. */
  readonly kinds: readonly OperatorKind[];
  /** Whether to examine the processor as well. */
  readonly processor: boolean;
}

export type ProbeMessage =
  /** Sent first, so that it arrives even if the GPU's driver crashes the process. */
  | { readonly type: "processor"; readonly convolutionBlock: number }
  | { readonly type: "webgpu"; readonly available: true; readonly lacking: readonly string[] }
  /** `message` is the runtime's. */
  | { readonly type: "webgpu"; readonly available: false; readonly message: string };

export interface ProbeResult {
  /** Channels per block of the processor's fast convolutions; 0 if it has none or was not asked. */
  readonly convolutionBlock: number;
  /** null if the process ended without an answer. */
  readonly webgpu: Extract<ProbeMessage, { readonly type: "webgpu" }> | null;
  /** The process's standard error: messages of the runtime and the driver. */
  readonly log: string;
  /** `exit status 1`, `SIGSEGV`, or that it took too long. */
  readonly ended: string;
}

/** A driver's first start compiles shaders; a driver that hangs must not block its host. */
const LIMIT_MS = 60_000;

/** The probe's entry: `deviceProbe.js` next to the running bundle, or the source file in a checkout. */
function probeEntry(): string {
  const bundled = fileURLToPath(new URL("./deviceProbe.js", import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL("./probe.ts", import.meta.url));
}

/** @param env of the process; VK_DRIVER_FILES selects a driver */
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

/** The keys of the kinds for which the device has no kernel. Each kind is looked up once in this process's life. */
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

/** Why the device is not available, and what to do. */
export function unavailable({ webgpu, log, ended }: ProbeResult): Problem {
  return missingDevice(webgpu?.available === false ? { message: webgpu.message, log } : { crash: ended, log });
}
