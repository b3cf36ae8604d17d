/** Asks samplers for points. */
import { samplerDefinition } from "../../shared/tuning/definitions.ts";
import type { Propose } from "./proposals.ts";

export const inThisThread: Propose = async (task, config) => samplerDefinition(config).propose(task, config);
