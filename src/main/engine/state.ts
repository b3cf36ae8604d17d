/**
 * The state that training carries from step to step: parameters, the optimizer's slots, running statistics and weight averages, as the tensors that the
 * programs use.
 *
 * Small parameters with equal settings are packed into one flat tensor, which the forward pass splits again. So the optimizer runs once for all of them,
 * which matters if a step takes only dozens of microseconds. Outside the programs, as in checkpoints, every tensor has its own address (`conv2d1/weight`,
 * `conv2d1/weight/m`).
 */
import { initializerDefinition } from "../../shared/catalog/initializers/index.ts";
import { matrixUnits, type ParameterSpec } from "../../shared/catalog/layers/parameter.ts";
import type { SlotSpec } from "../../shared/catalog/optimizers/optimizer.ts";
import { Fault, internal } from "../../shared/kit/fault.ts";
import { RandomStream } from "../../shared/math/random.ts";
import { optimizerDefinition } from "../../shared/recipe/definitions.ts";
import { isFrozen, type ParameterSettings, settingsOf } from "../../shared/recipe/parameterGroups.ts";
import { everyLayer, type ModelPlan } from "../../shared/recipe/plan.ts";
import type { Recipe } from "../../shared/recipe/recipe.ts";

/** Tensors with at most this many elements are packed; for larger ones the copies cost more than the saved nodes. */
const PACKED_ELEMENTS = 8192;

/** Name of the slot for the weight average, of parameters and of running statistics. */
export const AVERAGE = "average";

/** One parameter or running statistic inside a state tensor. */
export interface Member {
  readonly address: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** A tensor of concatenated members, or of one member in its own shape. */
interface Group {
  readonly name: string;
  readonly shape: readonly number[];
  readonly members: readonly Member[];
}

/** Parameters that are updated together. */
export interface ParameterGroup extends Group {
  readonly settings: ParameterSettings;
  /** The layer's declaration of the parameter; null for a packed group, which only takes operations that need no whole tensor. */
  readonly spec: ParameterSpec | null;
  /** The optimizer's slots, without the average; empty for a frozen group. */
  readonly slots: readonly SlotSpec[];
}

/** Running statistics that are averaged with the same momentum. */
export interface BufferGroup extends Group {
  readonly momentum: number;
}

/** One tensor of a checkpoint. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** By state tensor name: `dense1/weight`, `packed`, `packed/m`. */
export type State = ReadonlyMap<string, Float32Array>;

export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The position of a stored tensor. */
interface Entry extends Member {
  readonly tensor: string;
  /** Value of every element before the first step; null for a parameter, which is drawn. */
  readonly initial: number | null;
}

export class StateLayout {
  readonly groups: readonly ParameterGroup[];
  /** The groups that training changes. The others are constants: no gradient is computed for them, and norms, penalties and noise ignore them. */
  readonly trained: readonly ParameterGroup[];
  readonly frozen: readonly ParameterGroup[];
  readonly buffers: readonly BufferGroup[];
  /** Whether an average of the weights is kept, which evaluation then uses. */
  readonly averaged: boolean;
  /** Names and shapes of the state tensors, in the order of the programs' inputs. */
  readonly tensors: readonly StateTensor[];
  readonly #plan: ModelPlan;
  readonly #entries: readonly Entry[];

  constructor(recipe: Recipe, plan: ModelPlan) {
    this.#plan = plan;
    this.averaged = recipe.averaging.type !== "none";
    this.groups = parameterGroups(recipe, plan);
    this.trained = this.groups.filter(({ settings }) => !isFrozen(settings));
    this.frozen = this.groups.filter(({ settings }) => isFrozen(settings));
    this.buffers = bufferGroups(plan);
    const average = this.averaged ? [AVERAGE] : [];
    const kept = [...this.groups, ...this.buffers].flatMap((group) =>
      ["", ...average].map((slot) => ({ name: slotName(group.name, slot), shape: group.shape })),
    );
    const slots = this.groups.flatMap((group) =>
      group.slots.map((slot) => ({ name: slotName(group.name, slot.name), shape: slot.shape === "scalar" ? [] : group.shape })),
    );
    this.tensors = [...kept, ...slots];
    this.#entries = this.#listEntries(average, bufferInitials(plan));
  }

