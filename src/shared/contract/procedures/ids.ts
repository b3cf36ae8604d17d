/** Input of procedures that name one run or data set, or several. */
import { z } from "zod";

export const runId = z.strictObject({ id: z.string() });
export const runIds = z.strictObject({ ids: z.array(z.string()) });
