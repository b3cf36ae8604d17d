/** Sessions whose outputs stay on a device, and the lifetime of these tensors. */
import type { InferenceSession, Tensor } from "../onnxruntime.ts";
import type { NativeSession } from "./nativeSession.ts";
import { isOnDevice, type NamedTensors, tensorOf } from "./tensors.ts";

/**
 * A session whose outputs may stay on the device. Freeing such a tensor after its session would end the process, so the session is released together with
 * its last tensor.
 */
export class LendingSession implements NativeSession {
  readonly #session: InferenceSession;
  readonly #lent = new Set<Tensor>();
  #ended = false;

  constructor(session: InferenceSession) {
    this.#session = session;
  }

  async run(inputs: NamedTensors): Promise<NamedTensors> {
    const outputs = await this.#session.run(inputs);
    const tensors = Object.fromEntries(Object.keys(outputs).map((name) => [name, tensorOf(outputs, name)]));
    for (const tensor of Object.values(tensors)) {
      if (!isOnDevice(tensor)) continue;
      this.#lent.add(tensor);
      lenders.set(tensor, this);
    }
    return tensors;
  }

  endProfiling(): void {
    this.#session.endProfiling();
  }

  async release(): Promise<void> {
    this.#ended = true;
    if (this.#lent.size === 0) await this.#session.release();
  }

  /** Called for a freed tensor. */
  async takeBack(tensor: Tensor): Promise<void> {
    this.#lent.delete(tensor);
    if (this.#ended) await this.release();
  }
}

const lenders = new WeakMap<Tensor, LendingSession>();

/** Frees the tensors that are on the device. */
export function free(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) {
    if (!isOnDevice(tensor)) continue;
    tensor.dispose();
    void lenders.get(tensor)?.takeBack(tensor);
    lenders.delete(tensor);
  }
}
