/**
 * The only module that loads onnxruntime-node. Its builds for Linux and macOS send telemetry, and store a device id and an event database in the user's
 * cache, unless ORT_DISABLE_TELEMETRY is set before the library is loaded. So it is set here, and loading the runtime anywhere else fails the layering
 * check (.dependency-cruiser.cjs). tests/offline watches a real training run for network access.
 *
 * The library reads the environment of the process. A worker thread has a copy, so it cannot set the variable for the library; the main thread must have
 * set it for the whole process.
 *
 * The import is dynamic, because the language and the bundler would move a static one before the assignment.
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
/** The result of a call, by output name. */
export type NamedValues = Runtime.InferenceSession.OnnxValueMapType;
