/** Frames on the pipe from the process to the host: one byte for the kind, a uint32 length, then the content. */
import { Malformed } from "./bytes.ts";

export const BEAT = 0;
export const REPLY = 1;

const HEADER_BYTES = 5;

export function frameHeader(kind: number, length: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(kind);
  header.writeUInt32LE(length, 1);
  return header;
}

interface FrameListener {
  /** Largest allowed size in bytes of a frame of this kind at this moment; larger frames are refused unread. */
  most(kind: number): number;
  take(kind: number, payload: Buffer): void;
}

/** Assembles frames from chunks of bytes. */
export class FrameReader {
  readonly #listener: FrameListener;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerBytes = 0;
  #payload: Buffer | null = null;
  #payloadBytes = 0;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** @throws Malformed for a frame that is too large */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#payload === null) {
        const copied = chunk.copy(this.#header, this.#headerBytes, at);
        at += copied;
        this.#headerBytes += copied;
        if (this.#headerBytes < HEADER_BYTES) return;
        this.#begin();
      } else {
        const copied = chunk.copy(this.#payload, this.#payloadBytes, at);
        at += copied;
        this.#payloadBytes += copied;
      }
      this.#finish();
    }
  }

  #begin(): void {
    const length = this.#header.readUInt32LE(1);
    const most = this.#listener.most(this.#header.readUInt8());
    if (length > most) throw new Malformed(`a message of ${length} bytes, where at most ${most} can come`);
    this.#payload = Buffer.allocUnsafe(length);
    this.#payloadBytes = 0;
  }

  #finish(): void {
    if (this.#payload === null || this.#payloadBytes < this.#payload.length) return;
    const payload = this.#payload;
    this.#payload = null;
    this.#headerBytes = 0;
    this.#listener.take(this.#header.readUInt8(), payload);
  }
}
