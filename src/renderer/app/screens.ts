/** The screens. The code of each is loaded when it is first shown, or a few seconds after the first screen. */
import { lazy } from "react";

const load = {
  runs: () => import("../features/runs/RunsScreen.tsx"),
  workbench: () => import("../features/workbench/WorkbenchScreen.tsx"),
  data: () => import("../features/data/DataScreen.tsx"),
  augment: () => import("../features/augment/AugmentScreen.tsx"),
  tune: () => import("../features/tune/TuneScreen.tsx"),
};

/** Code that failed to load: the studio is gone or was rebuilt. Only a reload helps, because a page requests a module once. */
export class NotLoaded extends Error {}

const told = (cause: unknown): never => {
  throw new NotLoaded(cause instanceof Error ? cause.message : String(cause), { cause });
};

export const screens = {
  runs: lazy(() => load.runs().then(({ RunsScreen }) => ({ default: RunsScreen }), told)),
  workbench: lazy(() => load.workbench().then(({ WorkbenchScreen }) => ({ default: WorkbenchScreen }), told)),
  data: lazy(() => load.data().then(({ DataScreen }) => ({ default: DataScreen }), told)),
  augment: lazy(() => load.augment().then(({ AugmentScreen }) => ({ default: AugmentScreen }), told)),
  tune: lazy(() => load.tune().then(({ TuneScreen }) => ({ default: TuneScreen }), told)),
};

/** Delay after the first screen. The other screens then open without a wait, even if the studio is gone or rebuilt by that time. */
const LATER_MS = 3000;

/** Loads the screens that were not shown yet. @returns a function that cancels it */
export function loadScreens(): () => void {
  const timer = setTimeout(() => {
    for (const screen of Object.values(load)) screen().catch(() => undefined);
  }, LATER_MS);
  return () => clearTimeout(timer);
}
