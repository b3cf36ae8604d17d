/** Every initializer that a recipe can name. */
import { z } from "zod";
import { schemasOf } from "../../kit/registry.ts";
import { constant } from "./constant.ts";
import { glorot } from "./glorot.ts";
import { he } from "./he.ts";
import type { InitializerDefinition } from "./initializer.ts";
import { lecun } from "./lecun.ts";
import { normal } from "./normal.ts";
import { ones } from "./ones.ts";
import { truncatedNormal } from "./truncatedNormal.ts";
import { uniform } from "./uniform.ts";
import { zeros } from "./zeros.ts";

export { distributionTitles } from "./draws.ts";

export const initializers = { he, glorot, lecun, normal, truncatedNormal, uniform, constant, zeros, ones };

export const initializerSchema = z.discriminatedUnion("type", schemasOf(initializers));

/** An initializer with every default filled in. */
export type InitializerConfig = z.output<typeof initializerSchema>;

export function initializerDefinition(config: InitializerConfig): InitializerDefinition<InitializerConfig> {
  return initializers[config.type];
}
