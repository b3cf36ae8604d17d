/** Each folder of the catalog as one schema, which gives an entry's configuration its defaults. */
import { z } from "zod";
import { augmentations } from "../../src/shared/catalog/augmentations/index.ts";
import { generators } from "../../src/shared/catalog/generators/index.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import { schedules } from "../../src/shared/catalog/schedules/index.ts";
import { schemasOf } from "../../src/shared/kit/registry.ts";

export const lossSchema = z.discriminatedUnion("type", schemasOf(losses));
export const optimizerSchema = z.discriminatedUnion("type", schemasOf(optimizers));
export const scheduleSchema = z.discriminatedUnion("type", schemasOf(schedules));
export const augmentationSchema = z.discriminatedUnion("type", schemasOf(augmentations));
export const generatorSchema = z.discriminatedUnion("type", schemasOf(generators));
