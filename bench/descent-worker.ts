/**
 * Times training steps of one network in a process of its own: `descent-worker.ts NETWORK THREADS FOLDER`. First writes its data and its initial
 * weights into the folder, for the PyTorch worker, and says "ready". Then one line in, one line of JSON out, as torch_worker.py speaks it too:
 * "check STEPS" gives the losses of the first steps, "round SECONDS" the time of one step, "end" the peak resident memory.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { env } from "../src/main/engine/onnxruntime.ts";
import { layoutOf, TrainingProgram } from "../src/main/engine/programs/train.ts";
import type { State } from "../src/main/engine/state.ts";
import { epochOrder } from "../src/main/training/feed.ts";
import { Throughput } from "../src/main/training/throughput.ts";
import { everyLayer } from "../src/shared/recipe/plan.ts";
import { instantiate, networks } from "./networks.ts";

/** As in the training loop: a call of K steps lasts about this long. */
const CALL_MS = 60;

const [name = "", threads = "", folder = ""] = process.argv.slice(2);
const network = networks[name];
if (network === undefined) throw new Error(`no network is named ${name}`);
const { source, data } = instantiate(network);
const layout = layoutOf(source);
const program = await TrainingProgram.compile(source, layout, network.batchSize, { threads: Number(threads) });
const throughput = new Throughput();
const batches = Math.floor(data.rows / network.batchSize);
const initial = layout.initialize(0);
let state: State = initial;
let step = 0;
let order = orderOf(0);

function orderOf(epoch: number): Int32Array {
  return Int32Array.from(epochOrder(0, epoch, data.rows));
}

/** What the other side starts from. */
function writeStart(): void {
  const stored = layout.store(initial);
  const parameters = [...everyLayer(source.plan.layers)].flatMap((layer) => layer.parameters.map((spec) => `${layer.name}/${spec.name}`));
  const tensors = parameters.map((address) => ({ address, shape: stored.get(address)?.shape ?? [] }));
  for (const [i, address] of parameters.entries()) writeFileSync(path.join(folder, `parameter${i}.bin`), stored.get(address)?.data ?? new Float32Array());
  writeFileSync(path.join(folder, "samples.bin"), data.samples);
  writeFileSync(path.join(folder, "targets.bin"), data.targets);
  writeFileSync(path.join(folder, "order.bin"), order);
  writeFileSync(path.join(folder, "start.json"), JSON.stringify({ rows: data.rows, parameters: tensors }));
}

/** The next `count` steps, which must lie within the epoch. */
async function train(count: number): Promise<Float32Array> {
  const first = (step % batches) * program.batchSize;
  const rates = new Float32Array(count).fill(source.recipe.optimizer.lr);
  const result = await program.run(state, data, order.subarray(first, first + count * program.batchSize), step, { rates });
  state = result.state;
  step += count;
  if (step % batches === 0) order = orderOf(step / batches);
  return result.loss;
}

async function round(seconds: number): Promise<{ readonly microseconds: number; readonly steps: number; readonly loss: number }> {
  let [steps, loss] = [0, Number.NaN];
  const startedAt = performance.now();
  while (performance.now() - startedAt < seconds * 1000) {
    const count = Math.min(throughput.stepsFor(CALL_MS), batches - (step % batches));
    const callAt = performance.now();
    const found = await train(count);
    throughput.add(count, count * program.batchSize, performance.now() - callAt);
    loss = found[count - 1] ?? Number.NaN;
    steps += count;
  }
  return { microseconds: ((performance.now() - startedAt) * 1000) / steps, steps, loss };
}

const say = (answer: object) => console.log(JSON.stringify(answer));

writeStart();
say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(" ");
  if (command === "check") say({ losses: [...(await train(Number(argument)))] });
  if (command === "round") say(await round(Number(argument)));
  if (command === "end") {
    const runtime = `onnxruntime-node ${env.versions.node}, Node ${process.versions.node}`;
    say({ peakKilobytes: process.resourceUsage().maxRSS, runtime });
    break;
  }
}
process.exit(0);
