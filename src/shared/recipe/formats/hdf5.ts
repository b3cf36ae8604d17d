/** HDF5 files. */
import { z } from "zod";
import { arrayFields } from "./arrayFields.ts";
import { type Format, path } from "./format.ts";

const inner = (title: string, description: string) => z.string().optional().meta({ title, description });

export const hdf5 = {
  schema: z.strictObject({
    type: z.literal("hdf5"),
    path: path("An HDF5 file."),
    samples: z.string().meta({ title: "Samples", description: "Path of the samples' data set inside the file: /images." }),
    labels: z.string().meta({ title: "Labels", description: "Path of the labels' data set inside the file: /labels." }),
    validationSamples: inner("Validation samples", "Path of the validation samples inside the file, where it has them: /val/images."),
    validationLabels: inner("Validation labels", "Path of their labels inside the file."),
    validationPath: path("Another HDF5 file, where the validation part is in one of its own.").optional(),
    testSamples: inner("Test samples", "Path of the test samples inside the file, where it has them: /test/images."),
    testLabels: inner("Test labels", "Path of their labels inside the file."),
    testPath: path("Another HDF5 file, where the test part is in one of its own.").optional(),
    ...arrayFields,
  }),
  holds: "arrays",
  label: { en: "HDF5", ko: "HDF5" },
  drop: { en: "HDF5 (.h5)", ko: "HDF5(.h5)" },
  paths: ["path", "validationPath", "testPath"],
  endings: [".h5", ".hdf5", ".he5", ".hdf"],
} satisfies Format;
