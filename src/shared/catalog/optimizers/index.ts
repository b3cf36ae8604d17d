/** Every optimizer that a recipe can name, the simplest first. */
import { adadelta } from "./adadelta.ts";
import { adagrad } from "./adagrad.ts";
import { adam } from "./adam.ts";
import { adamax } from "./adamax.ts";
import { adamW } from "./adamW.ts";
import { amsgrad } from "./amsgrad.ts";
import { lamb } from "./lamb.ts";
import { lion } from "./lion.ts";
import { momentum } from "./momentum.ts";
import { muon } from "./muon.ts";
import { nadam } from "./nadam.ts";
import { nesterov } from "./nesterov.ts";
import { radam } from "./radam.ts";
import { rmsprop } from "./rmsprop.ts";
import { sam } from "./sam.ts";
import { sgd } from "./sgd.ts";

export const optimizers = {
  sgd,
  momentum,
  nesterov,
  adagrad,
  adadelta,
  rmsprop,
  adam,
  amsgrad,
  adamW,
  adamax,
  nadam,
  radam,
  lion,
  lamb,
  muon,
  sam,
};
