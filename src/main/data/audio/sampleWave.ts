/** Recordings for the readers' sample files. */

const RATE = 200;

/** A WAV file with 16 bits, one channel and 200 samples per second. @param values from −1 to below 1, multiples of 2⁻¹⁵ */
export function wave(values: readonly number[]): Uint8Array {
  const file = Buffer.alloc(44 + 2 * values.length);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(2 * RATE, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(2 * values.length, 40);
  for (const [i, value] of values.entries()) file.writeInt16LE(value * 2 ** 15, 44 + 2 * i);
  return file;
}
