/** `descent tune`: searches a study to its end. Ctrl-C pauses it, and the same command goes on. */
import type { Command } from "commander";
import type { StudyDetail, Trial } from "../../../../shared/contract/studies.ts";
import { describeProblem } from "../../../../shared/kit/fault.ts";
import { clockText, durationText } from "../../../../shared/text/durations.ts";
import { hasEnded } from "../../../../shared/tuning/trial.ts";
import type { Context } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { Interruption } from "../interruption.ts";
import { type Output, OutputClosed } from "../output.ts";
import { type Session, withSession } from "../session.ts";
import { loadStudy } from "../studyFile.ts";
import { bestText, pointText, valueText } from "../trialText.ts";

export function addTune(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("tune")
    .description("search a study: a recipe, the fields that may change, and the objective; Ctrl-C pauses, the same command goes on")
    .argument("<study>", "a study file, the name of a starter study, or the identifier of a study to go on with")
    .action((study: string) => perform((context) => tune(study, context)));
}

function tune(text: string, { home, homeOption, output }: Context): Promise<number> {
  return withSession(home, async (session) => {
    const interruption = new Interruption();
    try {
      const { client } = session;
      const known = /[\\/]|\.json$/i.test(text) ? undefined : (await client.studies.list()).find(({ id }) => text.length >= 3 && id.startsWith(text));
      // Listening starts before the study, so that nothing is missed.
      const events = await client.system.events();
      const { id } =
        known === undefined
          ? await client.studies.start({ study: await loadStudy(text, client), resume: true })
          : await client.studies.resume({ id: known.id });
      interruption.onInterrupt(() => {
        output.note("Pausing; press Ctrl-C again to quit at once.");
        // The pause is seen as a change of the study.
        client.studies.pause({ id }).catch(() => session.close());
      });
      const ended = await follow(session, id, events, output, interruption);
      return await conclude(ended, homeOption, output);
    } finally {
      interruption.stopListening();
    }
  });
}

async function follow(
  { client }: Session,
  id: string,
  events: AsyncIterable<{ readonly type: string; readonly ids?: readonly string[] }>,
  output: Output,
  interruption: Interruption,
): Promise<StudyDetail> {
  const view = new StudyView(output);
  let revision: number | null = null;
  let closed = false;
  const look = async (): Promise<StudyDetail> => {
    const detail = await client.studies.get({ id });
    const news = await client.studies.trials({ id, since: revision });
    revision = news.revision;
    try {
      if (!closed) await view.show(detail, news.trials);
    } catch (error) {
      if (!(error instanceof OutputClosed)) throw error;
      closed = true;
      interruption.trigger();
    }
    return detail;
  };
  let detail = await look();
  if (detail.status !== "running") return detail;
  for await (const event of events) {
    if (event.type !== "studies" || event.ids?.includes(id) !== true) continue;
    detail = await look();
    if (detail.status !== "running") break;
  }
  return detail;
}

class StudyView {
  readonly #output: Output;
  readonly #told = new Set<number>();
  #announced = false;

  constructor(output: Output) {
    this.#output = output;
  }

  async show(detail: StudyDetail, trials: readonly Trial[]): Promise<void> {
    const output = this.#output;
    if (!this.#announced) {
      this.#announced = true;
      const { id, name, dataset, sampler } = detail;
      if (output.json) await output.object({ type: "started", study: id, name, dataset, sampler, trials: detail.trials });
      else await output.line(`${name}: study ${id}, ${dataset}, ${detail.trials} trials, ${sampler}`);
    }
    for (const trial of trials) {
      if (!hasEnded(trial) || this.#told.has(trial.number)) continue;
      this.#told.add(trial.number);
      if (output.json) await output.object({ type: "trial", ...trial });
      else await output.line(trialLine(detail, trial));
    }
    if (output.interactive) await output.status(detail.status === "running" ? statusLine(detail, output.columns - 1) : "");
  }
}

function trialLine({ objectives }: StudyDetail, { number, state, origin, values, point, problems }: Trial): string {
  const measured = values === null ? "" : objectives.map((facts, i) => `${facts.metric} ${valueText(facts, values[i])}`).join(", ");
  const [problem] = problems;
  const result = [measured, state === "completed" ? "" : state, problem === undefined ? "" : describeProblem(problem)].filter((part) => part !== "").join("  ");
  return `trial ${number}${origin === "sampler" ? "" : ` (${origin})`}  ${result}  ${pointText(point)}`;
}

function statusLine(detail: StudyDetail, width: number): string {
  const { counts, trials, remainingMs } = detail;
  const done = counts.completed + counts.pruned + counts.failed + counts.stopped;
  const left = remainingMs === null ? "" : `  ${clockText(remainingMs)} left`;
  return `${done}/${trials} trials  best: ${bestText(detail)}${left}`.slice(0, width);
}

async function conclude(detail: StudyDetail, homeOption: string, output: Output): Promise<number> {
  const { id, status, best, counts, activeMs, problems } = detail;
  for (const problem of problems) output.note(describeProblem(problem));
  try {
    if (output.json) await output.object({ type: "done", study: id, status, best, counts, activeMs });
    else {
      await output.line(`Best: ${bestText(detail)}`);
      await output.line(`${counts.completed} completed, ${counts.pruned} pruned, ${counts.failed} failed, in ${durationText(activeMs)}.`);
      if (best !== null) await output.line(`See it with: descent study ${id} --best${homeOption}`);
    }
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
  }
  if (status === "completed") return ExitStatus.done;
  output.note(`The study is ${status}. Continue with: descent tune ${id}${homeOption}`);
  return problems.length > 0 ? ExitStatus.failed : ExitStatus.interrupted;
}
