/** Finds the recordings among many files by their headers. */
import { at } from "../../../shared/kit/fault.ts";
import { FileBytes } from "../sampleFiles/fileBytes.ts";
import type { LeftOut } from "../sampleFiles/findings.ts";
import { forEachParallel } from "../sampleFiles/parallel.ts";
import { reasonOf, type SampleFile } from "../sampleFiles/sampleFile.ts";
import { type AudioHeader, readAudioHeader } from "./audio.ts";

/** Number of files read at the same time. */
const READS = 32;

export type Recording<T> = T & {
  readonly header: AudioHeader;
  /** Of the file, in bytes. */
  readonly size: number;
  /** Modification time in milliseconds. */
  readonly modified: number;
};

/** The files that are recordings, in the given order, and the other files with the reason. */
export async function scanRecordings<T extends SampleFile>(
  files: readonly T[],
): Promise<{ readonly recordings: readonly Recording<T>[]; readonly leftOut: readonly LeftOut[] }> {
  const found = new Array<Recording<T> | string>(files.length).fill("");
  await forEachParallel(files, READS, async (file, index) => {
    try {
      found[index] = await FileBytes.use(file.path, async (bytes) => ({
        ...file,
        header: await readAudioHeader(bytes, file.path),
        size: bytes.size,
        modified: bytes.modified,
      }));
    } catch (error) {
      found[index] = reasonOf(error);
    }
  });
  const leftOut = files.flatMap(({ place }, index) => {
    const reason = at(found, index);
    return typeof reason === "string" ? [{ place, reason }] : [];
  });
  return { recordings: found.filter((each) => typeof each !== "string"), leftOut };
}
