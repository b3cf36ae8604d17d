/**
 * The recipe: plain JSON that says everything about a run. Type, defaults and validation come from one schema, which
 * is put together from the catalog, so that a new catalog entry is accepted everywhere at once.
 */
import { z } from "zod";
import { augmentations } from "../catalog/augmentations/index.ts";
import { layerSchema } from "../catalog/layers/index.ts";
import { losses } from "../catalog/losses/index.ts";
import { metrics } from "../catalog/metrics/index.ts";
import { optimizers } from "../catalog/optimizers/index.ts";
import { schedules } from "../catalog/schedules/index.ts";
import { warmupSchema } from "../catalog/schedules/warmup.ts";
import { schemasOf } from "../kit/registry.ts";
import { choice, flag, integer, real, text } from "../kit/schema.ts";
import { averagingSchema } from "./averaging.ts";
import { earlyStoppingSchema } from "./earlyStopping.ts";
import { encodingSchema } from "./encoding.ts";
import { evaluationSchema } from "./evaluation.ts";
import { RECIPE_FORMAT } from "./migrations/migrations.ts";
import { regularizationSchema } from "./regularization.ts";
import { sourceSchema } from "./sources.ts";

export const splitSchema = z.strictObject({
  validation: z
    .union([z.literal("given"), z.number().gte(0).lte(0.8)])
    .default(0.15)
    .meta({
      title: "Validation part",
      description:
        'Share of the samples held out to watch generalization during training. Larger gives a steadier estimate, smaller leaves more to learn from. 0: none, and the last weights are tested. "given": the validation part the source itself names.',
    }),
  test: z
    .union([z.literal("given"), z.number().gte(0.01).lte(0.8)])
    .default(0.15)
    .meta({ title: "Test part", description: 'Share of the samples kept for one final evaluation, or "given" to use the test part the source itself names.' }),
  stratified: flag({
    default: true,
    rare: true,
    title: "Stratified",
    description:
      "Keep the share of every class equal in all parts. Turn off only to see what an unlucky split does. A regression has no classes: there it is off where nothing else is said.",
  }),
  group: text({
    default: "",
    rare: true,
    title: "Group",
    description:
      "A column whose equal values stay in one part: patients, speakers, cameras. Without it, a network can know the validation samples by whom they come from. Empty: none.",
  }),
  method: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("holdOut").meta({ description: "One validation part, drawn at random." }) }),
      z.strictObject({
        type: z.literal("time").meta({ description: "Trained on what came first, validated on what came next, tested on the last." }),
        column: z
          .string()
          .default("")
          .meta({ title: "Time column", description: "The column that says when: a number or a date. Empty: the order of the samples." }),
      }),
      z.strictObject({
        type: z.literal("kFold").meta({ description: "The samples beside the test part in k folds, each the validation part of one run (Stone 1974)." }),
        folds: integer({
          default: 5,
          min: 2,
          max: 1000,
          title: "Folds",
          description: "How many parts the samples are cut into: 5 or 10. More leave more to train on and take longer.",
        }),
        fold: integer({ default: 0, min: 0, max: 999, title: "Fold", description: "Which fold is the validation part of this run, from 0." }),
      }),
      z.strictObject({
        type: z.literal("repeatedKFold").meta({ description: "k-fold several times over, each time cut anew: a steadier estimate." }),
        folds: integer({ default: 5, min: 2, max: 1000, title: "Folds", description: "How many parts the samples are cut into." }),
        repeats: integer({ default: 3, min: 1, max: 1000, title: "Repeats", description: "How many times they are cut anew." }),
        fold: integer({
          default: 0,
          min: 0,
          max: 999_999,
          title: "Fold",
          description: "Which of all folds is the validation part of this run, from 0: repeat · folds + fold.",
        }),
      }),
      z.strictObject({
        type: z.literal("leaveOneOut").meta({ description: "Every sample is the validation part of one run. For very small data sets." }),
        fold: integer({ default: 0, min: 0, max: 1_000_000, title: "Sample", description: "Which of the samples beside the test part is left out, from 0." }),
      }),
      z.strictObject({
        type: z
          .literal("bootstrap")
          .meta({ description: "Trained on as many samples, drawn with replacement; validated on those never drawn, the out-of-bag (Efron 1979)." }),
        round: integer({ default: 0, min: 0, max: 1_000_000, title: "Round", description: "Another round draws another sample." }),
      }),
    ])
    .prefault({ type: "holdOut" })
    .meta({ title: "Method", description: "How the samples beside the test part are shared out between training and validation." }),
});

