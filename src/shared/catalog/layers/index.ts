/** Every layer that a recipe can name. */
import { z } from "zod";
import { schemasOf } from "../../kit/registry.ts";
import { avgPool1d } from "./avgPool1d.ts";
import { avgPool2d } from "./avgPool2d.ts";
import { avgPool3d } from "./avgPool3d.ts";
import { batchNorm } from "./batchNorm.ts";
import { categoryEmbedding } from "./categoryEmbedding.ts";
import { conv1d } from "./conv1d.ts";
import { conv2d } from "./conv2d.ts";
import { conv3d } from "./conv3d.ts";
import { convTranspose1d } from "./convTranspose1d.ts";
import { convTranspose2d } from "./convTranspose2d.ts";
import { convTranspose3d } from "./convTranspose3d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { elu } from "./elu.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import { gaussianNoise } from "./gaussianNoise.ts";
import { gelu } from "./gelu.ts";
import { globalAvgPool1d } from "./globalAvgPool1d.ts";
import { globalAvgPool2d } from "./globalAvgPool2d.ts";
import { globalAvgPool3d } from "./globalAvgPool3d.ts";
import { globalMaxPool1d } from "./globalMaxPool1d.ts";
import { globalMaxPool2d } from "./globalMaxPool2d.ts";
import { globalMaxPool3d } from "./globalMaxPool3d.ts";
import { groupNorm } from "./groupNorm.ts";
import { hardSwish } from "./hardSwish.ts";
import { layerNorm } from "./layerNorm.ts";
import { leakyRelu } from "./leakyRelu.ts";
import { maxPool1d } from "./maxPool1d.ts";
import { maxPool2d } from "./maxPool2d.ts";
import { maxPool3d } from "./maxPool3d.ts";
import { mish } from "./mish.ts";
import { closeNested } from "./nested.ts";
import { parallel } from "./parallel.ts";
import { relu } from "./relu.ts";
import { reshape } from "./reshape.ts";
import { residual } from "./residual.ts";
import { sequence } from "./sequence.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { softplus } from "./softplus.ts";
import { spatialDropout } from "./spatialDropout.ts";
import { squeezeExcite } from "./squeezeExcite.ts";
import { tanh } from "./tanh.ts";
import { zeroPadShortcut2d } from "./zeroPadShortcut2d.ts";

export const layers = {
  dense,
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  avgPool1d,
  avgPool2d,
  avgPool3d,
  globalAvgPool1d,
  globalAvgPool2d,
  globalAvgPool3d,
  globalMaxPool1d,
  globalMaxPool2d,
  globalMaxPool3d,
  flatten,
  reshape,
  embedding,
  categoryEmbedding,
  relu,
  leakyRelu,
  elu,
  gelu,
  silu,
  tanh,
  sigmoid,
  softplus,
  mish,
  hardSwish,
  batchNorm,
  layerNorm,
  groupNorm,
  dropout,
  spatialDropout,
  gaussianNoise,
  residual,
  parallel,
  sequence,
  squeezeExcite,
  zeroPadShortcut2d,
};

/** The union of all layers, also used for nested layers. */
export const layerSchema = closeNested(z.discriminatedUnion("type", schemasOf(layers)));
