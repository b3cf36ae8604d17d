/**
 * A valid recipe of about twenty steps, drawn by a seed over everything that a recipe can name: what to draw is read from the schemas and the registries,
 * so that a new entry of the catalog, or a new field, is drawn without a change here.
 */
import { checkRecipe } from "../../../src/main/studio/check.ts";
import { augmentations } from "../../../src/shared/catalog/augmentations/index.ts";
import { losses } from "../../../src/shared/catalog/losses/index.ts";
import { metrics } from "../../../src/shared/catalog/metrics/index.ts";
import { at } from "../../../src/shared/kit/fault.ts";
import { isRecord } from "../../../src/shared/kit/record.ts";
import { lossDefinition } from "../../../src/shared/recipe/definitions.ts";
import { type DatasetFacts, sampleKind } from "../../../src/shared/recipe/facts.ts";
import { type FieldSchema, fieldAt, recipeFields } from "../../../src/shared/recipe/fields.ts";
import { everyLayer, planModel } from "../../../src/shared/recipe/plan.ts";
import type { Recipe } from "../../../src/shared/recipe/recipe.ts";
import { splitCounts } from "../../../src/shared/recipe/split.ts";
import { parseRecipe } from "../../../src/shared/recipe/validate.ts";
import { english } from "../../helpers/english.ts";
import { alternativeOf, Chance, drawField } from "./chance.ts";
import { drawHead, drawLayers } from "./layers.ts";
import type { DrawnSource } from "./sources.ts";

export const STEPS = 20;

export interface DrawnRecipe {
  readonly seed: number;
  readonly recipe: Recipe;
  /** Recipes of this seed that did not hold together with their data, and the first problem of each. */
  readonly refused: readonly string[];
}

/** Facts of a source as the network gets it. */
export type Describe = (source: object, encoding: object) => Promise<DatasetFacts>;

/** Recipes that are drawn before a seed is given up. */
const TRIES = 40;

/** @param readable whether the data can be split as a recipe says, where that is to be known too */
export async function drawRecipe(
  seed: number,
  drawSource: (chance: Chance) => DrawnSource,
  describe: Describe,
  readable: (recipe: Recipe) => Promise<string | null> = async () => null,
): Promise<DrawnRecipe> {
  const refused: string[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const input = await drawOnce(new Chance(1000 * seed + attempt), drawSource, describe);
    const { startable, problems } = await checkRecipe(input);
    const [problem] = problems;
    const reason = startable === null ? `${problem?.place}: ${english(problem?.expected)}; ${english(problem?.received)}` : await readable(startable.recipe);
    if (startable !== null && reason === null) return { seed, recipe: startable.recipe, refused };
    refused.push(reason ?? "");
  }
  throw new Error(`no recipe of seed ${seed} holds together: ${refused.join("\n")}`);
}

async function drawOnce(chance: Chance, drawSource: (chance: Chance) => DrawnSource, describe: Describe): Promise<object> {
  const { source, words } = drawSource(chance);
  const encoding = draw(chance, ["data", "encoding"]);
  const facts = await describe(source, encoding);
  const classes = facts.target.kind === "classification" ? facts.target.classes.length : facts.target.names.length;
  const split = drawSplit(chance, facts);
  const standardize = words === null ? {} : { standardize: "none" };
  const { layers, shape } = drawLayers(chance, facts.sampleShape, chance.between(1, 5), { depth: 2, words });
  const loss = drawLoss(chance, facts, classes);
  const model = { layers: [...layers, ...drawHead(chance, shape, widthOf(loss, classes))] };
  const batch = drawBatch(chance, facts, split);
  const { epochs, ...sizes } = batch;
  const measured = chance.some(metricsFor(facts, classes), 4);
  const stopping = chance.happens(0.3) ? withEpochs(chance, ["earlyStopping"], epochs) : { type: "none" };
  const own = {
    name: "random",
    seed: chance.below(1_000_000),
    data: { ...draw(chance, ["data"], ["source", "split", "encoding"]), source, split, encoding, ...standardize },
    augmentation: words === null && chance.happens(0.4) ? drawAugmentation(chance, facts) : [],
    model,
    loss,
    metrics: measured,
    optimizer: drawOptimizer(chance),
    schedule: withEpochs(chance, ["schedule"], epochs),
    warmup: chance.happens(0.3) ? withEpochs(chance, ["warmup"], epochs) : {},
    gradient: chance.happens(0.4) ? draw(chance, ["gradient"]) : {},
    parameterGroups: chance.happens(0.4) ? drawGroups(chance, model, facts) : [],
    batch: sizes,
    regularization: drawRegularization(chance, words !== null),
    averaging: withEpochs(chance, ["averaging"], epochs),
    earlyStopping: stopping.type === "patience" ? { ...stopping, metric: chance.pick(["loss", ...measured]) } : stopping,
    budget: { ...draw(chance, ["budget"], ["epochs"]), epochs },
    device: { type: "cpu", threads: 1 },
  };
  // What a recipe has beside these is drawn by its schema alone.
  const others = Object.keys(recipeFields.properties ?? {}).filter((field) => !(field in own) && !NOT_DRAWN.includes(field));
  return { ...own, ...Object.fromEntries(others.map((field) => [field, drawField(schemaOf([field]), chance, { most: 8 })])) };
}

