/**
 * The reference of the catalog: one page a folder, one section an entry, made from what the entries say of themselves. `npm run docs` writes it to
 * docs/catalog; a test compares what is there.
 */
import type { z } from "zod";
import { augmentations } from "../../src/shared/catalog/augmentations/index.ts";
import { unitsAlong } from "../../src/shared/catalog/common/units.ts";
import { type GeneratorConfig, generatorDefinition, generators } from "../../src/shared/catalog/generators/index.ts";
import { initializerDefinition, initializerSchema, initializers } from "../../src/shared/catalog/initializers/index.ts";
import { layerSchema, layers } from "../../src/shared/catalog/layers/index.ts";
import type { LayerDefinition, LayerSample } from "../../src/shared/catalog/layers/layer.ts";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { metrics } from "../../src/shared/catalog/metrics/index.ts";
import type { MetricDefinition } from "../../src/shared/catalog/metrics/metric.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import type { SlotSpec } from "../../src/shared/catalog/optimizers/optimizer.ts";
import { pruners } from "../../src/shared/catalog/pruners/index.ts";
import { samplers } from "../../src/shared/catalog/samplers/index.ts";
import { learningRateFactor, startOfSchedule } from "../../src/shared/catalog/schedules/factor.ts";
import { schedules } from "../../src/shared/catalog/schedules/index.ts";
import type { ScheduleSample } from "../../src/shared/catalog/schedules/schedule.ts";
import { warmupSchema } from "../../src/shared/catalog/schedules/warmup.ts";
import { at, describeProblem } from "../../src/shared/kit/fault.ts";
import type { Words } from "../../src/shared/kit/words.ts";
import { lossDefinition, optimizerDefinition } from "../../src/shared/recipe/definitions.ts";
import { encodingSchema } from "../../src/shared/recipe/encoding.ts";
import { formats } from "../../src/shared/recipe/formats/index.ts";
import { everyLayer, layerDefinition, planModel } from "../../src/shared/recipe/plan.ts";
import { sourceSchema } from "../../src/shared/recipe/sources.ts";
import { splitSchema } from "../../src/shared/recipe/splitSchema.ts";
import { torchModel } from "../../src/shared/recipe/torchModel.ts";
import { recipePage, studyPage } from "./fieldPages.ts";
import { fieldTable } from "./fields.ts";
import { blocks, code, fileOf, literal, openingComments, python, table } from "./markdown.ts";
import { lossSchema, optimizerSchema, scheduleSchema } from "./schemas.ts";
import { prunerSection, samplerSection } from "./tuningSections.ts";

interface Entry {
  readonly title: Words;
  readonly summary: Words;
  readonly source?: string;
}

/** The pages by their paths below docs/catalog. */
export function catalogPages(): ReadonlyMap<string, string> {
  return new Map([
    ["layers.md", page("layers", "Layers", "What a model is made of, from its input to its output.", layers, layerSection)],
    [
      "initializers.md",
      page(
        "initializers",
        "Initializers",
        'What a layer\'s parameters are before the first step, in the layer\'s field `init`: `{"type": "dense", "init": {"weight": {"type": "zeros"}}}`.',
        initializers,
        initializerSection,
      ),
    ],
    ["losses.md", page("losses", "Losses", "The number that training makes small: the mean over the samples of a batch.", losses, lossSection)],
    ["optimizers.md", page("optimizers", "Optimizers", "How a gradient becomes a step.", optimizers, optimizerSection)],
    [
      "schedules.md",
      page(
        "schedules",
        "Learning-rate schedules",
        "What the optimizer's learning rate is multiplied by at every step. A warm-up fits in front of any.",
        schedules,
        scheduleSection,
      ),
    ],
    [
      "augmentations.md",
      page(
        "augmentations",
        "Augmentations",
        "What happens to training samples before the network sees them; [how and why](../augmentation.md).",
        augmentations,
        augmentationSection,
      ),
    ],
    ["generators.md", page("generators", "Synthetic data sets", "Data whose law is known: `data.source` of type `synthetic`.", generators, generatorSection)],
    ["samplers.md", page("samplers", "Samplers", "How a study chooses the next point: `sampler` of [a study](study.md).", samplers, samplerSection)],
    ["pruners.md", page("pruners", "Pruners", "Which trials end before their last epoch: `pruner` of [a study](study.md).", pruners, prunerSection)],
    ["recipe.md", recipePage()],
    ["study.md", studyPage()],
    ["data.md", dataPage()],
    ["metrics.md", page("metrics", "Metrics", "What is measured over a whole part of the data, exactly.", metrics, metricSection)],
  ]);
}

