/** The data room's process: answers one question after another, each with a result or with problems. */
import path from "node:path";
import type { InspectionEvent } from "../../../shared/contract/inspection.ts";
import { assertNever, Fault } from "../../../shared/kit/fault.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import { checkedSource } from "../../../shared/recipe/validate.ts";
import { detectSource } from "../../data/detect.ts";
import { inspectSource } from "../../data/inspect/source.ts";
import { describeSource } from "../../data/sources.ts";
import type { Channel } from "../channel.ts";
import { previewAugmentation } from "./preview.ts";
import type { RoomAnswers, RoomQuestion } from "./questions.ts";
import { samplesOf } from "./samples.ts";
import { batchOfStep } from "./seen.ts";
import { suspectsOf } from "./suspects.ts";

/** Answers until the process ends. */
export function openRoom({ send, onMessage }: Channel): void {
  onMessage((message) => {
    if (message.type !== "question") return;
    answer(message.question).then(
      (given) => send({ type: "answer", id: message.id, answer: given }),
      (error: unknown) => send({ type: "refusal", id: message.id, ...refusalOf(error) }),
    );
  });
}

function refusalOf(error: unknown) {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof Fault) return { problems: error.problems, detail };
  const received = error instanceof Error ? error.message : String(error);
  return {
    problems: [
      { place: "data", expected: "must not fail", received, remedy: "This is a bug in Descent or a problem of this machine; the log holds the details." },
    ],
    detail,
  };
}

function answer(question: RoomQuestion): Promise<RoomAnswers[RoomQuestion["type"]]> {
  switch (question.type) {
    case "describe":
      return describeSource(question.source);
    case "detect":
      return detect(question);
    case "samples":
      return samplesOf(question.source, question.samples, question.side);
    case "preview":
      return previewAugmentation(question);
    case "seen":
      return batchOfStep(question);
    case "suspects":
      return suspectsOf(question);
    default:
      return assertNever(question);
  }
}

async function detect({ path: file, set }: Extract<RoomQuestion, { readonly type: "detect" }>): Promise<RoomAnswers["detect"]> {
  const found = await detectSource(file, { set });
  const source = Object.keys(set).length === 0 ? found : checkedSource({ ...found, ...set });
  return { name: path.parse(file).name, source, facts: await describeSource(source) };
}

/** Inspects a source in a separate process. */
export async function inspect(source: SourceConfig, onEvent: (event: InspectionEvent) => void): Promise<void> {
  await inspectSource(source, onEvent);
}
