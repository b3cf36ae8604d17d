/** The English of texts, for comparisons: what exists in both languages becomes what it says in English, anywhere in a value. */
import { inEnglish } from "../../src/main/hosts/cli/inEnglish.ts";
import type { Text } from "../../src/shared/kit/words.ts";

type English<T> = T extends Text
  ? string
  : T extends readonly (infer Item)[]
    ? readonly English<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: English<T[K]> }
      : T;

export function english<T>(value: T): English<T> {
  const { said } = inEnglish({ said: value }) as { readonly said: English<T> };
  return said;
}
