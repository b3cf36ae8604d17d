/** Stores the window's size and position in the studio's home. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { openSealedJson, sealedJson } from "../../storage/seal.ts";
import { PRIVATE_FILE } from "../../storage/wholeFile.ts";

const windowState = z.strictObject({
  x: z.exactOptional(z.int()),
  y: z.exactOptional(z.int()),
  width: z.int().min(640).max(20_000),
  height: z.int().min(480).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

const FIRST: WindowState = { width: 1360, height: 880, maximized: false };
const fileIn = (home: string): string => path.join(home, "window.json");

/** A rectangle of a screen. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The stored state, or the initial one; without a position if no screen would show its title bar. */
export function readWindowState(home: string, screens: readonly Area[]): WindowState {
  let state: WindowState;
  try {
    const opened = openSealedJson(readFileSync(fileIn(home)));
    if ("damage" in opened) return FIRST;
    state = windowState.parse(opened.value);
  } catch {
    // Missing, damaged, or of another version: the state is not essential.
    return FIRST;
  }
  const { x, y, ...size } = state;
  if (x === undefined || y === undefined) return size;
  const middle = x + size.width / 2;
  const visible = screens.some((screen) => middle >= screen.x && middle < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height);
  return visible ? state : size;
}

export function writeWindowState(home: string, state: WindowState): void {
  try {
    writeFileSync(fileIn(home), sealedJson(state), { mode: PRIVATE_FILE });
  } catch {
    // A full disk must not keep the window from closing.
  }
}
