/** Leave-one-out: the validation part is one sample. There is one run for each sample outside the test part. */
import { at } from "../../../shared/kit/fault.ts";
import type { MethodOf, Split, SplitRequest } from "./request.ts";
import { holdOutTest } from "./testPart.ts";

export function leaveOneOut(request: SplitRequest, { fold }: MethodOf<"leaveOneOut">): Split {
  const { rest, test } = holdOutTest(request);
  return { train: rest.filter((_, position) => position !== fold), validation: Uint32Array.of(at(rest, fold)), test };
}
