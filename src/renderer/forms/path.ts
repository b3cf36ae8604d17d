/** Reading and changing one place of a JSON value. Parts that do not change are shared with the original. */
import { isRecord } from "../../shared/recipe/fields.ts";

export type Path = readonly (string | number)[];

export function getAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, key) => (isRecord(here) ? here[String(key)] : undefined), value);
}

/** A copy with another value at the path; `undefined` takes a field out. */
export function setAt(value: unknown, path: Path, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === Number(key) ? setAt(item, rest, next) : item));
  const record = isRecord(value) ? value : {};
  const inner = setAt(record[String(key)], rest, next);
  if (inner === undefined) return Object.fromEntries(Object.entries(record).filter(([name]) => name !== String(key)));
  return { ...record, [String(key)]: inner };
}
