/** The host's log: one JSON object per line on standard error. `DESCENT_LOG` sets the level. */
import pino from "pino";
import { visibleJson } from "../../shared/kit/visibleText.ts";

const standardError = pino.destination({ fd: 2, sync: true });

/** Standard error is often a terminal, so control characters in names are escaped. */
const visible: pino.DestinationStream = { write: (line) => void standardError.write(visibleJson(line)) };

export const log = pino({ name: "descent", level: process.env.DESCENT_LOG ?? "warn" }, visible);
