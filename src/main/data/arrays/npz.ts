/** The arrays of an .npz (a zip of .npy files): unpacked once into the cache, then read like .npy files. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Fault, nearestName, quote } from "../../../shared/kit/fault.ts";
import { unpacked } from "../archives/unpacked.ts";
import type { NamedFile } from "../files.ts";
import { pairByNames } from "./arrayNames.ts";
import { openNpy } from "./npyFile.ts";
import type { StoredArray } from "./storedArray.ts";

/** Usual names of samples and labels, the training part first. They include those of Keras' mnist.npz, MedMNIST and scikit-learn. */
const SAMPLES = ["x_train", "X_train", "train_images", "train_x", "x", "X", "data", "images", "samples", "features", "inputs"];
const LABELS = ["y_train", "Y_train", "train_labels", "train_y", "y", "Y", "labels", "label", "targets", "target", "outputs"];

export interface Npz {
  readonly file: NamedFile;
  readonly names: readonly string[];
  /** @throws Fault that lists the existing arrays */
  array(name: string, field: string): Promise<StoredArray>;
}

/** @throws Fault if the file is not a zip, or cannot be unpacked */
export async function openNpz(file: NamedFile): Promise<Npz> {
  const folder = await unpacked(file.path, "zip", file.field);
  const members = await readdir(folder, { recursive: true });
  const names = members.flatMap((member) => (member.endsWith(".npy") ? [member.slice(0, -4).split(path.sep).join("/")] : [])).sort();
  if (names.length === 0)
    throw new Fault("input", [
      { place: file.path, expected: "must hold arrays saved by numpy.savez", received: "no .npy in it", remedy: "Save the arrays with numpy.savez." },
    ]);
  return {
    file,
    names,
    async array(name, field) {
      if (!names.includes(name)) throw missing(file, names, name, field);
      return openNpy({ path: path.join(folder, `${name}.npy`), field: file.field }, `${file.path}, array ${quote(name)}`);
    },
  };
}

/** The names of the training part's samples and labels, by convention or by the words in them; undefined if there are none. */
export function guessNames(names: readonly string[]): { readonly samples: string | undefined; readonly labels: string | undefined } {
  const first = (wanted: readonly string[]) => wanted.find((name) => names.includes(name));
  const known = { samples: first(SAMPLES), labels: first(LABELS) };
  if (known.samples !== undefined && known.labels !== undefined) return known;
  return pairByNames(names) ?? known;
}

/** @throws Fault that lists the existing arrays */
export function requireName(npz: Npz, guess: string | undefined, field: string, what: "samples" | "labels"): string {
  if (guess !== undefined) return guess;
  throw new Fault("input", [
    {
      place: npz.file.path,
      expected: `must hold the ${what} as ${(what === "samples" ? SAMPLES : LABELS).slice(0, 7).join(", ")} or under a name given in ${field}`,
      received: `the arrays ${npz.names.map(quote).join(", ")}`,
      remedy: `Set ${field} to the name of the ${what}.`,
    },
  ]);
}

function missing(file: NamedFile, names: readonly string[], name: string, field: string): Fault {
  const near = nearestName(name, names);
  return new Fault("input", [
    {
      place: file.path,
      expected: `${field} must name one of its arrays: ${names.map(quote).join(", ")}`,
      received: quote(name),
      remedy: near === undefined ? "Name an array that is there." : `Did you mean ${quote(near)}?`,
    },
  ]);
}
