/** Shows a run's progress: one redrawn line on a terminal, otherwise occasional plain lines. */
import type { FollowEvent, RunProgress } from "../../../shared/contract/runs.ts";
import { metricText } from "../../../shared/recipe/metricText.ts";
import { clockText } from "../../../shared/text/durations.ts";
import { speedText } from "../../../shared/text/numbers.ts";
import type { Output } from "./output.ts";

const REDRAW_MS = 100;
/** Without a terminal: at most one line per second, and at least one every ten seconds while training. */
const PLAIN_LINE_MS = 1000;
const PLAIN_QUIET_MS = 10_000;
const BAR_WIDTH = 20;

export class ProgressView {
  readonly #output: Output;
  readonly #name: string;
  readonly #latest = new Map<string, number>();
  #progress: RunProgress | null = null;
  #drawnAt = 0;
  #drawnEpochs = 0;
  #measuredEpochs = 0;

  constructor(output: Output, name: string) {
    this.#output = output;
    this.#name = name;
  }

  get latest(): RunProgress | null {
    return this.#progress;
  }

  async show(event: FollowEvent): Promise<void> {
    if (event.type === "progress") this.#progress = event.progress;
    if (event.type === "metrics")
      for (const { name, value, epoch } of event.rows) {
        this.#latest.set(name, value);
        if (name.startsWith("validation.")) this.#measuredEpochs = epoch;
      }
    if (event.type === "log") return this.#log(event.event.level, event.event.text);
    if (this.#progress !== null && this.#progress.phase !== "ended") await this.#draw(this.#progress);
  }

  async end(): Promise<void> {
    if (this.#output.interactive) await this.#output.status("");
  }

  async #log(level: "info" | "warning" | "error", text: string): Promise<void> {
    // An error ends the run, and its problems are reported then.
    if (level !== "error") await this.#output.line(level === "warning" ? `warning: ${text}` : text);
  }

  async #draw(progress: RunProgress): Promise<void> {
    const now = performance.now();
    const since = now - this.#drawnAt;
    if (this.#output.interactive) {
      if (since < REDRAW_MS) return;
      await this.#output.status(fittingLine([bar(progress), ...this.#parts(progress)], this.#output.columns - 1));
    } else {
      const newEpoch = this.#measuredEpochs > this.#drawnEpochs && since >= PLAIN_LINE_MS;
      if (!newEpoch && since < PLAIN_QUIET_MS) return;
      await this.#output.line([this.#name, ...this.#parts(progress)].join("  "));
    }
    this.#drawnAt = now;
    this.#drawnEpochs = this.#measuredEpochs;
  }

  /** Most important first: a narrow terminal shows only the first ones. */
  #parts(progress: RunProgress): readonly string[] {
    if (progress.phase !== "training") return [progress.phase];
    const { epoch, totalEpochs, step, totalSteps, remainingMs, stepsPerSecond } = progress;
    const metric = (name: string) => {
      const value = this.#latest.get(name);
      return value === undefined ? [] : [metricText(name, value)];
    };
    const validation = [...this.#latest.keys()].filter((name) => name.startsWith("validation.") && name !== "validation.loss").sort();
    return [
      `epoch ${epoch}/${totalEpochs}`,
      ...metric("train.loss").map((text) => `loss ${text}`),
      ...metric("validation.loss").map((text) => `validation ${[text, ...validation.flatMap(metric)].join(", ")}`),
      ...(remainingMs === null ? [] : [`${clockText(remainingMs)} left`]),
      ...(stepsPerSecond === null ? [] : [`${speedText(stepsPerSecond, "en")} steps/s`]),
      `step ${step}/${totalSteps}`,
    ];
  }
}

function bar({ step, totalSteps }: RunProgress): string {
  const filled = totalSteps === 0 ? 0 : Math.round((BAR_WIDTH * Math.min(step, totalSteps)) / totalSteps);
  return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
}

/** The parts that fit into the width. */
function fittingLine(parts: readonly string[], width: number): string {
  let line = "";
  for (const part of parts) {
    const next = line === "" ? part : `${line}  ${part}`;
    if (next.length > width) break;
    line = next;
  }
  return line;
}
