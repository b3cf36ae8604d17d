/** The studio itself. */
import os from "node:os";
import packageJson from "../../../../package.json" with { type: "json" };
import type { Root, RouterParts } from "./root.ts";

export function systemProcedures(root: Root, { context, host, runs }: RouterParts) {
  const { hub, layout } = context;
  return {
    info: root.system.info.handler(() => ({ version: packageJson.version, host, home: layout.home, cores: os.availableParallelism() })),
    events: root.system.events.handler(({ signal }) => hub.stream(signal, (until) => runs.events(until))),
  };
}