function page<E extends Entry>(
  folder: string,
  title: string,
  about: string,
  registry: Readonly<Record<string, E>>,
  section: (type: string, entry: E) => string,
): string {
  const entries = Object.entries(registry);
  const contents = entries.map(([type, { title: named, summary }]) => `- [${type}](#${type.toLowerCase()}), ${named.en}: ${summary.en}`).join("\n");
  const sections = entries.map(([type, entry]) =>
    blocks([
      `## ${type}`,
      `**${entry.title.en}.** ${entry.summary.en}`,
      definition(folder, type),
      entry.source === undefined || entry.source === "—" ? null : `Source: ${entry.source}.`,
      section(type, entry),
    ]),
  );
  const origin = `<!-- Made by \`npm run docs\` from src/shared/catalog/${folder}. Change it there. -->`;
  return `${blocks([origin, `# ${title}`, about, contents, ...sections])}\n`;
}

function definition(folder: string, type: string): string {
  const comments = openingComments(fileOf(new URL(`../../src/shared/catalog/${folder}/index.ts`, import.meta.url), type));
  return comments.join("\n\n").replaceAll(/^/gm, "> ").replaceAll(/ +$/gm, "");
}

type LayerEntry = Pick<LayerDefinition, "summary" | "samples" | "misfits" | "usesBatchStatistics"> & {
  readonly schema: z.ZodType;
  readonly vocabulary?: object;
  readonly stochastic?: object;
};

function layerSection(type: string, entry: LayerEntry): string {
  const configOf = (config: LayerSample["config"]) => layerSchema.parse({ ...config, type });
  const planned = ({ config, input }: LayerSample) => planModel({ model: { layers: [configOf(config)] } }, { sampleShape: input });
  const examples = entry.samples.map((sample) => {
    const { plan } = planned(sample);
    const root = at(plan.layers, 0).name;
    const tensors = [...everyLayer(plan.layers)].flatMap(({ name, parameters }) =>
      parameters.map((spec) => `${`${name}/${spec.name}`.slice(root.length + 1)} ${shape(spec.shape)}`),
    );
    return [literal(sample.config), shape(sample.input), shape(plan.outputShape), String(plan.parameterCount), tensors.join(", ")];
  });
  const standard = entry.samples.find(({ config }) => Object.keys(config).length === 0) ?? at(entry.samples, 0);
  const inTorch = torchModel({ layers: planned(standard).plan.layers.slice(0, 1) });
  const refused = entry.misfits.map((sample) => [
    literal(sample.config),
    shape(sample.input),
    planned(sample)
      .problems.map((problem) => describeProblem({ ...problem, place: problem.place.replace(/^model\.layers\[0\]\.?/, "") || "the layer" }))
      .join(" "),
  ]);
  const [layer] = planned(standard).plan.layers;
  const draws = layer !== undefined && layerDefinition(layer.config).stochastic?.(layer.config);
  const kept = layer?.buffers.map(({ name }) => code(name)) ?? [];
  const traits = [
    ...(entry.stochastic === undefined
      ? []
      : [`${draws ? "It" : "With some settings it"} draws random numbers in training; two frameworks then do not follow each other.`]),
    ...(entry.usesBatchStatistics ? ["In training the statistics of the batch decide its output: a batch of one sample has none."] : []),
    ...(kept.length === 0 ? [] : [`It keeps running statistics, which evaluation uses: ${kept.join(", ")}.`]),
    ...(entry.vocabulary === undefined ? [] : ["Its input is whole numbers; nothing flows back into them."]),
  ];
  return blocks([
    fieldTable(entry.schema),
    traits.length === 0 ? null : traits.map((trait) => `- ${trait}`).join("\n"),
    "Shapes of one sample, and trainable numbers:",
    table(["Settings", "In", "Out", "Parameters", "Tensors"], examples),
    refused.length === 0 ? null : blocks(["What does not fit:", table(["Settings", "In", "What is said"], refused)]),
    `In PyTorch, on ${shape(standard.input)}:`,
    python([...inTorch.definitions, only(inTorch.make)]),
  ]);
}

