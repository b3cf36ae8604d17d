/**
 * The only door to onnxruntime-node. Its builds for Linux and macOS send telemetry and leave a device id and an event database in the user's
 * cache, unless ORT_DISABLE_TELEMETRY is set before the library is loaded. So it is set here, and loading the runtime anywhere else fails the
 * layering check (.dependency-cruiser.cjs). tests/offline watches a real training for it.
 *
 * The library reads the environment of the process. A thread has a copy of its own, in which it can set nothing for the library; there the
 * variable must have come from the main thread, which then has set it for the whole process.
 *
 * The import is dynamic because a static one would be moved ahead of the assignment, by the language and by the bundler.
 */
import { isMainThread } from "node:worker_threads";
import type * as Runtime from "onnxruntime-node";
import { internal } from "../../shared/kit/fault.ts";

const QUIET = "ORT_DISABLE_TELEMETRY";

if (isMainThread) process.env[QUIET] = "1";
else if (process.env[QUIET] !== "1") throw internal(`a thread may load the runtime only where the main thread has set ${QUIET}`);

const runtime = await import("onnxruntime-node");

export const { env, InferenceSession, Tensor } = runtime;
export type InferenceSession = Runtime.InferenceSession;
export type Tensor = Runtime.Tensor;
export type SessionOptions = Runtime.InferenceSession.SessionOptions;
/** What a call returned, by the names of the outputs. */
export type NamedValues = Runtime.InferenceSession.OnnxValueMapType;
