/** The devices of this machine and their abilities. */
import os from "node:os";
import path from "node:path";
import type { OperatorDefinition } from "../../../shared/graph/operator.ts";
import { operators } from "../../../shared/graph/ops/index.ts";
import type { Attributes, DType, TensorType } from "../../../shared/graph/types.ts";
import { Fault, type Problem } from "../../../shared/kit/fault.ts";
import type { DeviceName } from "./device.ts";
import { kindOf, type OperatorKind } from "./kinds.ts";
import { isLowered } from "./lowering.ts";
import { type ProbeResult, probeDevice, unavailable } from "./probing.ts";

export interface CpuReport {
  readonly device: "cpu";
  readonly available: true;
  /** The processor's model name. */
  readonly name: string;
  readonly logicalCores: number;
  readonly memoryBytes: number;
  /** Channels per block of the fast convolution kernels; 0 if the processor has none. */
  readonly convolutionBlock: number;
}

export interface WebGpuReport {
  readonly device: "webgpu";
  readonly available: boolean;
  /** The GPU, or the driver file that VK_DRIVER_FILES names; null if neither is known. */
  readonly name: string | null;
  /** Why it is not available. */
  readonly problem: Problem | null;
  /** Operators that run on the processor instead, with element types if only some are missing. */
  readonly lacking: readonly LackingOperator[];
  /** Number of Descent's operators. */
  readonly operators: number;
}

export interface LackingOperator {
  readonly operator: string;
  /** Input types that are missing; empty if the operator is missing for all. */
  readonly types: readonly DType[];
}

export type DeviceReport = CpuReport | WebGpuReport;

let listed: Promise<readonly DeviceReport[]> | undefined;

/** The processor first. Examined once in this process's life, in a separate process. */
export function listDevices(): Promise<readonly DeviceReport[]> {
  listed ??= lookAtDevices();
  return listed;
}

/** Fails with a fault of the environment if this machine lacks the device. */
export async function requireDevice(device: DeviceName): Promise<void> {
  if (device === "cpu") return;
  const report = (await listDevices()).find((each) => each.device === device);
  if (report?.device === "webgpu" && report.problem !== null) throw new Fault("environment", [report.problem]);
}

/** @param env of the process that examines the devices: VK_DRIVER_FILES selects a driver */
export async function lookAtDevices(env: NodeJS.ProcessEnv = process.env): Promise<readonly [CpuReport, WebGpuReport]> {
  const kinds = everyKind();
  const result = await probeDevice({ kinds, processor: true }, env);
  return [reportCpu(result), reportWebGpu(result, kinds, env)];
}

function reportCpu({ convolutionBlock }: ProbeResult): CpuReport {
  const name = os.cpus()[0]?.model.trim() || os.arch();
  return { device: "cpu", available: true, name, logicalCores: os.availableParallelism(), memoryBytes: os.totalmem(), convolutionBlock };
}

function reportWebGpu(result: ProbeResult, kinds: readonly OperatorKind[], env: NodeJS.ProcessEnv): WebGpuReport {
  const { webgpu } = result;
  const count = new Set(kinds.map(({ operator }) => operator)).size;
  if (!webgpu?.available) return { device: "webgpu", available: false, name: null, problem: unavailable(result), lacking: [], operators: count };
  return {
    device: "webgpu",
    available: true,
    name: adapterName(result, env),
    problem: null,
    lacking: summarize(kinds, new Set(webgpu.lacking)),
    operators: count,
  };
}

/** Every operator with all types of its samples, except those that are replaced (lowering.ts) and `Loop`, which is split into steps (step.ts). */
function everyKind(): readonly OperatorKind[] {
  const kinds = new Map<string, OperatorKind>();
  for (const definition of Object.values(operators)) for (const kind of kindsOf(definition)) kinds.set(kind.key, kind);
  return [...kinds.values()];
}

function kindsOf(definition: OperatorDefinition<Attributes>): readonly OperatorKind[] {
  if (definition.name === "Loop" || definition.name === "Identity" || isLowered(definition.name)) return [];
  return definition.samples.map(({ inputs, attributes }) => {
    const outputs = definition.infer(inputs, attributes);
    const types = new Map<string, TensorType>([...inputs.map((type, i) => [`x${i}`, type] as const), ...outputs.map((type, i) => [`y${i}`, type] as const)]);
    const node = { op: definition.name, inputs: inputs.map((_, i) => `x${i}`), outputs: outputs.map((_, i) => `y${i}`), attributes };
    return kindOf(node, (name) => types.get(name) ?? { dtype: "float32", shape: [] });
  });
}

function summarize(kinds: readonly OperatorKind[], lacking: ReadonlySet<string>): readonly LackingOperator[] {
  const types = (some: readonly OperatorKind[]) => new Set(some.flatMap(({ inputs }) => inputs.flatMap((type) => type?.dtype ?? [])));
  return [...new Set(kinds.map(({ operator }) => operator))].flatMap((operator) => {
    const all = kinds.filter((kind) => kind.operator === operator);
    const missing = all.filter(({ key }) => lacking.has(key));
    if (missing.length === 0) return [];
    return { operator, types: missing.length === all.length ? [] : [...types(missing)] };
  });
}

/** The runtime's list of hardware names GPUs by description on Windows, otherwise by vendor and number. */
function adapterName({ log }: ProbeResult, env: NodeJS.ProcessEnv): string | null {
  const driver = env["VK_DRIVER_FILES"] ?? env["VK_ICD_FILENAMES"];
  if (driver)
    return `${driver
      .split(path.delimiter)
      .map((file) => path.basename(file, ".json"))
      .join(", ")} (VK_DRIVER_FILES)`;
  const gpus = [...log.matchAll(/Discovered OrtHardwareDevice \{vendor_id:(\w+), device_id:(\w+), vendor:([^,]*), type:1, metadata: \[(.*)\]\}/g)];
  const names = gpus.map(
    ([, vendorId = "", deviceId = "", vendor = "", metadata = ""]) =>
      metadata.match(/Description=([^,\]]+)/)?.[1]?.trim() ?? `${vendor || vendorId} ${deviceId}`,
  );
  return names.length === 0 ? null : names.join(", ");
}