  #listEntries(average: readonly string[], initials: ReadonlyMap<string, number>): readonly Entry[] {
    const entries: Entry[] = [];
    const list = ({ name, members }: Group, slot: string, initial: (member: Member) => number | null, scalar = false) => {
      for (const member of members)
        entries.push({
          ...member,
          ...(scalar ? { shape: [], offset: 0, size: 1 } : {}),
          address: slotName(member.address, slot),
          tensor: slotName(name, slot),
          initial: initial(member),
        });
    };
    for (const slot of ["", ...average]) {
      for (const group of this.groups) list(group, slot, () => null);
      for (const group of this.buffers) list(group, slot, ({ address }) => initials.get(address) ?? 0);
    }
    for (const group of this.groups) for (const { name, shape, initial = 0 } of group.slots) list(group, name, () => initial, shape === "scalar");
    return entries;
  }

  /** The tensors that determine what the network computes: parameters and running statistics. */
  get evaluated(): readonly StateTensor[] {
    return [...this.groups, ...this.buffers].map(({ name, shape }) => ({ name, shape }));
  }

  /** The state for evaluation: the averages if they are kept. */
  evaluationState(state: State): State {
    if (!this.averaged) return state;
    return new Map(
      this.evaluated.map(({ name }) => {
        const average = state.get(slotName(name, AVERAGE));
        if (average === undefined) throw internal(`no average of ${name} is kept`);
        return [name, average];
      }),
    );
  }

