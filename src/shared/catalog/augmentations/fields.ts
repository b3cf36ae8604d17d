/** Fields that augmentations share. */
import { choice, real } from "../../kit/schema.ts";

export const probabilityField = (probability = 1) =>
  real({
    default: probability,
    min: 0,
    max: 1,
    step: 0.05,
    title: "Probability",
    description: "Share of the samples that it happens to, drawn anew for every sample and epoch. Below 1 the network also sees samples as they are.",
  });

/** What is outside a picture that was moved. Built into the graph. */
export const edgeField = () =>
  choice(["zeros", "border", "reflection"], {
    default: "zeros",
    title: "Outside",
    description: "What comes in from outside: black, the edge drawn out, or the picture mirrored.",
  });
