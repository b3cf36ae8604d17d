/** Every metric that a recipe can name. */
import { accuracy } from "./accuracy.ts";
import { balancedAccuracy } from "./balancedAccuracy.ts";
import { macroF1 } from "./macroF1.ts";
import { meanAbsoluteError } from "./meanAbsoluteError.ts";
import { meanSquaredError } from "./meanSquaredError.ts";
import { r2 } from "./r2.ts";
import { rocAuc } from "./rocAuc.ts";
import { rootMeanSquaredError } from "./rootMeanSquaredError.ts";
import { topK } from "./topK.ts";

export const metrics = {
  accuracy,
  top2Accuracy: topK(2),
  top3Accuracy: topK(3),
  top5Accuracy: topK(5),
  balancedAccuracy,
  macroF1,
  rocAuc,
  meanAbsoluteError,
  meanSquaredError,
  rootMeanSquaredError,
  r2,
};
