/**
 * The devices: what this machine has, what a GPU lacks, and that it computes what the processor does, with its state kept on it. WebGPU is tested
 * through a software driver and in child processes, which a driver may take down.
 */
import { fork } from "node:child_process";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DeviceState } from "../../src/main/engine/deviceState.ts";
import { isLowered, lower } from "../../src/main/engine/devices/lowering.ts";
import { missingDevice } from "../../src/main/engine/devices/missing.ts";
import { placeNodes } from "../../src/main/engine/devices/placement.ts";
import { probeDevice, unavailable } from "../../src/main/engine/devices/probing.ts";
import { listDevices, lookAtDevices, requireDevice } from "../../src/main/engine/devices/report.ts";
import { stepOf } from "../../src/main/engine/devices/step.ts";
import { describeUnsupported, stateInputs, unsupportedIn, unsupportedOperators } from "../../src/main/engine/devices/unsupported.ts";
import { evaluationGraph } from "../../src/main/engine/programs/evaluate.ts";
import { predictionGraph } from "../../src/main/engine/programs/predict.ts";
import { layoutOf, trainingGraph } from "../../src/main/engine/programs/train.ts";
import { floatTensor, GraphSession, longTensor } from "../../src/main/engine/session.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import type { OperatorDefinition } from "../../src/shared/graph/operator.ts";
import { operators } from "../../src/shared/graph/ops/index.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { describeProblem } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { largestError, randomArray } from "../helpers/arrays.ts";
import { english } from "../helpers/english.ts";
import { smallCnn, smallMlp } from "../helpers/recipes.ts";
import { softwareVulkan } from "../helpers/softwareVulkan.ts";
import { doublingGraph, doublingInputs, START } from "./doubling.ts";
import type { Lifetimes, Named, OperatorFinding, Trained } from "./webgpuChild.ts";

const vulkan = softwareVulkan();
if (vulkan.missing !== null) console.warn(`\n*** WebGPU IS NOT TESTED: ${vulkan.missing} ***\n`);
const onWebGpu = vulkan.env === null ? it.skip : it;

/** What a child of {@link vulkan} says about a task. Fails with its words where it ends without. */
function inChild<T>(task: "train" | "operators" | "named" | "lifetimes"): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("./webgpuChild.ts", import.meta.url)), [task], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: [],
      env: vulkan.env ?? {},
    });
    let log = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    child.once("message", (found) => resolve(found as T));
    child.once("error", reject);
    child.once("close", (code, signal) => reject(new Error(`the child ended with ${signal ?? code}:\n${log}`)));
  });
}

const array = (shape: readonly number[], data: ArrayLike<number>): NdArray => ({ shape, data: Float64Array.from(data) });

const START_ARRAYS: readonly [string, NdArray][] = [...START].map(([name, data]) => [name, array([data.length], data)]);

/** Where VK_DRIVER_FILES names no driver, Linux has none. */
const noDriver = { ...process.env, VK_DRIVER_FILES: "/nowhere.json" };

describe("the list of devices", () => {
  it("says what the processor is and can", async () => {
    const [cpu, webgpu, ...others] = await listDevices();
    expect(others).toEqual([]);
    expect(webgpu?.device).toBe("webgpu");
    expect(cpu).toMatchObject({ device: "cpu", available: true, logicalCores: os.availableParallelism(), memoryBytes: os.totalmem() });
    expect(cpu?.name).not.toBe("");
    if (cpu?.device === "cpu") expect([0, 8, 16]).toContain(cpu.convolutionBlock);
    expect(await listDevices()).toBe(await listDevices());
    await expect(requireDevice("cpu")).resolves.toBeUndefined();
  });

  it.runIf(process.platform === "linux")("says what is missing and what to do where there is no GPU", async () => {
    const [cpu, webgpu] = await lookAtDevices(noDriver);
    expect(cpu.available).toBe(true);
    expect(webgpu).toMatchObject({ available: false, name: null, lacking: [] });
    expect(webgpu.problem && describeProblem(webgpu.problem)).toMatch(/^webgpu: must reach a GPU through Vulkan; received .*(loader|driver).* Install /);
  });

  it("survives a driver that ends its process", async () => {
    const crashing = { ...process.env, NODE_OPTIONS: "--import=data:text/javascript,process.abort()" };
    const result = await probeDevice({ kinds: [], processor: false }, crashing);
    expect(result.webgpu).toBeNull();
    expect(unavailable(result)).toMatchObject({ place: "webgpu", expected: "must open without ending its process" });
    expect(unavailable(result).received).toMatch(/SIGABRT|exit status/);
  });

  it.each([
    ["Warning: Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file", "no Vulkan loader", "libvulkan1"],
    ["Warning: vkCreateInstance: Found no drivers!", "a Vulkan loader that finds no driver", "VK_DRIVER_FILES"],
    ["", "No supported adapters", ""],
  ])("reads %j", (log, received, remedy) => {
    const problem = missingDevice({ message: "webgpu_context.cc:136 Failed to get a WebGPU adapter: No supported adapters\n", log });
    expect(english(problem.received)).toContain(received);
    expect(english(problem.remedy)).toContain(remedy);
  });

  onWebGpu("names the GPU's driver and what it leaves to the processor", async () => {
    const [, webgpu] = await lookAtDevices(vulkan.env ?? {});
    expect(webgpu).toMatchObject({ available: true, problem: null });
    expect(webgpu.name).toContain("vk_swiftshader_icd");
    expect(webgpu.operators).toBeGreaterThan(40);
    expect(webgpu.lacking.length).toBeLessThan(webgpu.operators / 2);
    expect(webgpu.lacking).toContainEqual({ operator: "BitwiseXor", types: [] });
    expect(webgpu.lacking).toContainEqual({ operator: "Equal", types: ["int64"] });
  });
});

