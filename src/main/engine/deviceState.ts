/**
 * The state of a run on its device. On the processor that is host memory, and all operations are free. On a GPU the tensors stay there between calls, and
 * {@link DeviceState.download} copies them back for checkpoints.
 *
 * A state is immutable: a call makes a new one. `dispose()` frees its memory on a GPU.
 */

import { internal } from "../../shared/kit/fault.ts";
import type { DeviceName } from "./devices/device.ts";
import { free } from "./devices/lendingSession.ts";
import { isOnDevice } from "./devices/tensors.ts";
import { download, upload } from "./devices/transfer.ts";
import { nextName } from "./devices/webgpuSession.ts";
import type { Tensor } from "./onnxruntime.ts";
import { floatTensor, type Outputs } from "./session.ts";
import type { State } from "./state.ts";

/** One tensor and the number of states that share it: a step passes on tensors that it does not change. */
interface Held {
  readonly tensor: Tensor;
  owners: number;
}

export class DeviceState {
  readonly #held: ReadonlyMap<string, Held>;
  #disposed = false;

  private constructor(held: ReadonlyMap<string, Held>) {
    this.#held = held;
  }

  /** @param tensors names and shapes of the state's tensors */
  static async upload(
    state: State,
    tensors: readonly { readonly name: string; readonly shape: readonly number[] }[],
    device: DeviceName,
  ): Promise<DeviceState> {
    const inHost = Object.fromEntries(
      tensors.map(({ name, shape }) => {
        const values = state.get(name);
        if (values === undefined) throw internal(`the state lacks ${name}`);
        return [name, floatTensor(values, shape)] as const;
      }),
    );
    const placed = device === "cpu" ? inHost : await upload(inHost);
    return new DeviceState(new Map(Object.entries(placed).map(([name, tensor]) => [name, { tensor, owners: 1 }])));
  }

  /** The inputs of a program: the tensors with these names, or all. */
  feeds(names: Iterable<string> = this.#held.keys()): Readonly<Record<string, Tensor>> {
    return Object.fromEntries([...names].map((name) => [name, this.tensor(name)]));
  }

  tensor(name: string): Tensor {
    if (this.#disposed) throw internal("a state is used after it was disposed of");
    const held = this.#held.get(name);
    if (held === undefined) throw internal(`the state lacks ${name}`);
    return held.tensor;
  }

  /** The state after a call, from its outputs `<name>/next`. This state is not changed. */
  next(outputs: Outputs): DeviceState {
    return new DeviceState(
      new Map(
        [...this.#held].map(([name, held]) => {
          const tensor = outputs.tensor(nextName(name));
          if (tensor !== held.tensor) return [name, { tensor, owners: 1 }];
          held.owners += 1;
          return [name, held];
        }),
      ),
    );
  }

  /** The values in host memory; on the processor without a copy. */
  async download(): Promise<State> {
    const tensors = this.feeds();
    const onDevice = Object.fromEntries(Object.entries(tensors).filter(([, tensor]) => isOnDevice(tensor)));
    const fetched = { ...tensors, ...(await download(onDevice)) };
    return new Map(
      Object.entries(fetched).map(([name, { data }]) => {
        if (!(data instanceof Float32Array)) throw internal(`the state's ${name} is not float32`);
        return [name, data];
      }),
    );
  }

  /** Frees the tensors that no other state shares. Can be called again. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const held of this.#held.values()) {
      held.owners -= 1;
      if (held.owners === 0) free([held.tensor]);
    }
  }
}
