/** Creates a data set instance from a module of foreign code. Runs in the process of that code. */
import { CONSTRUCTING, LOADING, type Request } from "./protocol.ts";
import { describe, WrongValue } from "./values.ts";

/** The methods called on the instance. All other members are checked when they are read. */
export interface Foreign {
  readonly get: (index: number) => unknown;
  readonly target: ((index: number) => unknown) | null;
  readonly close: (() => unknown) | null;
  /** A property of the instance, or else a static one of the class. */
  property(name: string): unknown;
  readonly className: string;
}

/** Every class has these as a function, with another meaning. */
const OF_FUNCTIONS: ReadonlySet<string> = new Set(["name", "length"]);

/**
 * @param beat called before each step
 * @throws WrongValue if the export is not a data set; rethrows what the module throws
 */
export async function loadForeign(request: Extract<Request, { readonly type: "open" }>, beat: (step: number) => void): Promise<Foreign> {
  beat(LOADING);
  const module: Readonly<Record<string, unknown>> = await import(request.url);
  const { Class, name } = pick(module, request.export);
  beat(CONSTRUCTING);
  const instance: unknown = Reflect.construct(Class, [request.options]);
  const member = (key: string): unknown => (typeof instance === "object" && instance !== null ? Reflect.get(instance, key) : undefined);
  const method = (key: string) => {
    const found = member(key);
    return typeof found === "function" ? (...given: unknown[]): unknown => Reflect.apply(found, instance, given) : null;
  };
  const get = method("get");
  if (get === null) throw new WrongValue(`${name} must have a method get(index)`, describe(member("get")), "Add get(index), which returns { sample, target }.");
  return {
    get,
    target: method("target"),
    close: method("close"),
    property: (key) => member(key) ?? (OF_FUNCTIONS.has(key) ? undefined : Reflect.get(Class, key)),
    className: Class.name,
  };
}

function pick(module: Readonly<Record<string, unknown>>, wanted: string | null): { readonly Class: NewableFunction; readonly name: string } {
  const names = Object.keys(module);
  const classes = names.filter((name) => isClass(module[name]));
  const name = wanted ?? (names.includes("default") || classes.length !== 1 ? "default" : (classes[0] ?? "default"));
  const found = module[name];
  if (isClass(found)) return { Class: found, name: name === "default" ? "the default export" : name };
  const exports = names.length === 0 ? "no exports" : `the exports ${names.join(", ")}`;
  throw new WrongValue(
    wanted === null ? "must export a class as its default" : `must export a class as ${JSON.stringify(wanted)}`,
    found === undefined ? exports : `${describe(found)} as ${JSON.stringify(name)}, and ${exports}`,
    wanted === null ? "Write `export default class …`, or name the class in data.source.export." : "Name a class that is exported in data.source.export.",
  );
}

/** Arrow functions and methods have no prototype and cannot be constructed. */
function isClass(value: unknown): value is NewableFunction {
  return typeof value === "function" && typeof value.prototype === "object" && value.prototype !== null;
}
