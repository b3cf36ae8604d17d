/** Reads the text header of a Netpbm image: PBM, PGM and PPM, plain and raw (netpbm.sourceforge.net/doc). */
import { BadFile } from "../sampleFiles/badFile.ts";
import { headerOf, type ImageHeader } from "./imageHeader.ts";

/** @param first bytes of the file, comments included */
export function readPnmHeader(first: Buffer): ImageHeader {
  const text = first.toString("latin1");
  const kind = Number(text[1]);
  const bitmap = kind === 1 || kind === 4;
  const numbers = text
    .slice(2)
    .replace(/#[^\n\r]*/g, " ")
    .trim()
    .split(/\s+/)
    .slice(0, bitmap ? 2 : 3)
    .map(Number);
  const [width = 0, height = 0, most = 1] = numbers;
  if (numbers.some((each) => !Number.isInteger(each))) throw new BadFile("has a damaged header: its size is not given by integers");
  // The decoder scales values to 8 or 16 bits, because the format defines the highest value as white.
  return headerOf({ format: "pnm", width, height, channels: kind % 3 === 0 ? 3 : 1, complete: false, white: most > 255 ? 65_535 : 255 });
}
