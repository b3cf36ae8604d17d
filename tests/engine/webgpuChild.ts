/** The process of `devices.test.ts` that computes on WebGPU, where a driver may take it down. Does one task, says what it found and exits. */

import { DeviceState } from "../../src/main/engine/deviceState.ts";
import type { DeviceName } from "../../src/main/engine/devices/device.ts";
import { type UnsupportedOperator, unsupportedOperators } from "../../src/main/engine/devices/unsupported.ts";
import { typedArray } from "../../src/main/engine/onnx.ts";
import { Tensor } from "../../src/main/engine/onnxruntime.ts";
import { dataFeeds } from "../../src/main/engine/programs/feeds.ts";
import { layoutOf, trainingGraph } from "../../src/main/engine/programs/train.ts";
import { floatTensor, GraphSession, intTensor, longTensor } from "../../src/main/engine/session.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import type { OperatorDefinition } from "../../src/shared/graph/operator.ts";
import { operators } from "../../src/shared/graph/ops/index.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { Graph, NdArray } from "../../src/shared/graph/types.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { largestError, randomArray } from "../helpers/arrays.ts";
import { smallMlp } from "../helpers/recipes.ts";
import { doublingGraph, doublingInputs, START } from "./doubling.ts";

export interface Trained {
  readonly losses: readonly number[];
  /** By the name of the state tensor. */
  readonly state: Readonly<Record<string, readonly number[]>>;
  /** Where the state was after the last call. */
  readonly locations: readonly string[];
}

export interface OperatorFinding {
  readonly operator: string;
  readonly sample: string;
  /** Of the largest element, relative to it where it is above 1; null where it could not be run. */
  readonly error: number | null;
  readonly lacking: boolean;
  /** Why it could not be run. */
  readonly message: string;
}

export interface Named {
  readonly compiled: readonly UnsupportedOperator[];
  readonly asked: readonly UnsupportedOperator[];
  readonly error: number;
}

export interface Lifetimes {
  /** Of the state before a call, after it and after the next state is gone. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly untouched: readonly number[];
  readonly afterRelease: readonly number[];
  /** The same program without naming its state. */
  readonly unnamed: readonly number[];
}

const tasks = { train: trainOnBoth, operators: tryOperators, named: nameLacking, lifetimes };

async function trainOnBoth(): Promise<Readonly<Record<DeviceName, Trained>>> {
  return { cpu: await train("cpu"), webgpu: await train("webgpu") };
}

/** 20 steps of a small network in calls of five. */
async function train(device: DeviceName): Promise<Trained> {
  const { source, data } = smallMlp({ type: "adam", lr: 0.01 });
  const layout = layoutOf(source);
  const names = layout.tensors.map(({ name }) => name);
  const [batchSize, steps] = [16, 5];
  const session = await GraphSession.compile(trainingGraph(source, layout, batchSize), { device, threads: 1, state: names });
  let state = await DeviceState.upload(layout.initialize(7), layout.tensors, device);
  const losses: number[] = [];
  for (let call = 0; call < 4; call++) {
    const outputs = await session.run({
      ...dataFeeds(data, source.facts),
      indices: intTensor(
        Int32Array.from({ length: steps * batchSize }, (_, i) => (call * steps * batchSize + 7 * i) % data.rows),
        [steps, batchSize],
      ),
      rates: floatTensor(new Float32Array(steps).fill(0.01), [steps]),
      firstStep: longTensor(call * steps),
      tripCount: longTensor(steps),
      ...state.feeds(),
    });
    const next = state.next(outputs);
    state.dispose();
    state = next;
    losses.push(...outputs.floats("loss/all"));
  }
  const locations = names.map((name) => state.tensor(name).location);
  const values = await state.download();
  state.dispose();
  await session.dispose();
  return { losses, locations, state: Object.fromEntries([...values].map(([name, data]) => [name, [...data]])) };
}

/** Every sample of every operator, compiled for the device as programs are. */
async function tryOperators(): Promise<readonly OperatorFinding[]> {
  const findings: OperatorFinding[] = [];
  for (const definition of Object.values(operators)) if (definition.name !== "Loop") findings.push(...(await trySamples(definition)));
  return findings;
}

