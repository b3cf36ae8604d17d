/** A compiled program on any device. */
import { InferenceSession, type NamedValues, type SessionOptions } from "../onnxruntime.ts";
import type { NamedTensors } from "./tensors.ts";

export interface NativeSession {
  run(inputs: NamedTensors): Promise<NamedValues>;
  endProfiling(): void;
  release(): Promise<void>;
}

export interface NativeOptions {
  /** Number of processor threads per operator. */
  readonly threads: number;
  /** File name prefix of the runtime's profile. */
  readonly profilePrefix?: string;
}

/** One runtime session for the bytes of a model. */
export function createNative(bytes: Uint8Array, { threads, profilePrefix }: NativeOptions, more: SessionOptions): Promise<InferenceSession> {
  return InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // The memory pattern would need one more block next to the memory of the first call: 80 to 90 MB for a small network, without being faster.
    enableMemPattern: false,
    logSeverityLevel: 3,
    ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
    ...more,
  });
}
