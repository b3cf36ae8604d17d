/**
 * Where samples come from: one schema a format. A path may lead into an archive (`data.zip`, `data.tar.gz/inner/train.csv`);
 * relative ones start at the working folder.
 */
import { z } from "zod";
import { generators } from "../catalog/generators/index.ts";
import { schemasOf } from "../kit/registry.ts";
import { choice, integer, real } from "../kit/schema.ts";

const path = (what: string) =>
  z.string().meta({ title: "Path", description: `${what} Relative paths start at the working folder; a path may lead into a zip or tar archive.` });

const task = choice(["classification", "regression"], { default: "classification", title: "Task", description: "Predict a class, or a number." });

const sampleShape = z.array(z.int().positive()).optional().meta({
  description: "The shape of one sample where the columns are an image or a signal, channels first: [1, 8, 8]. One row of features where absent.",
});

const table = {
  target: z.string().meta({ title: "Target", description: "The column to predict." }),
  task,
  sampleShape,
  ignore: z
    .array(z.string())
    .optional()
    .meta({ title: "Ignored columns", description: "Columns that are no features: identifiers, names, notes. Splits can still go by them." }),
  kinds: z
    .record(z.string(), z.enum(["numeric", "categorical"]))
    .optional()
    .meta({
      title: "Column kinds",
      description: "What a column holds, where the guess is wrong: numbers that are names of categories, or the other way round.",
    }),
};

/** How pictures of several sizes become samples of one. */
const picture = {
  size: z
    .tuple([z.int().min(1).max(4096), z.int().min(1).max(4096)])
    .optional()
    .meta({
      title: "Size",
      unit: "pixels",
      description:
        "Height and width of every sample. Where absent, the most frequent size, or the middle height and width where sizes hardly repeat; at most 256 pixels on a side.",
    }),
  fit: choice(["stretch", "crop", "pad"], {
    default: "stretch",
    title: "Fit",
    description: "What happens to a picture of another shape: stretched, its middle cut out, or black added around it.",
  }),
  channels: choice(["auto", "gray", "rgb"], {
    default: "auto",
    title: "Channels",
    description: "Grey or colour. Auto: colour where any picture has colour, so that all samples are alike.",
  }),
};

const arrays = {
  task,
  classes: z.array(z.string()).optional().meta({ title: "Classes", description: "Names of the classes in the order of their numbers." }),
  channelsLast: z.boolean().optional().meta({
    title: "Channels last",
    description:
      "Whether the array's last axis is the channels, as [N, H, W, 3]. Where absent: a last axis of 3 or 4 behind three others is taken for channels.",
  }),
};

