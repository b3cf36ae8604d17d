/**
 * Data sets inside an HDF5 file as stored arrays. The HDF Group's own library, compiled to WebAssembly (h5wasm), reads slices of rows; the rest
 * stays on disk.
 */
import path from "node:path";
import type { Dataset as H5Dataset, File as H5File } from "h5wasm/node";
import { Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import { type NamedFile, statFile } from "../files.ts";
import { decodeNumbers, type Element } from "./element.ts";
import { readStart } from "./npyFile.ts";
import type { StoredArray } from "./storedArray.ts";

export interface Hdf5File {
  /** Paths and shapes of all data sets in the file; at most 1,000. */
  readonly datasets: readonly { readonly path: string; readonly shape: readonly number[] }[];
  /** @throws Fault that lists the existing data sets, or says why this one holds no numbers */
  array(inner: string, field: string): StoredArray;
  /** At most 1,000 strings of a data set of strings; null if it holds something else. */
  strings(inner: string): readonly string[] | null;
  close(): void;
}

type Library = Pick<typeof import("h5wasm/node"), "File" | "Dataset"> & { readonly module: Awaited<typeof import("h5wasm/node").ready> };

const SIGNATURE = Buffer.from("\x89HDF\r\n\x1a\n", "latin1");
/** Possible positions of the signature: at the start, or after a user block of 512 bytes or a larger power of two. */
const USER_BLOCKS = [0, 512, 1024, 2048, 4096];
/** Filter ids up to this one are built into the library: deflate, shuffle, fletcher32, szip, nbit, scale-offset. */
const OWN_FILTERS = 6;
const MAX_LISTED = 1000;

let library: Promise<Library> | undefined;

/** @throws Fault if the file is not HDF5 or is cut off */
export async function openHdf5(file: NamedFile): Promise<Hdf5File> {
  await statFile(file);
  if (!(await isHdf5(file)))
    throw new Fault("input", [
      {
        place: file.path,
        expected: "must be an HDF5 file, which begins with 89 48 44 46 0D 0A 1A 0A",
        received: "other bytes",
        remedy: "Name an HDF5 file, such as h5py writes.",
      },
    ]);
  library ??= load();
  const h5 = await library;
  // The library does not know the process's working folder.
  const opened = attempt(file.path, () => new h5.File(path.resolve(file.path), "r"));
  let datasets: Hdf5File["datasets"] | undefined;
  const list = () => {
    datasets ??= attempt(file.path, () => findDatasets(h5, opened));
    return datasets;
  };
  return {
    get datasets() {
      return list();
    },
    array(inner, field) {
      const found = attempt(file.path, () => opened.get(inner));
      if (found instanceof h5.Dataset) return storedArray(h5, opened, found, inner, file);
      throw missing(file, list(), inner, field, found === null || found === undefined ? "" : ", which is not a data set");
    },
    strings(inner) {
      const found = attempt(file.path, () => opened.get(inner));
      if (!(found instanceof h5.Dataset) || (found.shape?.[0] ?? 0) > MAX_LISTED) return null;
      const values: unknown = attempt(file.path, () => found.value);
      return Array.isArray(values) && values.every((value) => typeof value === "string") ? values.map((value) => value.replace(/\0+$/, "")) : null;
    },
    close: () => void opened.close(),
  };
}

/** The first data sets with their shapes, for a message. */
export function listDatasets(datasets: Hdf5File["datasets"]): string {
  const listed = datasets.slice(0, 20).map((each) => `${each.path} [${each.shape.join(", ")}]`);
  if (datasets.length > listed.length) listed.push(`${datasets.length - listed.length} more`);
  return listed.join(", ");
}

async function isHdf5(file: NamedFile): Promise<boolean> {
  const start = await readStart(file, (USER_BLOCKS.at(-1) ?? 0) + SIGNATURE.length);
  return USER_BLOCKS.some((offset) => start.subarray(offset, offset + SIGNATURE.length).equals(SIGNATURE));
}

async function load(): Promise<Library> {
  const { File, Dataset, ready } = await import("h5wasm/node");
  const module = await ready;
  // Without this check the library prints its errors and returns uninitialized memory.
  module.activate_throwing_error_handler();
  return { File, Dataset, module };
}

function findDatasets(h5: Library, file: H5File): Hdf5File["datasets"] {
  const found: { path: string; shape: readonly number[] }[] = [];
  for (const inner of file.paths()) {
    const item = file.get(inner);
    if (item instanceof h5.Dataset) found.push({ path: `/${inner}`, shape: item.shape ?? [] });
    if (found.length === MAX_LISTED) break;
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function storedArray({ module }: Library, file: H5File, dataset: H5Dataset, inner: string, { path: filePath }: NamedFile): StoredArray {
  const place = `${filePath}, data set ${quote(inner)}`;
  const { metadata } = dataset;
  const shape = metadata.shape ?? [];
  const element = elementOf(metadata, place);
  const foreign = dataset.filters.find(({ id }) => id > OWN_FILTERS);
  if (foreign !== undefined)
    throw new Fault("input", [
      {
        place,
        expected: "must be stored plain or compressed with gzip",
        received: `the filter ${quote(foreign.name)}`,
        remedy: 'Save it with compression="gzip".',
      },
    ]);
  const row = shape.slice(1);
  const rowBytes = row.reduce((product, dim) => product * dim, metadata.size);
  return {
    place,
    shape,
    element,
    async read(first, count) {
      const size = count * rowBytes;
      const pointer = module._malloc(size);
      if (pointer === 0)
        throw new Fault("environment", [{ place, expected: "must have memory for a slice", received: `${size} bytes`, remedy: "Close other programs." }]);
      try {
        attempt(place, () =>
          module.get_dataset_data(
            file.file_id,
            dataset.path,
            [count, ...row].map(BigInt),
            [first, ...row.map(() => 0)].map(BigInt),
            shape.map(() => 1n),
            BigInt(pointer),
          ),
        );
        return decodeNumbers(module.HEAPU8.slice(pointer, pointer + size), element);
      } finally {
        module._free(pointer);
      }
    },
  };
}

/** The library returns little-endian numbers, whatever byte order the file has. */
function elementOf({ type, size, signed, enum_type }: H5Dataset["metadata"], place: string): Element {
  const isBool = enum_type !== undefined && enum_type.nmembers === 2 && "FALSE" in enum_type.members && "TRUE" in enum_type.members;
  const [INTEGER, FLOAT, ENUM] = [0, 1, 8];
  if (type === ENUM && isBool && size === 1) return { name: "bool", bytes: 1, kind: "bool", littleEndian: true };
  if ((type === INTEGER || type === ENUM) && [1, 2, 4, 8].includes(size))
    return { name: `${signed ? "" : "u"}int${8 * size}`, bytes: size, kind: "integer", littleEndian: true };
  if (type === FLOAT && [2, 4, 8].includes(size)) return { name: `float${8 * size}`, bytes: size, kind: "float", littleEndian: true };
  const what = [
    "integers",
    "floats",
    "times",
    "strings",
    "bit fields",
    "raw bytes",
    "compound records",
    "references",
    "an enumeration",
    "lists of several lengths",
    "arrays",
  ][type];
  throw new Fault("input", [
    {
      place,
      expected: "must hold integers, float16, float32, float64 or booleans",
      received: `${what ?? "something else"} of ${size} bytes`,
      remedy: type === 3 ? "Save the number of the class, and name the classes in data.source.classes." : "Save the numbers as a data set of their own.",
    },
  ]);
}

function missing(file: NamedFile, datasets: Hdf5File["datasets"], inner: string, field: string, what: string): Fault {
  const names = datasets.map((each) => each.path);
  const near = nearestName(inner.startsWith("/") ? inner : `/${inner}`, names);
  return new Fault("input", [
    {
      place: file.path,
      expected: `${field} must name one of its data sets: ${datasets.length === 0 ? "there is none" : listDatasets(datasets)}`,
      received: quote(inner) + what,
      remedy: near === undefined ? "Name a data set that is there." : `Did you mean ${quote(near)}?`,
    },
  ]);
}

/** The library's errors are stack traces; only the last lines say what is wrong with the file. */
function attempt<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault || !(error instanceof Error)) throw error;
    const causes = [...error.message.matchAll(/\(\): (.*)$/gm)].map((match) => match[1] ?? "");
    const cut = /truncated file: eof = (\d+), .*stored_eof = (\d+)/.exec(error.message);
    throw new Fault(
      "input",
      [
        cut === null
          ? {
              place,
              expected: "must be an HDF5 file that can be read",
              received: causes.at(-1) ?? error.message,
              remedy: "The file is damaged or uses a feature that the library does not support: copy or save it again.",
            }
          : { place, expected: `must hold ${cut[2]} bytes, as its header says`, received: `${cut[1]} bytes`, remedy: "The file is cut off: copy it again." },
      ],
      { cause: error },
    );
  }
}
