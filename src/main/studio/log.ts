/** The host's log: one JSON object a line on standard error, `DESCENT_LOG` sets the level. */
import pino from "pino";

export const log = pino({ name: "descent", level: process.env.DESCENT_LOG ?? "warn" }, pino.destination({ fd: 2, sync: true }));
