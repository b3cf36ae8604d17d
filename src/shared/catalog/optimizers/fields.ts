/** Fields that several optimizers share. */
import { flag, real } from "../../kit/schema.ts";

export function learningRate(standard: number) {
  return real({
    default: standard,
    above: 0,
    max: 1000,
    scale: "log",
    search: [1e-5, 1],
    title: "Learning rate",
    description: "Length of a step against the gradient. The most important number: too small crawls, too large diverges. Move it by factors of 3.",
  });
}

export function momentumField(
  standard: number,
  description = "Share of the last step that is kept. 0.9 averages about ten gradients; raise it on noisy batches.",
) {
  return real({ default: standard, min: 0, below: 1, step: 0.01, search: [Math.min(standard, 0.5), 0.99], title: "Momentum", description });
}

export function beta1Field(standard = 0.9) {
  return real({
    default: standard,
    min: 0,
    below: 1,
    step: 0.01,
    search: [0.8, 0.99],
    rare: true,
    title: "β₁",
    description: "Memory of the mean gradient. Rarely worth moving.",
  });
}

export function beta2Field(standard = 0.999) {
  return real({
    default: standard,
    min: 0,
    below: 1,
    step: 0.001,
    search: [0.9, 0.9999],
    rare: true,
    title: "β₂",
    description: "Memory of the squared gradient. Lower it when the loss jumps after a quiet stretch.",
  });
}

export function epsilonField(standard = 1e-8) {
  return real({
    default: standard,
    above: 0,
    max: 1,
    scale: "log",
    search: [1e-10, 1e-4],
    rare: true,
    title: "ε",
    description: "Keeps the division finite; larger makes steps of quiet parameters smaller. Raise it where steps are wild at the start.",
  });
}

export function weightDecayField(standard: number) {
  return real({
    default: standard,
    min: 0,
    max: 10,
    scale: "log",
    search: [1e-4, 0.3],
    title: "Weight decay",
    description:
      "Every weight shrinks by the learning rate times this at every step, beside the gradient. Raise it when training is much better than validation.",
  });
}

export function nesterovField() {
  return flag({ default: true, title: "Nesterov", description: "Looks one step of the momentum ahead. Leave it on; turn it off to compare." });
}
