/**
 * Splits by time: the earliest samples for training, the next for validation, the latest for test, as a forecast would be used. Samples with the same
 * time keep their order in the data set, so the sizes are exact. A given test part is used as it is.
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
