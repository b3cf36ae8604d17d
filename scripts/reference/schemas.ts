/** Each folder of the catalog as one schema, which gives an entry's configuration its defaults. */
import { z } from "zod";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import { schedules } from "../../src/shared/catalog/schedules/index.ts";
import { schemasOf } from "../../src/shared/kit/registry.ts";

export const lossSchema = z.discriminatedUnion("type", schemasOf(losses));
export const optimizerSchema = z.discriminatedUnion("type", schemasOf(optimizers));
export const scheduleSchema = z.discriminatedUnion("type", schemasOf(schedules));
