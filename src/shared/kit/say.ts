/**
 * Sentences in both languages, written in English where they are said. The Korean is in the tables of korean/, by the English with its holes numbered:
 * say`at least ${n} samples` is looked up as "at least {0} samples". A hole may itself be in both languages. In the Korean, `{0|을}` is a hole with the
 * particle that its last sound asks for. tests/korean.test.ts holds that no sentence lacks its Korean.
 */
import { korean } from "./korean/index.ts";
import { withParticle } from "./particles.ts";
import { inLanguage, type Text, type Words } from "./words.ts";

/** An English word in the form that a number asks for. Korean words have one form: it is no hole there. */
interface Inflection {
  readonly form: string;
  /** The form for several, which stands in the key. */
  readonly several: string;
}

type Hole = Text | number | Inflection;

export function say(parts: TemplateStringsArray, ...given: readonly Hole[]): Words {
  const [start = "", ...rest] = parts;
  const holes: (Text | number)[] = [];
  let [key, en] = [start, start];
  for (const [index, part] of rest.entries()) {
    const hole = given[index] ?? "";
    if (isInflection(hole)) {
      key += hole.several + part;
      en += hole.form + part;
    } else {
      key += `{${holes.length}}${part}`;
      en += textOf(hole, "en") + part;
      holes.push(hole);
    }
  }
  const pattern = korean[key];
  return { en, ko: pattern === undefined ? en : filled(pattern, holes) };
}

/** "is" or "are", "sample" or "samples". */
export function plural(count: number, one: string, several: string): Inflection {
  return { form: count === 1 ? one : several, several };
}

function isInflection(hole: Hole): hole is Inflection {
  return typeof hole === "object" && "several" in hole;
}

function textOf(hole: Text | number, language: keyof Words): string {
  return typeof hole === "number" ? String(hole) : inLanguage(hole, language);
}

function filled(pattern: string, holes: readonly (Text | number)[]): string {
  return pattern.replace(/\{(\d+)(?:\|(\p{L}+))?\}/gu, (_, index: string, particle: string | undefined) => {
    const word = textOf(holes[Number(index)] ?? "", "ko");
    return particle === undefined ? word : withParticle(word, particle);
  });
}

/** Texts one after the other: "a", "b" and "c" with ", " are "a, b, c". */
export function joined(texts: readonly (Text | number)[], separator: Text): Words {
  const inOne = (language: keyof Words) => texts.map((text) => textOf(text, language)).join(inLanguage(separator, language));
  return { en: inOne("en"), ko: inOne("ko") };
}

/** "a, b and c". */
export function allOf(texts: readonly Text[]): Words {
  return listedWith(texts, (rest, last) => say`${rest} and ${last}`);
}

/** Alternatives: "a, b or c". */
export function either(texts: readonly Text[]): Words {
  return listedWith(texts, (rest, last) => say`${rest} or ${last}`);
}

function listedWith(texts: readonly Text[], link: (rest: Words, last: Text) => Words): Words {
  const last = texts.at(-1);
  return texts.length < 2 || last === undefined ? joined(texts, "") : link(joined(texts.slice(0, -1), ", "), last);
}
