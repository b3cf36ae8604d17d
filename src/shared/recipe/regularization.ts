/** What holds a network back from fitting noise, beside the layers made for it (dropout, noise, normalization). */
import { z } from "zod";
import { flag, real } from "../kit/schema.ts";

export const regularizationSchema = z.strictObject({
  l2: real({
    default: 0,
    min: 0,
    max: 10,
    scale: "log",
    search: [1e-6, 1e-2],
    title: "L2 penalty",
    description:
      "Adds λ/2 · Σ w² to what is minimized: its gradient pulls every weight toward zero in proportion to its size. Raise it by factors of 3 when training is much better than validation. This is PyTorch's weight_decay.",
  }),
  l1: real({
    default: 0,
    min: 0,
    max: 10,
    scale: "log",
    search: [1e-6, 1e-2],
    rare: true,
    title: "L1 penalty",
    description:
      "Adds λ · Σ |w|: pulls every weight toward zero with the same force, so that the useless ones arrive there. Together with L2 it is the elastic net. Use it for sparse weights.",
  }),
  weightDecay: real({
    default: 0,
    min: 0,
    max: 10,
    scale: "log",
    search: [1e-4, 0.1],
    title: "Weight decay",
    description:
      "Shrinks every weight by the learning rate times this, beside the gradient step (Loshchilov & Hutter 2019). With adaptive optimizers prefer it to L2. AdamW, LAMB, Lion and Muon have their own.",
  }),
  decayBiases: flag({
    default: false,
    rare: true,
    title: "Decay biases and norms",
    description:
      "Also decays biases and the scale and shift of normalizations. Off by default, for all penalties: these few numbers do not overfit, and pulling them to zero does harm. Turn on to do as PyTorch does by default.",
  }),
  maxNorm: real({
    default: 0,
    min: 0,
    max: 1000,
    scale: "log",
    search: [0.5, 8],
    rare: true,
    title: "Max-norm",
    description:
      "After every step, the incoming weights of each unit are scaled back to at most this length (Srivastava et al. 2014); of an embedding, each vector. Biases and normalizations stay as they are. 0: off. 3 or 4 goes well with dropout and large learning rates.",
  }),
  inputNoise: real({
    default: 0,
    min: 0,
    max: 10,
    step: 0.01,
    search: [0.01, 0.5],
    rare: true,
    title: "Noise on inputs",
    description:
      "Standard deviation of the Gaussian noise added to the standardized inputs in training. 0: off. Small noise smooths what is learned (Bishop 1995); raise it while validation gets better.",
  }),
  weightNoise: real({
    default: 0,
    min: 0,
    max: 10,
    step: 0.001,
    search: [0.001, 0.1],
    rare: true,
    title: "Noise on weights",
    description:
      "Standard deviation of the Gaussian noise added to the weights for each step's gradient. 0: off. It favours flat minima, where a small change of the weights changes little.",
  }),
  labelNoise: real({
    default: 0,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0.01, 0.4],
    rare: true,
    title: "Noise on labels",
    description:
      "Share of training labels that are replaced by a random class, drawn anew at every step. 0: off. Raise it to see how robust training is; label smoothing does on average what this does by chance. For a regression: standard deviation of noise added to the targets, in deviations of the target where targets are standardized.",
  }),
  mixup: real({
    default: 0,
    min: 0,
    max: 8,
    step: 0.1,
    search: [0.1, 1],
    title: "Mixup α",
    description:
      "Trains on mixtures of two samples and of their targets, with a share drawn from Beta(α, α) for every step (Zhang et al. 2018). 0: off. 0.2 to 0.4 helps most; training metrics then are those of mixtures.",
  }),
  cutmix: real({
    default: 0,
    min: 0,
    max: 8,
    step: 0.1,
    search: [0.1, 1],
    rare: true,
    title: "CutMix α",
    description:
      "Replaces a box of every sample by that of another and mixes the targets by area, which is drawn from Beta(α, α) (Yun et al. 2019). 0: off. For images and signals; 1 is the paper's. With mixup also on, each step draws one of the two.",
  }),
});

export type RegularizationConfig = z.output<typeof regularizationSchema>;
