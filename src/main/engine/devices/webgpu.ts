/**
 * The WebGPU device of this process. A driver can crash the process that opens it, so hosts ask in a child process (probing.ts), and only trainers
 * open it.
 */

import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { Fault } from "../../../shared/kit/fault.ts";
import { toOnnx } from "../onnx.ts";
import { InferenceSession } from "../onnxruntime.ts";

let opened: Promise<InferenceSession> | undefined;

/**
 * Opens the device once and keeps it open: the runtime would close it with its last session, and releasing a tensor on the device after that causes a
 * segmentation fault.
 */
export async function openWebGpu(): Promise<void> {
  opened ??= open();
  await opened;
}

async function open(): Promise<InferenceSession> {
  const builder = new GraphBuilder("open");
  builder.output(builder.emit("Neg", [builder.input("x", "float32", [1])])[0] ?? builder.scalar(0), "y");
  try {
    return await InferenceSession.create(toOnnx(builder.build()), { executionProviders: ["webgpu"], intraOpNumThreads: 1, logSeverityLevel: 4 });
  } catch (error) {
    throw new Fault(
      "environment",
      [
        {
          place: "device.type",
          expected: "must be a device of this machine",
          received: "webgpu, and no GPU can be reached",
          remedy: "`descent devices` says what is missing. Until then choose cpu.",
        },
      ],
      { cause: error },
    );
  }
}
