/**
 * Times training steps of one network in a process of its own. Reads "round SECONDS" lines and answers each with the time of one step;
 * "end" is answered with the peak resident memory. The PyTorch worker speaks the same.
 */
import { createInterface } from "node:readline";
import { layoutOf, TrainingProgram } from "../src/main/engine/programs/train.ts";
import type { State } from "../src/main/engine/state.ts";
import { epochOrder } from "../src/main/training/feed.ts";
import { Throughput } from "../src/main/training/throughput.ts";
import { instantiate, networks } from "./networks.ts";

/** As in the training loop: a call of K steps lasts about this long. */
const CALL_MS = 60;

const [name = "", threads = "2"] = process.argv.slice(2);
const network = networks[name];
if (network === undefined) throw new Error(`no network is named ${name}`);
const { source, data } = instantiate(network);
const layout = layoutOf(source);
const program = await TrainingProgram.compile(source, layout, network.batchSize, { threads: Number(threads) });
const throughput = new Throughput();
const batches = Math.floor(data.rows / network.batchSize);
let state: State = layout.initialize(0);
let step = 0;

async function round(seconds: number): Promise<{ readonly microseconds: number; readonly steps: number; readonly loss: number }> {
  let steps = 0;
  let loss = 0;
  const startedAt = performance.now();
  while (performance.now() - startedAt < seconds * 1000) {
    const order = epochOrder(0, Math.floor(step / batches), data.rows);
    const count = Math.min(throughput.stepsFor(CALL_MS), batches - (step % batches));
    const first = (step % batches) * program.batchSize;
    const callAt = performance.now();
    const rates = new Float32Array(count).fill(source.recipe.optimizer.lr);
    const result = await program.run(state, data, Int32Array.from(order.subarray(first, first + count * program.batchSize)), step, rates);
    throughput.add(count, count * program.batchSize, performance.now() - callAt);
    state = result.state;
    loss = result.loss[0] ?? Number.NaN;
    steps += count;
    step += count;
  }
  return { microseconds: ((performance.now() - startedAt) * 1000) / steps, steps, loss };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(" ");
  if (command === "round") console.log(JSON.stringify(await round(Number(argument))));
  if (command === "end") {
    console.log(JSON.stringify({ peakKilobytes: process.resourceUsage().maxRSS, runtime: `onnxruntime-node, Node ${process.versions.node}` }));
    break;
  }
}
process.exit(0);
