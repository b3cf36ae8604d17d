/**
 * Configurations of every layer, with the sample shape each is tried on, for the battery. The entry without settings stands for the defaults.
 * A layer that is not here has no samples, and fails.
 */
interface LayerSample {
  readonly config: Readonly<Record<string, unknown>>;
  /** Shape of one sample of the batch. */
  readonly input: readonly number[];
}

const image = [2, 5, 6];

export const layerSamples: Readonly<Record<string, readonly LayerSample[]>> = {
  dense: [
    { config: {}, input: [3] },
    { config: { units: 2, bias: false }, input: [4] },
    { config: { units: 1 }, input: [1] },
  ],
  conv2d: [
    { config: {}, input: [1, 4, 4] },
    { config: { filters: 2, padding: "same" }, input: image },
    { config: { filters: 2, padding: "same", stride: 2 }, input: image },
    { config: { filters: 2, padding: "same", kernel: 4, stride: 3 }, input: image },
    { config: { filters: 2, kernel: [1, 2], stride: [2, 1], padding: [0, 1], dilation: [1, 2] }, input: image },
    { config: { filters: 3, kernel: 2, dilation: 3, bias: false }, input: image },
  ],
  maxPool2d: [
    { config: {}, input: [2, 4, 4] },
    { config: {}, input: image },
    { config: { padding: "same" }, input: image },
    { config: { kernel: 3, stride: 1, padding: 1 }, input: image },
    { config: { kernel: [2, 3], stride: [1, 2] }, input: image },
  ],
  avgPool2d: [
    { config: {}, input: [2, 4, 4] },
    { config: {}, input: image },
    { config: { padding: "same", stride: 3 }, input: image },
    { config: { kernel: 3, stride: 1, padding: 1 }, input: image },
    { config: { kernel: [2, 3], stride: [1, 2] }, input: image },
  ],
  globalAvgPool2d: [
    { config: {}, input: image },
    { config: {}, input: [4, 1, 1] },
  ],
  flatten: [
    { config: {}, input: image },
    { config: {}, input: [4] },
  ],
  relu: [
    { config: {}, input: image },
    { config: { name: "bend" }, input: [4] },
  ],
};

/** Layers on samples they cannot take, and the field at fault; the empty name is the layer as a whole. */
export const misfits: readonly (LayerSample & { readonly type: string; readonly field: string })[] = [
  { type: "dense", config: { units: 3 }, input: [1, 8, 8], field: "" },
  { type: "conv2d", config: { filters: 3 }, input: [64], field: "" },
  { type: "conv2d", config: { filters: 3, kernel: 9 }, input: [1, 8, 8], field: "kernel" },
  { type: "conv2d", config: { filters: 3, dilation: 4 }, input: [1, 8, 8], field: "kernel" },
  { type: "maxPool2d", config: { kernel: 5 }, input: [2, 4, 8], field: "kernel" },
  { type: "maxPool2d", config: { padding: 2 }, input: [2, 8, 8], field: "padding" },
  { type: "maxPool2d", config: {}, input: [16], field: "" },
  { type: "avgPool2d", config: {}, input: [16], field: "" },
  { type: "avgPool2d", config: { kernel: [1, 9] }, input: [2, 8, 8], field: "kernel" },
  { type: "globalAvgPool2d", config: {}, input: [16], field: "" },
];