/** Fields that name the recipe. */
const NOT_DRAWN = ["format", "description"];

function schemaOf(path: readonly PropertyKey[]): FieldSchema {
  const schema = fieldAt(path, {});
  if (schema === undefined) throw new Error(`the recipe has no ${path.join(".")}`);
  return schema;
}

/** An object of the recipe, but for the fields that are drawn elsewhere. */
function draw(chance: Chance, path: readonly PropertyKey[], but: readonly string[] = []): Record<string, unknown> {
  const drawn = drawField(schemaOf(path), chance, { most: 8, own: (field) => (but.includes(field) ? { value: undefined } : undefined) });
  if (!isRecord(drawn)) throw new Error(`${path.join(".")} is no object`);
  return drawn;
}

/** As {@link draw}, with everything that counts epochs within the run. */
function withEpochs(chance: Chance, path: readonly PropertyKey[], epochs: number): Record<string, unknown> {
  const whole = (minimum: number) => chance.between(Math.max(1, minimum), Math.max(1, minimum, epochs));
  const own = (_: string, { unit, type, minimum = 0 }: FieldSchema) => {
    if (unit !== "epochs" && unit !== "epoch") return undefined;
    if (type === "array") return { value: Array.from({ length: chance.between(1, 3) }, () => whole(1)).sort((a, b) => a - b) };
    return { value: type === "integer" ? whole(minimum) : chance.below(2 * epochs) / 2 };
  };
  const drawn = drawField(schemaOf(path), chance, { most: 8, own });
  if (!isRecord(drawn)) throw new Error(`${path.join(".")} is no object`);
  return drawn;
}

function drawSplit(chance: Chance, facts: DatasetFacts): object {
  const keys = ["", ...(facts.keys ?? [])];
  const own = (field: string) => {
    if (field === "stratified") return { value: facts.target.kind === "classification" && chance.happens(0.7) };
    if (field === "validation") return { value: chance.pick(facts.givenValidation ? ["given", 0.15] : [0, 0.1, 0.2, 0.3]) };
    if (field === "test") return { value: chance.pick([0.1, 0.15, 0.3]) };
    if (field === "group") return { value: chance.happens(0.2) ? chance.pick(keys) : "" };
    if (field === "column") return { value: chance.pick(keys) };
    if (field === "fold") return { value: chance.below(2) };
    if (field === "folds") return { value: chance.between(2, 5) };
    return undefined;
  };
  const split = drawField(schemaOf(["data", "split"]), chance, { most: 8, own });
  return isRecord(split) ? split : {};
}

function drawLoss(chance: Chance, { target: { kind } }: DatasetFacts, classes: number): object {
  const type = chance.pick(Object.entries(losses).flatMap(([name, { task }]) => (task === kind ? [name] : [])));
  const drawn = drawField(alternativeOf(schemaOf(["loss"]), type), chance, { most: 8 });
  if (!isRecord(drawn)) throw new Error(`${type} is no object`);
  // A list of weights is one number a class.
  return Array.isArray(drawn.classWeights) ? { ...drawn, classWeights: Array.from({ length: classes }, () => chance.between(0, 4) / 2) } : drawn;
}