async function trySamples(definition: OperatorDefinition): Promise<readonly OperatorFinding[]> {
  const findings: OperatorFinding[] = [];
  for (const sample of definition.samples) {
    const builder = new GraphBuilder("sample");
    const values = sample.inputs.map(({ dtype, shape }, i) => builder.input(`x${i}`, dtype, shape));
    for (const value of builder.emit(definition.name, values, sample.attributes)) builder.output(value);
    const graph = builder.build();
    const inputs = new Map(
      values.map((value, i) => [value.name, randomArray(value, new RandomStream(42, `${definition.name}/${sample.title}/${i}`), sample, i)]),
    );
    const found = { operator: definition.name, sample: sample.title };
    try {
      const session = await GraphSession.compile(graph, { device: "webgpu", threads: 1 });
      const outputs = await session.run(tensorsOf(graph, inputs));
      const expected = evaluate(graph, inputs);
      const errors = graph.outputs.map((name) => largestError(Array.from(outputs.tensor(name).data, Number), expected.get(name)?.data ?? []));
      findings.push({ ...found, error: Math.max(...errors), lacking: session.unsupported.length > 0, message: "" });
      await session.dispose();
    } catch (error) {
      findings.push({ ...found, error: null, lacking: false, message: String(error) });
    }
  }
  return findings;
}

function tensorsOf(graph: Graph, inputs: ReadonlyMap<string, NdArray>): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(
    graph.inputs.map((name) => {
      const array = inputs.get(name);
      const dtype = graph.types.get(name)?.dtype;
      if (array === undefined || dtype === undefined) throw new Error(`no input ${name}`);
      return [name, new Tensor(dtype, typedArray(dtype, array.data), array.shape)];
    }),
  );
}

const tensors = [...START].map(([name, { length }]) => ({ name, shape: [length] }));
const names = [...START.keys()];

function doublingFeeds(steps: number): Readonly<Record<string, Tensor>> {
  return { trips: longTensor(steps), rates: floatTensor(new Float32Array(steps).fill(1), [steps]), offset: floatTensor(new Float32Array(1), []) };
}

async function nameLacking(): Promise<Named> {
  const graph = doublingGraph();
  const asked = await unsupportedOperators(graph, "webgpu");
  const session = await GraphSession.compile(graph, { device: "webgpu", threads: 1, state: names });
  const state = await DeviceState.upload(START, tensors, "webgpu");
  const outputs = await session.run({ ...doublingFeeds(3), ...state.feeds() });
  const start = [...START].map(([name, data]): [string, NdArray] => [name, { shape: [3], data: Float64Array.from(data) }]);
  const expected = evaluate(graph, new Map([...doublingInputs(3), ...start]));
  return { asked, compiled: session.unsupported, error: largestError(outputs.floats("sum/all"), expected.get("sum/all")?.data ?? []) };
}

async function lifetimes(): Promise<Lifetimes> {
  const session = await GraphSession.compile(doublingGraph(), { device: "webgpu", threads: 1, state: names });
  const valuesOf = async (state: DeviceState) => [...(await state.download()).values()].flatMap((values) => [...values]);
  const first = await DeviceState.upload(START, tensors, "webgpu");
  const before = await valuesOf(first);
  const second = first.next(await session.run({ ...doublingFeeds(2), ...first.feeds() }));
  const after = await valuesOf(second);
  const third = second.next(await session.run({ ...doublingFeeds(1), ...second.feeds() }));
  third.dispose();
  third.dispose();
  const untouched = [...(await valuesOf(first)), ...(await valuesOf(second))];
  first.dispose();
  await session.dispose();
  const afterRelease = await valuesOf(second);
  second.dispose();
  const plain = await GraphSession.compile(doublingGraph(), { device: "webgpu", threads: 1 });
  const inHost = await DeviceState.upload(START, tensors, "cpu");
  const outputs = await plain.run({ ...doublingFeeds(2), ...inHost.feeds() });
  return { before, after, untouched, afterRelease, unnamed: names.flatMap((name) => [...outputs.floats(`${name}/next`)]) };
}

const task = Object.entries(tasks).find(([name]) => name === process.argv[2])?.[1];
if (task === undefined) throw new Error(`there are ${Object.keys(tasks).join(", ")}`);
const found = await task();
process.send?.(found, undefined, undefined, () => process.exit(0));