  /** Parameters drawn from the seed, everything else at its initial value. */
  initialize(seed: number): State {
    const state = this.#empty();
    for (const entry of this.#entries) if (entry.initial !== null) this.#view(state, entry).fill(entry.initial);
    const specs = new Map<string, ParameterSpec>();
    for (const layer of everyLayer(this.#plan.layers)) for (const spec of layer.parameters) specs.set(`${layer.name}/${spec.name}`, spec);
    for (const entry of this.#entries) {
      if (entry.initial !== null) continue;
      const address = entry.address.replace(new RegExp(`/${AVERAGE}$`), "");
      const spec = specs.get(entry.address) ?? specs.get(address);
      if (spec === undefined) throw internal(`${entry.address} is no parameter`);
      draw(spec, new RandomStream(seed, `initialize/${specs.has(entry.address) ? entry.address : address}`), this.#view(state, entry));
    }
    return state;
  }

  /** Parameters and running statistics drawn from the seed, by address: the network before the first step. */
  initialNetwork(seed: number): ReadonlyMap<string, StoredTensor> {
    return this.#slotsOf(this.initialize(seed), [""]);
  }

  /** Parameters and running statistics by address, and their averages if kept: everything that is stored except the optimizer's slots. */
  network(state: State): ReadonlyMap<string, StoredTensor> {
    return this.#slotsOf(state, ["", AVERAGE]);
  }

  #slotsOf(state: State, slots: readonly string[]): ReadonlyMap<string, StoredTensor> {
    const addresses = [...this.groups, ...this.buffers].flatMap(({ members }) => members.map(({ address }) => address));
    const wanted = new Set(addresses.flatMap((address) => slots.map((slot) => slotName(address, slot))));
    return new Map([...this.store(state)].filter(([address]) => wanted.has(address)));
  }

  /** Every tensor by its address; views, not copies. */
  store(state: State): ReadonlyMap<string, StoredTensor> {
    return new Map(this.#entries.map((entry) => [entry.address, { shape: entry.shape, data: this.#view(state, entry) }]));
  }

  /** The state from stored tensors. A tensor that is missing or has another shape is a fault: the file belongs to another model. */
  restore(stored: ReadonlyMap<string, StoredTensor>, file: string): State {
    const state = this.#empty();
    for (const entry of this.#entries) {
      const tensor = stored.get(entry.address);
      if (tensor === undefined || tensor.shape.join() !== entry.shape.join())
        throw new Fault("input", [
          {
            place: file,
            expected: `must hold ${entry.address} of shape [${entry.shape.join(", ")}]`,
            received: tensor ? `[${tensor.shape.join(", ")}]` : "no such tensor",
            remedy: "Use a checkpoint of this recipe.",
          },
        ]);
      this.#view(state, entry).set(tensor.data);
    }
    return state;
  }

  #empty(): Map<string, Float32Array> {
    return new Map(this.tensors.map(({ name, shape }) => [name, new Float32Array(product(shape))]));
  }

  #view(state: State, { tensor, offset, size }: Entry): Float32Array {
    const data = state.get(tensor);
    if (data === undefined) throw internal(`no state is at ${tensor}`);
    return data.subarray(offset, offset + size);
  }
}

/** `conv2d1/weight/m`; the parameter itself for the empty slot. */
export function slotName(address: string, slot: string): string {
  return slot === "" ? address : `${address}/${slot}`;
}

function draw(spec: ParameterSpec, stream: RandomStream, target: Float32Array): void {
  const { initializer, fanIn, fanOut } = spec;
  const value = initializerDefinition(initializer).values(initializer, { stream, size: target.length, fanIn, fanOut });
  for (let i = 0; i < target.length; i++) target[i] = value(i);
}

function parameterGroups(recipe: Recipe, plan: ModelPlan): readonly ParameterGroup[] {
  const { optimizer, regularization } = recipe;
  const definition = optimizerDefinition(optimizer);
  const apart = definition.perTensor === true || regularization.maxNorm > 0;
  // Without decay, parameters need not be grouped by role.
  const decays = regularization.l1 + regularization.l2 + regularization.weightDecay > 0 || definition.decays?.(optimizer) === true;
  const all = [...everyLayer(plan.layers)].flatMap((layer) =>
    layer.parameters.map((spec) => {
      const address = `${layer.name}/${spec.name}`;
      const { lrScale, decayed } = settingsOf(recipe, address, spec.role);
      return { address, spec, shape: spec.shape, size: product(spec.shape), settings: { lrScale, decayed: decayed && decays && lrScale > 0 } };
    }),
  );
  return grouped(all, ({ settings }) => `${settings.lrScale} ${settings.decayed}`, apart).map(({ group, first: { spec: own, settings } }) => {
    const spec = group.members.length === 1 ? own : null;
    return { ...group, settings, spec, slots: isFrozen(settings) ? [] : definition.slots(optimizer, spec && matrixUnits(spec)) };
  });
}

function bufferGroups(plan: ModelPlan): readonly BufferGroup[] {
  const all = [...everyLayer(plan.layers)].flatMap((layer) =>
    layer.buffers.map(({ name, shape, momentum }) => ({ address: `${layer.name}/${name}`, shape, size: product(shape), momentum })),
  );
  return grouped(all, ({ momentum }) => `${momentum}`, false, "statistics").map(({ group, first }) => ({ ...group, momentum: first.momentum }));
}

function bufferInitials(plan: ModelPlan): ReadonlyMap<string, number> {
  return new Map([...everyLayer(plan.layers)].flatMap((layer) => layer.buffers.map(({ name, initial }) => [`${layer.name}/${name}`, initial] as const)));
}

interface Item {
  readonly address: string;
  readonly shape: readonly number[];
  readonly size: number;
}

/** Large items alone and in order; small ones with equal `key` concatenated if there are several. */
function grouped<T extends Item>(items: readonly T[], key: (item: T) => string, apart: boolean, name = "packed") {
  const small = new Map<string, T[]>();
  if (!apart) for (const item of items) if (item.size <= PACKED_ELEMENTS) small.set(key(item), [...(small.get(key(item)) ?? []), item]);
  const packs = [...small.values()].filter((pack) => pack.length > 1);
  const packed = new Set(packs.flat());
  const alone = items.filter((item) => !packed.has(item));
  return [
    ...alone.map((item) => ({ first: item, group: { name: item.address, shape: item.shape, members: [memberOf(item, 0)] } })),
    ...packs.map((pack, i) => {
      let size = 0;
      const members = pack.map((item) => {
        const member = memberOf(item, size);
        size += item.size;
        return member;
      });
      const [first] = pack;
      if (first === undefined) throw internal("an empty pack");
      return { first, group: { name: packs.length === 1 ? name : `${name}${i + 1}`, shape: [size], members } };
    }),
  ];
}

function memberOf({ address, shape, size }: Item, offset: number): Member {
  return { address, shape, offset, size };
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