function widthOf(loss: object, classes: number): number {
  const { recipe } = parseRecipe({ data: { source: { type: "shipped", name: "x" } }, model: { layers: [{ type: "relu" }] }, loss, optimizer: { type: "sgd" } });
  return recipe === null ? classes : lossDefinition(recipe.loss).width(classes);
}

function metricsFor({ target: { kind } }: DatasetFacts, classes: number): readonly string[] {
  return Object.entries(metrics).flatMap(([name, { task, fewestClasses = 0 }]) => (task === kind && classes >= fewestClasses ? [name] : []));
}

/** Batches, portions or everything at once, such that an epoch is a part of the steps or one step. */
function drawBatch(
  chance: Chance,
  facts: DatasetFacts,
  split: object,
): { readonly size: number | "full"; readonly accumulate: number; readonly epochs: number } {
  const { recipe } = parseRecipe({
    data: { source: { type: "shipped", name: "x" }, split },
    model: { layers: [{ type: "relu" }] },
    loss: { type: "hinge" },
    optimizer: { type: "sgd" },
  });
  const length = recipe === null ? facts.length : Math.max(1, splitCounts(facts, recipe.data.split).train);
  const rest = draw(chance, ["batch"], ["size", "accumulate"]);
  if (chance.happens(0.12)) return { ...rest, size: "full", accumulate: 1, epochs: STEPS };
  const accumulate = chance.happens(0.25) ? chance.between(2, 3) : 1;
  const perEpoch = chance.between(3, STEPS);
  const size = Math.max(1, Math.ceil(length / perEpoch / accumulate));
  return { ...rest, size, accumulate, epochs: Math.max(1, Math.round(STEPS / Math.ceil(length / (size * accumulate)))) };
}

function drawAugmentation(chance: Chance, { sampleShape }: DatasetFacts): readonly object[] {
  const kind = sampleKind(sampleShape);
  const types = Object.entries(augmentations).flatMap(([name, { kinds }]) => ((kinds as readonly string[]).includes(kind) ? [name] : []));
  return Array.from({ length: chance.between(1, 3) }, () => draw1(chance, alternativeOf(schemaOf(["augmentation", 0]), chance.pick(types))));
}

function draw1(chance: Chance, schema: FieldSchema): object {
  const drawn = drawField(schema, chance, { most: 6 });
  return isRecord(drawn) ? drawn : {};
}

function drawOptimizer(chance: Chance): object {
  const schema = chance.pick(schemaOf(["optimizer"]).oneOf ?? []);
  // Up to the rate that the optimizer begins with: larger ones diverge, and say nothing.
  const own = (field: string, { default: standard }: FieldSchema) =>
    field === "lr" ? { value: Number((Number(standard) * 10 ** -(2 * chance.uniform())).toPrecision(3)) } : undefined;
  const drawn = drawField(schema, chance, { most: 8, own });
  return isRecord(drawn) ? drawn : {};
}

function drawRegularization(chance: Chance, words: boolean): object {
  const fields = Object.entries(schemaOf(["regularization"]).properties ?? {});
  const taken = chance.some(fields, 3).filter(([field]) => !(words && ["mixup", "cutmix", "inputNoise"].includes(field)));
  return Object.fromEntries(taken.map(([field, schema]) => [field, drawField(schema, chance, { most: 8 })]));
}

function drawGroups(chance: Chance, model: { readonly layers: readonly object[] }, facts: DatasetFacts): readonly object[] {
  const { recipe } = parseRecipe({ data: { source: { type: "shipped", name: "x" } }, model, loss: { type: "hinge" }, optimizer: { type: "sgd" } });
  if (recipe === null) return [];
  const { plan } = planModel(recipe, facts);
  const addresses = [...everyLayer(plan.layers)].flatMap((layer) => layer.parameters.map(({ name }) => `${layer.name}/${name}`));
  if (addresses.length === 0) return [];
  const pattern = () => {
    const address = chance.pick(addresses);
    return chance.pick([address, `${address.slice(0, address.lastIndexOf("/"))}/*`, `*/${at(address.split("/"), address.split("/").length - 1)}`]);
  };
  return Array.from({ length: chance.between(1, 2) }, () => ({ match: pattern(), lrScale: chance.pick([0, 0, 0.1, 0.5, 2]), decay: chance.happens(0.7) }));
}