/** The one module of a sequence. */
function only(sequence: string): string {
  return sequence
    .replace(/^nn\.Sequential\(\n/, "")
    .replace(/,\n\)$/, "")
    .replaceAll(/^ {4}/gm, "");
}

function initializerSection(type: string, { schema }: { readonly schema: z.ZodType }): string {
  const standard = initializerSchema.parse({ type });
  const inTorch = initializerDefinition(standard).torch(standard);
  return blocks([fieldTable(schema), ...(inTorch === null ? [] : ["In PyTorch:", python([inTorch])])]);
}

interface LossEntry {
  readonly task: "classification" | "regression";
  readonly schema: z.ZodType;
  readonly samples: readonly { readonly config: Readonly<Record<string, unknown>>; readonly classes: number }[];
}

function lossSection(type: string, { task, schema, samples }: LossEntry): string {
  const rows = samples.map(({ config, classes }) => {
    const parsed = lossSchema.parse({ ...config, type });
    const { torch, width } = lossDefinition(parsed);
    const counts = task === "classification" ? Array.from({ length: classes }, (_, i) => 10 * (i + 1)) : [];
    return { config, classes, width: width(classes), torch: torch(parsed, task === "classification" ? classes : 0, counts) };
  });
  const inTorch = at(rows, 0).torch;
  return blocks([
    `For ${task}.`,
    fieldTable(schema),
    "Width of the model's output:",
    table(
      ["Settings", task === "classification" ? "Classes" : "Values", "Width"],
      rows.map(({ config, classes, width }) => [literal(config), String(classes), String(width)]),
    ),
    `In PyTorch, with ${literal(at(rows, 0).config)}:`,
    python([...(inTorch.definitions ?? []), inTorch.make]),
  ]);
}

function optimizerSection(type: string, { schema }: { readonly schema: z.ZodType }): string {
  const standard = optimizerSchema.parse({ type });
  const { slots, torch, perTensor, perturb } = optimizerDefinition(standard);
  const { make, definitions = [], builtIn } = torch(standard);
  const kept = slots(standard, null);
  const ofMatrices = slots(standard, unitsAlong(0, [1, 1]));
  const slot = ({ name, shape: of, initial = 0 }: SlotSpec) =>
    `${code(name)}${of === "scalar" ? " (one number)" : ""}${initial === 0 ? "" : `, from ${initial}`}`;
  return blocks([
    fieldTable(schema),
    [
      `- ${kept.length === 0 ? "It keeps nothing from step to step." : `It keeps beside each parameter: ${kept.map(slot).join(", ")}${literal(kept) === literal(ofMatrices) ? "" : `; beside a matrix: ${ofMatrices.map(slot).join(", ")}`}.`}`,
      ...(perTensor ? ["- It works on each tensor on its own, not on all of them laid end to end."] : []),
      ...(perturb === undefined ? [] : ["- It takes two passes a step."]),
    ].join("\n"),
    `In PyTorch${builtIn ? "" : " (written from the paper: 1.13 has none)"}:`,
    python([...definitions, make]),
  ]);
}

