/** The screens, each with code of its own that is loaded when it is first shown, or when nothing else is to be done. */
import { lazy } from "react";

const load = {
  runs: () => import("../features/runs/RunsScreen.tsx"),
  workbench: () => import("../features/workbench/WorkbenchScreen.tsx"),
  data: () => import("../features/data/DataScreen.tsx"),
  augment: () => import("../features/augment/AugmentScreen.tsx"),
};

/** Code that did not come: the studio is gone, or was built anew. Only a reload helps, because a page asks for a module once. */
export class NotLoaded extends Error {}

const told = (cause: unknown): never => {
  throw new NotLoaded(cause instanceof Error ? cause.message : String(cause), { cause });
};

export const screens = {
  runs: lazy(() => load.runs().then(({ RunsScreen }) => ({ default: RunsScreen }), told)),
  workbench: lazy(() => load.workbench().then(({ WorkbenchScreen }) => ({ default: WorkbenchScreen }), told)),
  data: lazy(() => load.data().then(({ DataScreen }) => ({ default: DataScreen }), told)),
  augment: lazy(() => load.augment().then(({ AugmentScreen }) => ({ default: AugmentScreen }), told)),
};

/** Long after the first screen is there: the others open without a wait then, and the studio may be gone or rebuilt by that time. */
const LATER_MS = 3000;

/** Loads what was not shown yet. @returns the way to leave it */
export function loadScreens(): () => void {
  const timer = setTimeout(() => {
    for (const screen of Object.values(load)) screen().catch(() => undefined);
  }, LATER_MS);
  return () => clearTimeout(timer);
}
