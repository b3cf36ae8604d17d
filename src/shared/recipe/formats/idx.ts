/** IDX files, as MNIST comes (yann.lecun.org/exdb/mnist). */
import { z } from "zod";
import { type Format, path } from "./format.ts";

export const idx = {
  schema: z.strictObject({
    type: z.literal("idx"),
    samples: path("IDX file of the samples, plain or .gz.", "Samples"),
    labels: path("IDX file of the labels, plain or .gz.", "Labels"),
    testSamples: path("IDX file of the test samples, where the source has its own.", "Test samples").optional(),
    testLabels: path("IDX file of the test labels.", "Test labels").optional(),
    classes: z.array(z.string()).optional().meta({ title: "Classes", description: "Names of the classes in the order of their numbers." }),
  }),
  holds: "arrays",
  label: { en: "IDX", ko: "IDX" },
  drop: { en: "IDX", ko: "IDX" },
  paths: ["samples", "labels", "testSamples", "testLabels"],
  endings: [],
} satisfies Format;
