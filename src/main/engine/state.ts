/**
 * What training carries from step to step: parameters and the optimizer's slots, as the tensors the programs work on.
 *
 * Small parameters are packed into one flat tensor, which the forward pass splits again: the optimizer then runs once for all
 * of them, which matters where a step is dozens of microseconds. Outside the programs every parameter has its own
 * address (`conv2d1/weight`, `conv2d1/weight/m`), and so it stands in checkpoints.
 */
import { initializers } from "../../shared/catalog/initializers/index.ts";
import { Fault, internal } from "../../shared/kit/fault.ts";
import { RandomStream } from "../../shared/math/random.ts";
import type { ModelPlan } from "../../shared/recipe/plan.ts";

/** Parameters of at most this many elements are packed: beyond it, the copies cost more than the nodes saved. */
const PACKED_ELEMENTS = 8192;

/** One parameter inside a state tensor. */
export interface Member {
  readonly address: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** One tensor of parameters; its slots are tensors of the same shape. */
export interface ParameterGroup {
  readonly name: string;
  readonly shape: readonly number[];
  readonly members: readonly Member[];
}

/** One tensor of a checkpoint. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** By state tensor name: `dense1/weight`, `packed`, `packed/m`. */
export type State = ReadonlyMap<string, Float32Array>;

export class StateLayout {
  readonly groups: readonly ParameterGroup[];
  readonly slots: readonly string[];
  readonly #plan: ModelPlan;

  /** @param slots the optimizer's slots, each shaped like the parameter */
  constructor(plan: ModelPlan, slots: readonly string[]) {
    this.#plan = plan;
    this.slots = slots;
    const all = plan.layers.flatMap((layer) =>
      layer.parameters.map((spec) => ({ address: `${layer.name}/${spec.name}`, shape: spec.shape, size: product(spec.shape) })),
    );
    const small = all.filter(({ size }) => size <= PACKED_ELEMENTS);
    const alone = small.length > 1 ? all.filter(({ size }) => size > PACKED_ELEMENTS) : all;
    const groups: ParameterGroup[] = alone.map((each) => ({ name: each.address, shape: each.shape, members: [{ ...each, offset: 0 }] }));
    if (small.length > 1) {
      let offset = 0;
      const members = small.map((each) => {
        const member = { ...each, offset };
        offset += each.size;
        return member;
      });
      groups.push({ name: "packed", shape: [offset], members });
    }
    this.groups = groups;
  }

  /** Names and shapes of the state tensors, in the order programs take them. */
  get tensors(): readonly { readonly name: string; readonly shape: readonly number[] }[] {
    return this.groups.flatMap((group) => ["", ...this.slots].map((slot) => ({ name: slotName(group.name, slot), shape: group.shape })));
  }

  /** Parameters drawn from the seed, slots zero. */
  initialize(seed: number): State {
    const state = new Map(this.tensors.map(({ name, shape }) => [name, new Float32Array(product(shape))]));
    for (const layer of this.#plan.layers)
      for (const spec of layer.parameters) {
        const stream = new RandomStream(seed, `initialize/${layer.name}/${spec.name}`);
        const draw = initializers[spec.initializer];
        const target = this.#find(state, `${layer.name}/${spec.name}`, "");
        for (let i = 0; i < target.length; i++) target[i] = draw(stream, i, spec.fanIn, spec.fanOut);
      }
    return state;
  }

  /** Every parameter and slot under its own address; views, not copies. */
  store(state: State): ReadonlyMap<string, StoredTensor> {
    const stored = new Map<string, StoredTensor>();
    for (const slot of ["", ...this.slots])
      for (const { members } of this.groups)
        for (const { address, shape } of members) stored.set(slotName(address, slot), { shape, data: this.#find(state, address, slot) });
    return stored;
  }

  /** The state of stored tensors. A tensor that is missing or has another shape is a fault: the file belongs to another model. */
  restore(stored: ReadonlyMap<string, StoredTensor>, file: string): State {
    const state = new Map(this.tensors.map(({ name, shape }) => [name, new Float32Array(product(shape))]));
    for (const slot of ["", ...this.slots])
      for (const { members } of this.groups)
        for (const { address, shape } of members) {
          const name = slotName(address, slot);
          const tensor = stored.get(name);
          if (tensor === undefined || tensor.shape.join() !== shape.join())
            throw new Fault("input", [
              {
                place: file,
                expected: `must hold ${name} of shape [${shape.join(", ")}]`,
                received: tensor ? `[${tensor.shape.join(", ")}]` : "no such tensor",
                remedy: "Use a checkpoint of this very recipe.",
              },
            ]);
          this.#find(state, address, slot).set(tensor.data);
        }
    return state;
  }

  #find(state: State, address: string, slot: string): Float32Array {
    for (const group of this.groups)
      for (const member of group.members)
        if (member.address === address) {
          const data = state.get(slotName(group.name, slot));
          if (data) return data.subarray(member.offset, member.offset + member.size);
        }
    throw internal(`no state is at ${slotName(address, slot)}`);
  }
}

/** `conv2d1/weight/m`; the parameter itself for the empty slot. */
export function slotName(address: string, slot: string): string {
  return slot === "" ? address : `${address}/${slot}`;
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
