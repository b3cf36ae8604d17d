/** What a schema found wrong with a value, as sentences: the place, what is accepted there, what stands there, and what to do. */

import type { z } from "zod";
import { nearestName, type Problem, quote } from "../kit/fault.ts";
import { isRecord } from "../kit/record.ts";
import { say } from "../kit/say.ts";
import type { Words } from "../kit/words.ts";
import { describeField } from "./describe.ts";
import { type FieldSchema, fieldAt, fieldNames, formatPath, typesOf } from "./fields.ts";

/** @param root the schema of `input` as JSON Schema */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], input: unknown, root: FieldSchema): readonly Problem[] {
  const problems = issues.flatMap((issue) => problemsOf(issue, input, root));
  // One value can break several rules at once; the first message for a place states them all.
  return problems.filter((problem, index) => problems.findIndex((other) => other.place === problem.place) === index);
}

function problemsOf(issue: z.core.$ZodIssue, input: unknown, root: FieldSchema): Problem[] {
  const { path } = issue;
  const received = path.reduce<unknown>((value, key) => (isRecord(value) ? value[String(key)] : undefined), input);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownField([...path, key], input, root));
  const place = formatPath(path);
  const schema = fieldAt(path, input, root) ?? typeChoice(path, input, root);
  const expected = schema === undefined ? say`another value` : describeField(schema, received);
  if (received === undefined) return [{ place, expected: say`is required and must be ${expected}`, received: say`nothing`, remedy: additionFor(path, schema) }];
  if (issue.code === "invalid_format")
    return [{ place, expected: schema?.rule ?? say`must be ${expected}`, received: quote(received), remedy: say`Correct it, or leave it out.` }];
  if (issue.code === "too_small" && issue.origin === "array")
    return [{ place, expected: say`must not be empty`, received: quote(received), remedy: say`Add an item.` }];
  return [{ place, expected: say`must be ${expected}`, received: quote(received), remedy: correctionFor(received, schema) }];
}

/** The field `type` of an object that lacks one. */
function typeChoice(path: readonly PropertyKey[], input: unknown, root: FieldSchema): FieldSchema | undefined {
  const parent = path.at(-1) === "type" ? fieldAt(path.slice(0, -1), input, root) : undefined;
  return parent === undefined ? undefined : { enum: typesOf(parent) };
}

function unknownField(path: readonly PropertyKey[], input: unknown, root: FieldSchema): Problem {
  const key = String(path.at(-1));
  const names = fieldNames(path.slice(0, -1), input, root);
  const near = nearestName(key, names);
  return {
    place: formatPath(path),
    expected: names.length > 0 ? say`is not a field; the fields here are ${names.join(", ")}` : say`is not a field`,
    received: `"${key}"`,
    remedy: near ? say`Did you mean ${quote(near)}?` : say`Remove it or correct its name.`,
  };
}

function additionFor(path: readonly PropertyKey[], schema: FieldSchema | undefined): Words {
  const [type] = schema === undefined ? [] : typesOf(schema);
  return type === undefined ? say`Add it.` : say`Add it, for example "${String(path.at(-1))}": {"type": "${type}"}.`;
}

function correctionFor(received: unknown, schema: FieldSchema | undefined): Words {
  if (schema === undefined) return say`Correct it.`;
  const types = typesOf(schema);
  const names = types.length > 0 ? types : namesIn(schema);
  if (typeof received === "string") {
    if (types.includes(received)) return say`Write {"type": "${received}"}.`;
    const near = nearestName(received, names);
    if (near !== undefined) return say`Did you mean ${types.includes(near) ? `{"type": "${near}"}` : quote(near)}?`;
    if (takesNumbers(schema) && received.trim() !== "" && Number.isFinite(Number(received))) return say`Write ${Number(received)} without the quotes.`;
  }
  if (schema.default !== undefined) return say`Correct it, or leave it out for the default, ${quote(schema.default)}.`;
  return names.length > 1 ? say`Choose one of these.` : say`Correct it.`;
}

/** The names that a field accepts, including those of its alternatives. */
function namesIn(schema: FieldSchema): readonly string[] {
  const own = [schema.const, ...(schema.enum ?? [])].filter((name) => typeof name === "string");
  return [...own, ...(schema.anyOf ?? schema.oneOf ?? []).flatMap(namesIn)];
}

function takesNumbers(schema: FieldSchema): boolean {
  return schema.type === "number" || schema.type === "integer" || (schema.anyOf ?? []).some(takesNumbers);
}
