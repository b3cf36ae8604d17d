/** Sizes of files and of memory. */
import { digitsText } from "./numbers.ts";

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** 812 B, 12.4 KB, 3.1 MB: each unit is 1024 times the previous one, as in file managers. */
export function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${digitsText(bytes / 1024 ** power, 3)} ${UNITS[power] ?? "B"}`;
}
