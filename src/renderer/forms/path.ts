/** Reads and changes one place of a JSON value. Unchanged parts are shared with the original. */
import { isRecord } from "../../shared/kit/record.ts";

export type Path = readonly (string | number)[];

export function getAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, key) => (isRecord(here) ? here[String(key)] : undefined), value);
}

/** A copy with another value at the path; `undefined` removes the field, and groups that become empty. */
export function setAt(value: unknown, path: Path, next: unknown): unknown {
  return changed(value, path, next) ?? {};
}

function changed(value: unknown, path: Path, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === Number(key) ? setAt(item, rest, next) : item));
  const record = isRecord(value) ? value : {};
  const inner = changed(record[String(key)], rest, next);
  if (inner !== undefined) return { ...record, [String(key)]: inner };
  const left = Object.entries(record).filter(([name]) => name !== String(key));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}