function scheduleSection(type: string, { schema, samples }: { readonly schema: z.ZodType; readonly samples: readonly ScheduleSample[] }): string {
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const rows = samples.map(({ config, totalSteps, stepsPerEpoch, torch }) => {
    const schedule = scheduleSchema.parse({ ...config, type });
    const state = startOfSchedule(schedule);
    const factors = shares.map((share) => {
      const step = Math.round(share * (totalSteps - 1));
      if (state !== null) return "";
      return String(Number(learningRateFactor({ schedule, warmup: warmupSchema.parse({}), state }, { step, totalSteps, stepsPerEpoch }).toPrecision(3)));
    });
    return {
      torch,
      cells: [literal(config), String(totalSteps), String(stepsPerEpoch), ...(state === null ? factors : ["1 until validation stalls", "", "", "", ""])],
    };
  });
  const inTorch = rows.find(({ torch }) => torch !== null)?.torch ?? null;
  return blocks([
    fieldTable(schema),
    "The factor on the way:",
    table(
      ["Settings", "Steps", "Steps an epoch", "First", "¼", "½", "¾", "Last"],
      rows.map(({ cells }) => cells),
    ),
    inTorch === null ? "PyTorch 1.13 has no counterpart." : blocks([`In PyTorch, its \`step()\` called after every ${inTorch.every}:`, python([inTorch.make])]),
  ]);
}

function metricSection(_: string, { task, largerIsBetter, unit, fewestClasses }: MetricDefinition): string {
  const units = { fraction: "a fraction, shown as a percentage", target: "in the target's own unit", score: "a plain number" };
  const sentences = [
    `For ${task}; ${units[unit]}; ${largerIsBetter ? "larger" : "smaller"} is better.`,
    ...(fewestClasses === undefined ? [] : [`Of use from ${fewestClasses} classes on.`]),
  ];
  return sentences.join(" ");
}

function augmentationSection(
  type: string,
  { kinds, schema, samples }: { readonly kinds: readonly string[]; readonly schema: z.ZodType; readonly samples: readonly { readonly config: object }[] },
): string {
  const words: Readonly<Record<string, string>> = { tabular: "rows of features", signal: "signals", image: "images", volume: "volumes" };
  const other = samples.map(({ config }) => config).find((config) => Object.keys(config).length > 0);
  return blocks([
    `For ${kinds.map((kind) => words[kind] ?? kind).join(" and ")}.`,
    fieldTable(schema),
    other === undefined ? null : `For example ${literal({ type, ...other })}.`,
  ]);
}

function generatorSection(type: string, { schema }: { readonly schema: z.ZodType }): string {
  const { sampleShape, target } = generatorDefinition(generatorConfig(type)).facts(generatorConfig(type));
  const predicts = target.kind === "classification" ? `classes ${target.classes.join(", ")}` : `values ${target.names.join(", ")}`;
  return blocks([fieldTable(schema), `By default samples of ${shape(sampleShape)} with ${predicts}.`]);
}

function generatorConfig(type: string): GeneratorConfig {
  const source = sourceSchema.parse({ type: "synthetic", generator: { type } });
  if (source.type !== "synthetic") throw new Error(`internal: ${type} is no generator`);
  return source.generator;
}

/** The formats that can be read, how samples are split, and how columns become numbers. */
function dataPage(): string {
  const sources = Object.entries(formats).map(([type, { schema, holds, endings, drop }]) =>
    blocks([
      `### ${type}`,
      drop === null
        ? null
        : `For ${drop.en}.${endings.length === 0 ? "" : ` Endings: ${endings.map((ending) => `\`${ending}\``).join(", ")}${holds === "table" ? ", also gzipped" : ""}.`}`,
      fieldTable(schema),
    ]),
  );
  const methods = splitSchema.shape.method
    .unwrap()
    .options.map((option) => blocks([`### ${option.shape.type.value}`, option.meta()?.description ?? "", fieldTable(option)]));
  return `${blocks([
    "<!-- Made by `npm run docs` from src/shared/recipe. Change it there. -->",
    "# Data",
    "The fields of a recipe's `data`: where samples come from, how they are split, how columns become numbers.",
    "## Sources",
    "`data.source`, by its `type`.",
    ...sources,
    "## Split",
    "`data.split`: the test part is held out first; the method shares out the rest between training and validation.",
    fieldTable(splitSchema.omit({ method: true })),
    "`data.split.method`, by its `type`.",
    ...methods,
    "## Encoding",
    "`data.encoding`: for tables with missing values or categories. Everything is learned on the training rows alone.",
    fieldTable(encodingSchema),
  ])}\n`;
}

function shape(sizes: readonly number[]): string {
  return `[${sizes.join(", ")}]`;
}
