/** The history: one SQLite file in the studio's home, with one repository per table. */
import { Checkpoints } from "./checkpoints.ts";
import { Connection } from "./connection.ts";
import { Datasets } from "./datasets.ts";
import { Events } from "./events.ts";
import { Experiments } from "./experiments.ts";
import { Metrics } from "./metrics.ts";
import { migrate } from "./migrate.ts";
import { Recipes } from "./recipes.ts";
import { Runs } from "./runs.ts";
import { Studies } from "./studies.ts";
import { Trials } from "./trials.ts";

export interface History {
  readonly connection: Connection;
  readonly experiments: Experiments;
  readonly recipes: Recipes;
  readonly runs: Runs;
  readonly metrics: Metrics;
  readonly events: Events;
  readonly checkpoints: Checkpoints;
  readonly datasets: Datasets;
  readonly studies: Studies;
  readonly trials: Trials;
}

/**
 * Opens the file, creates it if necessary, and migrates it to the present version.
 * @throws Fault if it cannot be opened, is damaged, or was written by a newer Descent
 */
export function openHistory(file: string): History {
  const connection = new Connection(file);
  try {
    migrate(connection);
    return {
      connection,
      experiments: new Experiments(connection),
      recipes: new Recipes(connection),
      runs: new Runs(connection),
      metrics: new Metrics(connection),
      events: new Events(connection),
      checkpoints: new Checkpoints(connection),
      datasets: new Datasets(connection),
      studies: new Studies(connection),
      trials: new Trials(connection),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}
