/** A thread that asks samplers and analyses trials. It answers one question after the other. */
import { parentPort } from "node:worker_threads";
import { internal } from "../../shared/kit/fault.ts";
import { answer, type Question } from "./questions.ts";

const port = parentPort;
if (port === null) throw internal("a tuning thread must be started by its host");

port.on("message", ({ id, question }: { readonly id: number; readonly question: Question }) => {
  try {
    port.postMessage({ id, answer: answer(question) });
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
