/** Words that several screens use: states, phases, parts, metrics, in English. */
export const commonEn = {
  status: {
    queued: "Queued",
    running: "Running",
    paused: "Paused",
    stopped: "Stopped",
    interrupted: "Interrupted",
    completed: "Completed",
    failed: "Failed",
  },
  phase: {
    queued: "Waiting for its turn",
    preparing: "Reading the data",
    compiling: "Compiling the network",
    training: "Training",
    evaluating: "Evaluating",
    ended: "Ended",
  },
  split: { train: "Training", validation: "Validation", test: "Test" },
  /** The best epoch, and what a metric was there and elsewhere. */
  best: {
    lowest: "lowest val. {{metric}}",
    highest: "highest val. {{metric}}",
    at: "Val. {{metric}} at the best epoch",
    atHelp: "Val. {{metric}} at the best epoch, which is the one with the {{rule}}.",
    reachedLow: "Lowest val. {{metric}}",
    reachedHigh: "Highest val. {{metric}}",
    reachedEpoch: "at epoch {{epoch, number}}",
  },
  /** What a data set holds, in a line. */
  facts: {
    samples_one: "{{count, number}} sample",
    samples_other: "{{count, number}} samples",
    features_one: "{{count, number}} feature",
    features_other: "{{count, number}} features",
    signal: "signals {{shape}}",
    image: "images {{shape}}",
    volume: "volumes {{shape}}",
    classes_one: "{{count, number}} class",
    classes_other: "{{count, number}} classes",
    values_one: "one target value",
    values_other: "{{count, number}} target values",
  },
  /** The number of samples behind a measured value. */
  onSamples: {
    on_one: "on {{count, number}} sample",
    on_other: "on {{count, number}} samples",
    interval: "95 % interval {{interval}}",
    intervalHelp: "The 95 % interval for other samples of the same kind (Wilson). The fewer the samples, the wider it is.",
  },
  /** Curves that are no metrics of the catalog. */
  metric: {
    loss: "loss",
    learningRate: "learning rate",
    gradientNorm: "gradient norm",
  },
};
