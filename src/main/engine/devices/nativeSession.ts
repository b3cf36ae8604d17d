/** A compiled program, on whatever device. */
import { InferenceSession, type NamedValues, type SessionOptions } from "../onnxruntime.ts";
import type { NamedTensors } from "./tensors.ts";

export interface NativeSession {
  run(inputs: NamedTensors): Promise<NamedValues>;
  endProfiling(): void;
  release(): Promise<void>;
}

export interface NativeOptions {
  /** Processor threads of one operator. */
  readonly threads: number;
  /** Writes the runtime's profile beside this prefix. */
  readonly profilePrefix?: string;
}

/** One runtime session of the bytes of a model. */
export function createNative(bytes: Uint8Array, { threads, profilePrefix }: NativeOptions, more: SessionOptions): Promise<InferenceSession> {
  return InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // A pattern of all allocations would be one more block beside the memory of the first call: 80 to 90 MB for a small network, and no faster.
    enableMemPattern: false,
    logSeverityLevel: 3,
    ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
    ...more,
  });
}