describe("a step of a program", () => {
  const benches = { mlp: smallMlp({ type: "adam", lr: 0.01 }), cnn: smallCnn({ type: "momentum", lr: 0.02 }) };
  it.each(Object.entries(benches))("verifies: %s", (_, { source }) => {
    const layout = layoutOf(source);
    for (const graph of [trainingGraph(source, layout, 8), evaluationGraph(source, layout, 8)]) {
      const step = stepOf(graph);
      if (step === null) throw new Error("not taken apart");
      verify(step.graph);
      expect(step.graph.nodes.some(({ op }) => op === "Loop")).toBe(false);
      expect([...step.carried.map(({ last }) => last), ...step.collected.map(({ stacked }) => stacked)]).toEqual(graph.outputs);
    }
    expect(stepOf(predictionGraph(source, layout, 8))).toBeNull();
  });

  it("does once what the loop does again and again", () => {
    const graph = doublingGraph();
    const step = stepOf(graph);
    if (step === null) throw new Error("not taken apart");
    verify(step.graph);
    const whole = evaluate(graph, new Map([...doublingInputs(4), ...START_ARRAYS]));
    const fixed = new Map([...doublingInputs(4)].filter(([name]) => step.graph.inputs.includes(name)));
    const values = new Map<string, NdArray>(START_ARRAYS);
    const rows: number[] = [];
    for (let i = 0; i < 4; i++) {
      const before = step.carried.flatMap(({ first, before: name }): [string, NdArray][] =>
        name === null ? [] : [[name, values.get(first) ?? array([], [])]],
      );
      const made = evaluate(step.graph, new Map([...fixed, ...before, [step.iteration ?? "", array([], [i])]]));
      for (const { first, after } of step.carried) values.set(first, (after === null ? values.get(first) : made.get(after)) ?? array([], []));
      for (const { row } of step.collected) rows.push(...(made.get(row)?.data ?? []));
    }
    expect(rows).toEqual([...(whole.get("sum/all")?.data ?? [])]);
    for (const { first, last } of step.carried) expect(values.get(first)).toEqual(whole.get(last));
    expect(new Set(rows).size).toBe(4);
  });

  it("hands on what it does not change", () => {
    const step = stepOf(doublingGraph());
    expect(step?.carried.map(({ first, after }) => [first, after !== null])).toEqual([
      ["w", true],
      ["still", false],
    ]);
  });
});

describe("an operator that is written out", () => {
  const lowered = Object.values(operators).filter(({ name }) => isLowered(name));
  const cases = lowered.flatMap((definition: OperatorDefinition) =>
    definition.samples.map((sample) => [`${definition.name}, ${sample.title}`, definition, sample] as const),
  );
  it.each(cases)("computes what the operator does: %s", (_, { name }, sample) => {
    const builder = new GraphBuilder("sample");
    const values = sample.inputs.map(({ dtype, shape }, i) => builder.input(`x${i}`, dtype, shape));
    for (const value of builder.emit(name, values, sample.attributes)) builder.output(value);
    const inputs = new Map(values.map((value, i) => [value.name, randomArray(value, new RandomStream(7, `${i}`), sample, i)]));
    const graph = lower(builder.build());
    verify(graph);
    expect(graph.nodes.some(({ op }) => op === name)).toBe(false);
    const expected = evaluate(builder.build(), inputs);
    for (const [output, { data }] of evaluate(graph, inputs)) expect(largestError(data, expected.get(output)?.data ?? []), output).toBeLessThan(1e-12);
  });
});