export const sourceSchema = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("shipped"),
      name: z.string().meta({ title: "Name", description: "A data set that comes with Descent; `descent datasets` lists them." }),
    }),
    z.strictObject({ type: z.literal("synthetic"), generator: z.discriminatedUnion("type", schemasOf(generators)).meta({ title: "Generator" }) }),
    z.strictObject({
      type: z.literal("csv"),
      path: path("A text file of rows and columns with a header row: comma, semicolon, tab or bar between the columns, also gzipped (.csv.gz)."),
      ...table,
    }),
    z.strictObject({ type: z.literal("parquet"), path: path("A Parquet file."), ...table }),
    z.strictObject({ type: z.literal("arrow"), path: path("An Arrow file or stream (also Feather version 2)."), ...table }),
    z.strictObject({
      type: z.literal("images"),
      path: path("A folder with a folder of pictures for every class, or with train, validation and test folders of them."),
      ...picture,
    }),
    z.strictObject({
      type: z.literal("labelledImages"),
      path: path("A folder of pictures."),
      labels: path("A CSV file with a row for every picture."),
      file: z.string().meta({ title: "File column", description: "The column with the picture's path inside the folder." }),
      target: z.string().meta({ title: "Target", description: "The column to predict." }),
      task,
      ...picture,
    }),
    z.strictObject({
      type: z.literal("audio"),
      path: path("A folder with a folder of WAV files for every class."),
      sampleRate: integer({
        default: 16_000,
        min: 100,
        max: 192_000,
        title: "Sample rate",
        unit: "Hz",
        description: "Recordings of other rates are resampled to this.",
      }),
      seconds: real({
        default: 1,
        above: 0,
        max: 60,
        title: "Length",
        unit: "s",
        description: "Length of every sample: longer recordings are cut, shorter ones end in silence.",
      }),
      features: choice(["waveform", "logMel"], {
        default: "waveform",
        title: "Features",
        description: "The wave itself for 1-D convolutions, or its log-mel spectrogram [1, bands, frames], which 2-D convolutions take like an image.",
      }),
      mels: integer({ default: 64, min: 8, max: 256, title: "Mel bands", description: "Bands of the spectrogram, spaced as the ear hears." }),
    }),
    z.strictObject({
      type: z.literal("npy"),
      samples: path("A .npy file of the samples [N, …], or an .npz archive with several arrays."),
      labels: path("A .npy file of the labels [N] or values [N, K].").optional(),
      samplesArray: z.string().optional().meta({ title: "Samples array", description: "Name of the samples' array inside the .npz." }),
      labelsArray: z.string().optional().meta({ title: "Labels array", description: "Name of the labels' array inside the .npz." }),
      ...arrays,
    }),
    z.strictObject({
      type: z.literal("idx"),
      samples: z.string().meta({ description: "IDX file of the samples, plain or .gz." }),
      labels: z.string().meta({ description: "IDX file of the labels, plain or .gz." }),
      testSamples: z.string().optional().meta({ description: "IDX file of the test samples, where the source has its own." }),
      testLabels: z.string().optional().meta({ description: "IDX file of the test labels." }),
      classes: z.array(z.string()).optional().meta({ description: "Names of the classes in the order of their numbers." }),
    }),
    z.strictObject({
      type: z.literal("hdf5"),
      path: path("An HDF5 file."),
      samples: z.string().meta({ title: "Samples", description: "Path of the samples' data set inside the file: /images." }),
      labels: z.string().meta({ title: "Labels", description: "Path of the labels' data set inside the file: /labels." }),
      ...arrays,
    }),
    z.strictObject({ type: z.literal("cifar"), path: path("A folder with the binary batches of CIFAR-10 or CIFAR-100.") }),
    z.strictObject({
      type: z.literal("module"),
      path: path("A TypeScript or JavaScript module that exports a data set as a class with `length` and `get(index)`."),
      export: z.string().optional().meta({ title: "Export", description: "Name of the exported class; the default export where absent." }),
      options: z.record(z.string(), z.unknown()).optional().meta({ title: "Options", description: "Handed to the class's constructor." }),
      timeout: real({
        default: 10,
        above: 0,
        max: 3600,
        title: "Patience",
        unit: "s",
        description: "How long one answer of the class may take before it is ended.",
      }),
    }),
  ])
  .meta({ description: "Where the samples come from." });

export type SourceConfig = z.output<typeof sourceSchema>;

/** The fields of every format that name files or folders. */
const PATH_FIELDS: Readonly<Record<SourceConfig["type"], readonly string[]>> = {
  shipped: [],
  synthetic: [],
  csv: ["path"],
  parquet: ["path"],
  arrow: ["path"],
  images: ["path"],
  labelledImages: ["path", "labels"],
  audio: ["path"],
  npy: ["samples", "labels"],
  idx: ["samples", "labels", "testSamples", "testLabels"],
  hdf5: ["path"],
  cifar: ["path"],
  module: ["path"],
};

/** The paths that a source names, with the fields that name them: `data.source.path`. */
export function pathsOf(source: SourceConfig): readonly { readonly field: string; readonly path: string }[] {
  return PATH_FIELDS[source.type].flatMap((field) => {
    const path: unknown = Reflect.get(source, field);
    return typeof path === "string" ? [{ field: `data.source.${field}`, path }] : [];
  });
}

/** The same source with other paths. */
export function mapPaths<S extends SourceConfig>(source: S, map: (path: string) => string): S {
  const named = pathsOf(source).map(({ field, path }) => [field.slice("data.source.".length), map(path)] as const);
  return { ...source, ...Object.fromEntries(named) };
}
