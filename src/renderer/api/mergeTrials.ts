/** The trials of a study, of which the studio sends only those that changed. */
import type { Trial } from "../../shared/contract/studies.ts";

export interface Trials {
  readonly revision: number;
  /** By number. */
  readonly trials: readonly Trial[];
}

/** The same object where nothing changed, so that nothing is drawn again. */
export function merged(known: Trials, news: Trials): Trials {
  if (news.trials.length === 0) return news.revision === known.revision ? known : { ...known, revision: news.revision };
  const byNumber = new Map(known.trials.map((trial) => [trial.number, trial]));
  for (const trial of news.trials) byNumber.set(trial.number, trial);
  return { revision: news.revision, trials: [...byNumber.values()].sort((a, b) => a.number - b.number) };
}
