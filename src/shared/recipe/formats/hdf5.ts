/** HDF5 files. */
import { z } from "zod";
import { arrayFields } from "./arrayFields.ts";
import { type Format, path } from "./format.ts";

export const hdf5 = {
  schema: z.strictObject({
    type: z.literal("hdf5"),
    path: path("An HDF5 file."),
    samples: z.string().meta({ title: "Samples", description: "Path of the samples' data set inside the file: /images." }),
    labels: z.string().meta({ title: "Labels", description: "Path of the labels' data set inside the file: /labels." }),
    ...arrayFields,
  }),
  holds: "arrays",
  label: { en: "HDF5", ko: "HDF5" },
  drop: { en: "HDF5 (.h5)", ko: "HDF5(.h5)" },
  paths: ["path"],
  endings: [".h5", ".hdf5", ".he5", ".hdf"],
} satisfies Format;
