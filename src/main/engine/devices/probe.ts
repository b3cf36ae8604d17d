/** The process that examines the devices and may crash (probing.ts). */

import { convolutionBlock } from "../blockedConv.ts";
import { env } from "../onnxruntime.ts";
import { kindsWithoutKernel } from "./kernels.ts";
import type { ProbeMessage, ProbeRequest } from "./probing.ts";
import { openWebGpu } from "./webgpu.ts";

// The runtime then reports the GPUs that it finds, on standard error.
env.logLevel = "info";

process.once("message", (request) => void answer(request as ProbeRequest));

async function answer({ kinds, processor }: ProbeRequest): Promise<void> {
  if (processor) await send({ type: "processor", convolutionBlock: await convolutionBlock() });
  await send(await askWebGpu(kinds));
  // The device is left open, because a driver may crash when it is closed; the answer has been sent.
  process.exit(0);
}

function send(message: ProbeMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

async function askWebGpu(kinds: ProbeRequest["kinds"]): Promise<ProbeMessage> {
  try {
    await openWebGpu();
    return { type: "webgpu", available: true, lacking: [...(await kindsWithoutKernel(kinds))] };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { type: "webgpu", available: false, message: cause instanceof Error ? cause.message : String(cause) };
  }
}
