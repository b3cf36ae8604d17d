/** A float32 or int32 array whose length is not known before its end. */

export class GrowableArray<T extends Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>> {
  readonly #view: (buffer: ArrayBuffer) => T;
  #array: T;
  #length = 0;

  /** @param view makes the typed array over a buffer: `(buffer) => new Float32Array(buffer)` */
  constructor(view: (buffer: ArrayBuffer) => T) {
    this.#view = view;
    this.#array = view(new ArrayBuffer(4096));
  }

  push(value: number): void {
    // The old buffer is handed over, not copied beside the new one where the allocator can extend it.
    if (this.#length === this.#array.length) this.#array = this.#view(this.#array.buffer.transfer(this.#array.byteLength * 2));
    this.#array[this.#length++] = value;
  }

  /** The values pushed; this object is spent. */
  finish(): T {
    return this.#view(this.#array.buffer.transfer(this.#length * this.#array.BYTES_PER_ELEMENT));
  }
}
