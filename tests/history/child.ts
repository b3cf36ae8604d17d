/** The other process of `processes.test.ts`: takes a lock, opens files when told to, or writes metrics until it is ended. */
import { openHistory } from "../../src/main/history/history.ts";
import { acquireLock } from "../../src/main/history/lock.ts";

const [task, file = ""] = process.argv.slice(2);
if (task === "lock") {
  const lock = acquireLock(file);
  process.send?.(lock === null ? "refused" : "held");
  setInterval(() => lock, 1000);
} else if (task === "open") {
  process.on("message", ({ at, name }: { readonly at: number; readonly name: string }) => {
    // All the children at the same instant.
    while (Date.now() < at);
    try {
      openHistory(name).connection.close();
      process.send?.("opened");
    } catch (error) {
      process.send?.(String(error));
    }
  });
  process.send?.("ready");
} else {
  const history = openHistory(file);
  const run = history.runs.insert({
    id: "child000",
    experiment: history.experiments.ensure("default"),
    recipe: history.recipes.ensure({}).key,
    name: "",
    owner: "child",
    dataset: "",
    seed: 0,
    device: "cpu",
    optimizer: "",
    parameterCount: 0,
    plan: { inputShape: [], layers: [], outputShape: [], parameterCount: 0 },
    checkpointEvery: null,
    totalSteps: 1,
    totalEpochs: 1,
  });
  let step = 0;
  setInterval(() => {
    const steps = Array.from({ length: 100 }, (_, i) => step + i + 1);
    history.connection.transaction(() =>
      history.metrics.write(run, [{ name: "train.loss", steps, epochs: steps.map(() => 1), values: steps.map(Math.sqrt), wallTimeMs: 0 }]),
    );
    step += 100;
    process.send?.(step);
  }, 0);
}
