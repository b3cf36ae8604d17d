/** Arrays saved by NumPy (numpy.lib.format). */
import { z } from "zod";
import { arrayFields } from "./arrayFields.ts";
import { type Format, path } from "./format.ts";

export const npy = {
  schema: z.strictObject({
    type: z.literal("npy"),
    samples: path("A .npy file of the samples [N, …], or an .npz archive with several arrays.", "Samples"),
    labels: path("A .npy file of the labels [N] or values [N, K].", "Labels").optional(),
    samplesArray: z.string().optional().meta({ title: "Samples array", description: "Name of the samples' array inside the .npz." }),
    labelsArray: z.string().optional().meta({ title: "Labels array", description: "Name of the labels' array inside the .npz." }),
    validationSamples: path("A .npy file of the validation samples, where they are in one of their own.").optional(),
    validationLabels: path("A .npy file of their labels.").optional(),
    testSamples: path("A .npy file of the test samples, where they are in one of their own.").optional(),
    testLabels: path("A .npy file of their labels.").optional(),
    ...arrayFields,
  }),
  holds: "arrays",
  label: { en: "NumPy", ko: "NumPy" },
  drop: { en: "NumPy (.npy, .npz)", ko: "NumPy(.npy, .npz)" },
  paths: ["samples", "labels", "validationSamples", "validationLabels", "testSamples", "testLabels"],
  endings: [".npy", ".npz"],
} satisfies Format;
