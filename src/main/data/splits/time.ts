/**
 * By time: trained on what came first, validated on what came next, tested on the last, as a forecast would be used. Samples of the
 * same time keep the order they have in the data set, so the sizes are exact. A given test part is taken as it is.
 */
import { at } from "../../../shared/kit/fault.ts";
import { givenPart, range, type Split, type SplitRequest } from "./request.ts";

export function time(request: SplitRequest): Split {
  const { drawn, given, counts, times } = request;
  const order = range(drawn);
  // Sorting is stable.
  if (times !== null) order.sort((a, b) => at(times, a) - at(times, b));
  const { train, validation } = counts;
  return {
    train: order.slice(0, train).sort(),
    validation: order.slice(train, train + validation).sort(),
    test: given.test > 0 ? givenPart(request, "test") : order.slice(train + validation).sort(),
  };
}