export const recipeSchema = z.strictObject({
  format: z
    .literal(RECIPE_FORMAT)
    .default(RECIPE_FORMAT)
    .meta({ description: "Version of the recipe format. Recipes of earlier versions are read as what they meant; one of a later version is refused." }),
  name: text({ default: "untitled", personal: true, title: "Name", description: "What the run is called in the table." }),
  description: text({ default: "", personal: true, title: "Description", description: "What this recipe is for, in a sentence." }),
  seed: integer({
    default: 0,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    title: "Seed",
    description:
      "Decides the split, the initial weights and the shuffling. The same seed gives the same run, digit for digit; change it to see how much of a result is luck.",
  }),
  data: z.strictObject({
    source: sourceSchema,
    split: splitSchema.prefault({}),
    encoding: encodingSchema.prefault({}),
    standardize: choice(["none", "feature", "global", "unit"], {
      default: "feature",
      title: "Standardize",
      description:
        'Subtract the mean and divide by the standard deviation, both learned on the training part only: per feature (per channel for images), or with one mean for everything. Networks train faster on inputs near zero. "unit" brings inputs to 0 … 1 instead, as some published networks want them: bytes of images are divided by 255, other numbers go from the smallest to the largest of their feature in the training part.',
    }),
    standardizeTargets: flag({
      default: true,
      rare: true,
      title: "Standardize targets",
      description:
        "For a regression: learn the target's values minus their mean, divided by their standard deviation, both of the training part. A network begins near zero, and values far from it take many epochs to reach. The loss is then of the standardized target; metrics and predictions stay in the target's own unit. Classes are not concerned.",
    }),
  }),
  augmentation: z
    .array(z.discriminatedUnion("type", schemasOf(augmentations)))
    .max(32)
    .default([])
    .meta({
      title: "Augmentation",
      description:
        "What happens to training samples before the network sees them, one after the other, drawn anew in every epoch. Validation and test samples stay as they are.",
    }),
  model: z.strictObject({
    layers: z.array(layerSchema).min(1).meta({ title: "Layers", description: "From input to output, each fed by the one before." }),
  }),
  loss: z.discriminatedUnion("type", schemasOf(losses)).meta({ title: "Loss", description: "What training makes small." }),
  metrics: z
    .array(z.enum(Object.keys(metrics) as [keyof typeof metrics, ...(keyof typeof metrics)[]]))
    .default(["accuracy"])
    .meta({
      title: "Metrics",
      description: "Measured beside the loss; they do not steer the training. Of a regression r2 and meanAbsoluteError where nothing else is said.",
    }),
  optimizer: z.discriminatedUnion("type", schemasOf(optimizers)).meta({ title: "Optimizer", description: "How a gradient becomes a step." }),
  schedule: z.discriminatedUnion("type", schemasOf(schedules)).prefault({ type: "constant" }).meta({
    title: "Schedule",
    description: "How the learning rate changes along the run. Large steps find the valley, small ones its floor: a falling rate almost always helps.",
  }),
  warmup: warmupSchema.prefault({}),
  gradient: z
    .strictObject({
      clipNorm: real({
        default: 0,
        min: 0,
        max: 1e6,
        scale: "log",
        search: [0.1, 10],
        rare: true,
        title: "Clip norm",
        description:
          "Longest gradient over all parameters together; a longer one is scaled back to it (Pascanu et al. 2013). 0: off. Set it to 1 when the loss jumps now and then.",
      }),
      clipValue: real({
        default: 0,
        min: 0,
        max: 1e6,
        scale: "log",
        search: [0.01, 1],
        rare: true,
        title: "Clip value",
        description: "Largest size of a gradient's elements; larger ones are cut. 0: off. It changes the gradient's direction, so prefer the norm.",
      }),
    })
    .prefault({}),
  parameterGroups: z
    .array(
      z.strictObject({
        match: z.string().min(1).meta({
          title: "Parameters",
          description: 'Addresses this line is for, with * for any characters: "conv2d1/*" or "*/bias". The first line that matches counts.',
        }),
        lrScale: real({
          default: 1,
          min: 0,
          max: 1000,
          scale: "log",
          search: [0.01, 10],
          title: "Learning rate ×",
          description: "Factor on the learning rate of these parameters. 0 freezes them; less than 1 keeps trained layers close to where they are.",
        }),
        decay: flag({ default: true, title: "Decay", description: "Whether penalties and weight decay apply to these parameters." }),
      }),
    )
    .default([])
    .meta({
      rare: true,
      title: "Parameter groups",
      description: "Other learning rates or no decay for some parameters, by address. Without a line, weights are decayed and biases and norms are not.",
    }),
  batch: z
    .strictObject({
      size: z
        .union([z.literal("full"), z.int().gte(1).lte(1_000_000)])
        .default(64)
        .meta({
          title: "Batch size",
          unit: "samples",
          scale: "log",
          search: [8, 512],
          description:
            'Samples averaged into one gradient: 1 is stochastic, "full" is batch gradient descent, which goes through the network in portions of 1,024. Smaller is noisier and often generalizes better; larger uses the machine better.',
        }),
      accumulate: integer({
        default: 1,
        min: 1,
        max: 4096,
        scale: "log",
        search: [1, 16],
        rare: true,
        title: "Accumulate",
        unit: "batches",
        description:
          "Batches whose gradients are averaged into one step: the effect of a batch that many times as large, in the memory of one. Batch normalization still sees each batch (or portion of a full one) on its own, and its running statistics follow batch by batch, as in PyTorch.",
      }),
      dropLast: flag({
        default: false,
        rare: true,
        title: "Drop the last batch",
        description:
          "Leaves out the samples that do not fill the last batch of an epoch, as PyTorch's drop_last does. They are other samples in every epoch. Use it where a small last batch is too noisy, or to repeat a published training.",
      }),
    })
    .prefault({}),
  regularization: regularizationSchema.prefault({}),
  averaging: averagingSchema.prefault({ type: "none" }),
  earlyStopping: earlyStoppingSchema.prefault({ type: "none" }),
  evaluation: evaluationSchema.prefault({}),
  budget: z
    .strictObject({
      epochs: integer({
        default: 10,
        min: 1,
        max: 1_000_000,
        title: "Epochs",
        unit: "epochs",
        description: "Passes over the training part. Raise it while the validation loss still falls.",
      }),
    })
    .prefault({}),
  device: z
    .strictObject({
      type: choice(["cpu", "webgpu"], {
        default: "cpu",
        title: "Device",
        description: "Where the training runs: the processor, or a graphics card through WebGPU. `descent devices` says what this machine has.",
      }),
      threads: integer({
        default: 2,
        min: 1,
        max: 256,
        rare: true,
        title: "Threads",
        description: "Processor threads of one operator. Results are identical digit for digit only at the same count.",
      }),
    })
    .prefault({}),
});

/** A recipe with every default filled in. */
export type Recipe = z.output<typeof recipeSchema>;
/** A recipe as a person writes it. */
export type RecipeInput = z.input<typeof recipeSchema>;
export type SplitConfig = Recipe["data"]["split"];
export type LayerConfig = Recipe["model"]["layers"][number];
export type OptimizerConfig = Recipe["optimizer"];
export type ScheduleConfig = Recipe["schedule"];
export type LossConfig = Recipe["loss"];
export type MetricName = Recipe["metrics"][number];