describe("placement", () => {
  it("keeps beside the processor's operators what feeds them, gathers the batch there, and tells what waits", async () => {
    const { source } = smallMlp({ type: "adam", lr: 0.01 });
    const graph = trainingGraph(source, layoutOf(source), 16);
    const step = stepOf(graph);
    if (step === null) throw new Error("not taken apart");
    // A device without whole numbers of 64 bits.
    const withoutLong = async (kinds: Parameters<Parameters<typeof placeNodes>[2]>[0]) =>
      new Set(kinds.flatMap(({ key, inputs }) => (inputs.some((type) => type?.dtype === "int64") ? key : [])));
    const placement = await placeNodes(step.graph, stateInputs(graph, []), withoutLong);
    const gathers = step.graph.nodes.filter(({ op, inputs }) => op === "Gather" && step.graph.inputs.includes(inputs[0] ?? ""));
    expect(gathers.length).toBeGreaterThan(2);
    for (const { outputs } of gathers) expect(placement.onProcessor).toContain(outputs[0]);
    expect(placement.onProcessor.length).toBeLessThan(step.graph.nodes.length / 2);
    const evaluation = stepOf(evaluationGraph(source, layoutOf(source), 16))?.graph ?? graph;
    const samples = evaluation.nodes.find(({ op, inputs }) => op === "Gather" && inputs[0] === "samples");
    expect((await placeNodes(evaluation, [], withoutLong)).onProcessor).toContain(samples?.outputs[0]);
    const unsupported = unsupportedIn(placement);
    expect(unsupported.length).toBeGreaterThan(0);
    expect(unsupported.every(({ types }) => types.includes("int64"))).toBe(true);
    expect(unsupported.some(({ waits }) => !waits)).toBe(true);
  });

  it("says in words what a device lacks", async () => {
    const lacking = { operator: "Or", types: ["bool"], reason: "absent", nodes: ["either"], waits: true } as const;
    expect(describeUnsupported(lacking, "webgpu")).toBe("webgpu has no Or of bool: either runs on the processor, and every step waits for it.");
    expect(describeUnsupported({ ...lacking, operator: "Slice", types: ["float32"], reason: "wrong", nodes: ["a", "b", "c"], waits: false }, "webgpu")).toBe(
      "webgpu does not compute Slice of float32 correctly: a and 2 more run on the processor, ahead of the device, and nothing waits.",
    );
    expect(await unsupportedOperators(doublingGraph(), "cpu")).toEqual([]);
  });
});

describe("a state", () => {
  it("is host memory on the processor, without a copy", async () => {
    const session = await GraphSession.compile(doublingGraph(), { threads: 1, state: ["w", "still"] });
    const tensors = [...START.keys()].map((name) => ({ name, shape: [3] }));
    const state = await DeviceState.upload(START, tensors, "cpu");
    expect((await state.download()).get("w")).toBe(START.get("w"));
    const outputs = await session.run({
      trips: longTensor(2),
      rates: floatTensor(Float32Array.of(1, 1), [2]),
      offset: floatTensor(Float32Array.of(0), []),
      ...state.feeds(),
    });
    const next = state.next(outputs);
    state.dispose();
    expect([...((await next.download()).get("w") ?? [])]).toEqual([4, -0.5, -8]);
    expect((await next.download()).get("w")).toBe(outputs.floats("w/next"));
    expect(() => state.feeds()).toThrow(/after it was disposed of/);
    expect(() => next.tensor("v")).toThrow(/the state lacks v/);
    await session.dispose();
  });

  onWebGpu("stays on the device between calls, and the losses are the processor's", async () => {
    const { cpu, webgpu } = await inChild<{ readonly cpu: Trained; readonly webgpu: Trained }>("train");
    expect(new Set(cpu.locations)).toEqual(new Set(["cpu"]));
    expect(new Set(webgpu.locations)).toEqual(new Set(["gpu-buffer"]));
    expect(webgpu.losses).toHaveLength(20);
    expect(new Set(webgpu.losses).size).toBe(20);
    webgpu.losses.forEach((loss, i) => {
      expect(Math.abs(loss - (cpu.losses[i] ?? Number.NaN)), `step ${i + 1}`).toBeLessThan(1e-4);
    });
    for (const [name, values] of Object.entries(cpu.state))
      values.forEach((value, i) => {
        expect(Math.abs(value - (webgpu.state[name]?.[i] ?? Number.NaN)), `${name}[${i}]`).toBeLessThan(1e-4);
      });
  });

  onWebGpu("is a value: what comes after leaves it as it was", async () => {
    const { before, after, untouched, afterRelease, unnamed } = await inChild<Lifetimes>("lifetimes");
    expect(before).toEqual([1, -0.5, -2, 10, 20, 30]);
    expect(after).toEqual([4, -0.5, -8, 10, 20, 30]);
    expect(untouched).toEqual([...before, ...after]);
    expect(afterRelease).toEqual(after);
    expect(unnamed).toEqual(after);
  });
});

describe("what WebGPU lacks", () => {
  onWebGpu("is named before a run, and computed rightly all the same", async () => {
    const { asked, compiled, error } = await inChild<Named>("named");
    expect(asked).toEqual([{ operator: "Or", types: ["bool"], reason: "absent", nodes: ["either"], waits: true }]);
    expect(compiled).toEqual(asked);
    expect(error).toBeLessThan(1e-6);
  });

  onWebGpu("is all that keeps a sample of an operator from running there, and every sample is right", async () => {
    const findings = await inChild<readonly OperatorFinding[]>("operators");
    expect(findings.length).toBeGreaterThan(200);
    // The sine of WGSL is good to 2⁻¹¹ only.
    const tolerance = ({ operator }: OperatorFinding) => (operator === "Sin" || operator === "Cos" ? 2 ** -11 : 2e-5);
    const wrong = findings.filter((finding) => finding.error === null || !(finding.error <= tolerance(finding)));
    expect(wrong).toEqual([]);
    expect(findings.filter(({ lacking }) => !lacking).length).toBeGreaterThan(150);
  });
});
