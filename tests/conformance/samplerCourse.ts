/** Spaces of every kind, and courses of a sampler through them: what it proposes, one trial after the other, for given outcomes. */
import type { samplers } from "../../src/shared/catalog/samplers/index.ts";
import type { Observation, SamplerDefinition } from "../../src/shared/catalog/samplers/sampler.ts";
import { type Dimension, fractionOf, makePoint, type Point, type Space, valueAt } from "../../src/shared/catalog/samplers/space.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

export type SamplerConfig = ReturnType<(typeof samplers)[keyof typeof samplers]["schema"]["parse"]>;
export type Definition = SamplerDefinition<SamplerConfig>;

const float = (name: string, min: number, max: number, more: Partial<Extract<Dimension, { type: "float" }>> = {}): Dimension => ({
  type: "float",
  name,
  min,
  max,
  log: false,
  ...more,
});
const integer = (name: string, min: number, max: number, more: Partial<Extract<Dimension, { type: "integer" }>> = {}): Dimension => ({
  type: "integer",
  name,
  min,
  max,
  log: false,
  step: 1,
  ...more,
});

/** Names are those of fields, and of properties that every object has. */
export const spaces = {
  continuous: [float("optimizer.lr", 1e-5, 1, { log: true }), float("x", -2, 3)],
  numeric: [
    float("optimizer.lr", 1e-6, 10, { log: true }),
    float("dropout", 0, 0.5, { step: 0.1 }),
    integer("units", 8, 512, { log: true }),
    integer("layers", 1, 4),
    integer("batch", 16, 100, { step: 16 }),
    float("same", 0.25, 0.25),
    integer("single", 3, 3),
  ],
  mixed: [
    float("constructor", -1e6, 1e6),
    { type: "choice", name: "activation", values: ["relu", "1", 1, true, "true", 0.5] },
    integer("kernel", -3, 9, { step: 2 }),
    { type: "choice", name: "alone", values: ["only"] },
    { type: "choice", name: "bias", values: [false, true] },
  ],
  conditional: [
    { type: "choice", name: "optimizer", values: ["sgd", "adam", "lion"] },
    float("momentum", 0, 0.99, { when: { name: "optimizer", values: ["sgd"] } }),
    { type: "choice", name: "nesterov", values: [false, true], when: { name: "optimizer", values: ["sgd"] } },
    float("damping", 0, 1, { when: { name: "nesterov", values: [true] } }),
    float("beta", 0.5, 0.999, { when: { name: "optimizer", values: ["adam", "lion"] } }),
    float("lr", 1e-4, 1, { log: true }),
    integer("blocks", 1, 3),
    integer("width", 8, 64, { log: true, when: { name: "blocks", values: [2, 3] } }),
  ],
  single: [float("x", 2, 2), integer("y", 5, 5), { type: "choice", name: "z", values: ["a"] }],
} satisfies Readonly<Record<string, Space>>;

export type SpaceName = keyof typeof spaces;

export type Outcome = Omit<Observation, "point">;

export const completed = (...values: readonly number[]): Outcome => ({ state: "completed", values, progress: 10 });
export const failed: Outcome = { state: "failed", values: null, progress: 0 };
const running: Outcome = { state: "running", values: null, progress: 0 };

/** A bowl with its lowest point inside of every dimension, different from one to the next. */
export function bowl(space: Space, point: Point): number {
  return space.reduce((sum, dimension, i) => {
    const value = Object.hasOwn(point, dimension.name) ? point[dimension.name] : undefined;
    return value === undefined ? sum + 0.1 : sum + (fractionOf(dimension, value) - 0.3 - 0.05 * (i % 5)) ** 2;
  }, 0);
}

/** Points that no sampler chose, as a person's guesses or earlier runs are, with the bowl's values. */
export function given(space: Space, count: number, seed = 5): readonly Observation[] {
  return Array.from({ length: count }, (_, i) => {
    const draws = new RandomStream(seed, `given/${i}`);
    const point = makePoint(space, (dimension, index) => valueAt(dimension, draws.uniform(index)));
    return { point, ...completed(bowl(space, point)) };
  });
}

export interface Course {
  readonly definition: Definition;
  readonly config: SamplerConfig;
  readonly space: Space;
  /** Number of proposals. */
  readonly length: number;
  readonly before?: readonly Observation[];
  readonly outcome?: (point: Point, number: number) => Outcome;
  readonly seed?: number;
  readonly objectives?: number;
  /** Trials that run at once: the outcomes of the last ones are not known yet. */
  readonly parallel?: number;
  /** Number of trials that the study plans. */
  readonly trials?: number;
}

/** The history that the sampler sees before each proposal, and the proposal; it ends early where the sampler has no point left. */
export function walk(course: Course): readonly { readonly observations: readonly Observation[]; readonly point: Point }[] {
  const { definition, config, space, length, before = [], seed = 1, objectives = 1, parallel = 1, trials = length } = course;
  const outcome = course.outcome ?? ((point: Point) => completed(...Array.from({ length: objectives }, (_, i) => bowl(space, point) * (i + 1))));
  const steps: { observations: readonly Observation[]; point: Point }[] = [];
  for (let i = 0; i < length; i++) {
    const own = steps.map(({ point }, j) => ({ point, ...(j <= i - parallel ? outcome(point, j) : running) }));
    const observations = frozen([...before, ...own]);
    const point = definition.propose({ space, objectives, observations, trials, seed }, config);
    if (point === null) break;
    steps.push({ observations, point });
  }
  return steps;
}

export function proposals(course: Course): readonly Point[] {
  return walk(course).map(({ point }) => point);
}

/** What a sampler changes of its input, it changes for everyone. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
