/** Decides where an archive's entry may be written: inside the target folder and nowhere else. */
import { Fault, quote } from "../../../shared/kit/fault.ts";

/** Files that macOS and Windows add. */
const NOISE = /^(?:__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\._.*)$/;

/**
 * The entry's path inside the folder, split into its parts. Empty for the folder itself, null for a file that an operating system added.
 * Backslashes count as separators, because archives made on Windows contain them.
 * @throws Fault for an invalid name or one that leads out of the folder
 */
export function safeParts(name: string, archive: string): readonly string[] | null {
  const reason = refusal(name);
  if (reason !== null)
    throw new Fault("input", [
      {
        place: `${archive}, entry ${quote(name)}`,
        expected: "must stay inside the folder it is unpacked into",
        received: reason,
        remedy: "Do not use this archive unless you know who made it: nothing of it was unpacked.",
      },
    ]);
  const parts = name.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
  return parts.some((part) => NOISE.test(part)) ? null : parts;
}

function refusal(name: string): string | null {
  if (name.includes("\0")) return "a name with a zero byte";
  if (/^[/\\]/.test(name)) return "an absolute path";
  if (/^[a-zA-Z]:/.test(name)) return "a path with a drive letter";
  if (name.split(/[/\\]/).includes("..")) return "a path that climbs out with ..";
  if (process.platform === "win32" && /[:<>"|?*]/.test(name)) return "a name that Windows does not allow";
  return null;
}

/** @throws Fault for links, devices and similar entries */
export function refuseKind(kind: string, name: string, archive: string): never {
  throw new Fault("input", [
    {
      place: `${archive}, entry ${quote(name)}`,
      expected: "must be a file or a folder",
      received: kind,
      remedy: "Make the archive again with the files themselves (tar --dereference follows links): nothing of it was unpacked.",
    },
  ]);
}
