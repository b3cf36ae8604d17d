/**
 * The header of a .npy file: a magic string, the version, the header's length, and a Python dictionary with the type, the order and the shape.
 * Source: "A Simple File Format for NumPy Arrays", numpy.lib.format (versions 1.0 to 3.0).
 */
import { Fault } from "../../../shared/kit/fault.ts";
import type { Element } from "./element.ts";

export interface NpyHeader {
  readonly element: Element;
  readonly shape: readonly number[];
  /** Whether the first axis varies fastest, as in Fortran. */
  readonly fortran: boolean;
  /** Offset of the numbers in the file. */
  readonly headerBytes: number;
}

/** Headers are tens of bytes; a longer one is damaged. numpy refuses more than 10,000 characters. */
const MAX_HEADER_BYTES = 64 * 1024;
const MAGIC = Buffer.from("\x93NUMPY", "latin1");

const KINDS: Readonly<Record<string, string>> = {
  O: "Python objects",
  S: "byte strings",
  U: "strings",
  c: "complex numbers",
  M: "dates",
  m: "time spans",
  V: "raw bytes",
};

/** The length of the header in bytes, from the file's first twelve bytes; null if the file is not a .npy. */
export function headerLength(head: Buffer): number | null {
  if (head.length < 10 || !head.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const version = head[6] ?? 0;
  if (version === 1) return 10 + head.readUInt16LE(8);
  return (version === 2 || version === 3) && head.length >= 12 ? 12 + head.readUInt32LE(8) : null;
}

/**
 * @param head the file's first bytes, at least {@link headerLength} of them unless the file is shorter
 * @throws Fault if the file is not a .npy of numbers
 */
export function parseNpyHeader(head: Buffer, place: string): NpyHeader {
  const headerBytes = headerLength(head);
  if (headerBytes === null || headerBytes > MAX_HEADER_BYTES)
    throw fault(
      place,
      "must be a .npy file, which begins with 93 4E 55 4D 50 59 and a version from 1 to 3",
      head.length === 0 ? "an empty file" : hex(head.subarray(0, 8)),
      "Save the array with numpy.save.",
    );
  if (head.length < headerBytes)
    throw fault(place, `must hold a header of ${headerBytes} bytes`, `${head.length} bytes in all`, "The file is cut off: copy it again.");
  const text = head.subarray(head[6] === 1 ? 10 : 12, headerBytes).toString(head[6] === 3 ? "utf8" : "latin1");
  const descr = /'descr':\s*(?:'([^']*)'|(\[.*?\])\s*,\s*'(?:fortran_order|shape)')/s.exec(text);
  const order = /'fortran_order':\s*(True|False)/.exec(text);
  const shape = /'shape':\s*\(([\d\s,L]*)\)/.exec(text);
  if (descr === null || order === null || shape === null)
    throw fault(place, "must have a header with descr, fortran_order and shape", JSON.stringify(text.trim().slice(0, 100)), "Save the array with numpy.save.");
  if (descr[1] === undefined)
    throw fault(
      place,
      "must hold numbers of one type",
      `a structured array, ${(descr[2] ?? "").slice(0, 80)}`,
      "Save the samples and the labels as arrays of their own.",
    );
  const dims = (shape[1] ?? "").split(",").flatMap((dim) => (dim.trim() === "" ? [] : [Number.parseInt(dim, 10)]));
  return { element: elementOf(descr[1], place), shape: dims, fortran: order[1] === "True" && dims.length > 1, headerBytes };
}

function elementOf(descr: string, place: string): Element {
  const match = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(descr);
  const code = match?.[2] ?? "";
  const bytes = Number(match?.[3] ?? 0);
  const littleEndian = match?.[1] !== ">";
  if (code === "b" && bytes === 1) return { name: "bool", bytes, kind: "bool", littleEndian };
  if ((code === "u" || code === "i") && [1, 2, 4, 8].includes(bytes))
    return { name: `${code === "u" ? "u" : ""}int${8 * bytes}`, bytes, kind: "integer", littleEndian };
  if (code === "f" && [2, 4, 8].includes(bytes)) return { name: `float${8 * bytes}`, bytes, kind: "float", littleEndian };
  const what = KINDS[code];
  throw fault(
    place,
    "must hold bool, int8 to int64, uint8 to uint64, float16, float32 or float64",
    what === undefined ? `the type ${JSON.stringify(descr)}` : `${what} (${JSON.stringify(descr)})`,
    code === "U" || code === "S" || code === "O"
      ? "Save numbers: for labels, the number of the class, and name the classes in data.source.classes."
      : "Convert the array with astype before saving it.",
  );
}

function hex(bytes: Buffer): string {
  return bytes
    .toString("hex")
    .toUpperCase()
    .replace(/..(?=.)/g, "$& ");
}

function fault(place: string, expected: string, received: string, remedy: string): Fault {
  return new Fault("input", [{ place, expected, received, remedy }]);
}
