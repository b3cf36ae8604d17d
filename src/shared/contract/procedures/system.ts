/** The studio itself. */
import { eventIterator, oc, type } from "@orpc/contract";
import type { StudioEvent, SystemInfo } from "../system.ts";

export const system = {
  info: oc.output(type<SystemInfo>()),
  /** Changes of any run, until the listener disconnects. */
  events: oc.output(eventIterator(type<StudioEvent>())),
};
