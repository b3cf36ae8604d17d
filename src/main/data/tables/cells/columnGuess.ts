/** Guesses about a column, with the settings that change them. */
import { quote } from "../../../../shared/kit/fault.ts";
import type { Words } from "../../../../shared/kit/words.ts";
import type { ColumnKind, DateReading, DecimalName } from "../../../../shared/recipe/readings.ts";
import { countText } from "../../../../shared/text/numbers.ts";
import type { DateColumn } from "./dateColumn.ts";
import type { DateOrder } from "./dateText.ts";
import type { IdentifierReason } from "./identifiers.ts";
import type { MissingClasses } from "./missing.ts";
import type { NumberColumn } from "./numberColumn.ts";

/** Source fields about one column, with their value for it. */
export interface ColumnFields {
  readonly kinds?: ColumnKind;
  readonly missing?: readonly string[];
  readonly dates?: DateReading;
  readonly decimals?: DecimalName;
}

export interface ColumnGuess {
  readonly column: string;
  readonly field: keyof ColumnFields;
  readonly said: Words;
  readonly instead: readonly { readonly label: Words; readonly set: ColumnFields }[];
}

type Alternative = ColumnGuess["instead"][number];

const MARKS: Readonly<Record<string, Words>> = {
  ",": { en: "commas between thousands", ko: "천 단위 쉼표" },
  ".": { en: "full stops between thousands", ko: "천 단위 점" },
  " ": { en: "spaces between thousands", ko: "천 단위 공백" },
  "'": { en: "apostrophes between thousands", ko: "천 단위 작은따옴표" },
  _: { en: "underscores between thousands", ko: "천 단위 밑줄" },
};
const ORDER_WORDS: Readonly<Record<DateOrder, Words>> = {
  dayFirst: { en: "the day comes first", ko: "일이 먼저" },
  monthFirst: { en: "the month comes first", ko: "월이 먼저" },
  yearFirst: { en: "the year comes first", ko: "연도가 먼저" },
};

const MOST_SHOWN = 5;

function columnWords(name: string, said: Words): Words {
  return { en: `Column ${quote(name)} ${said.en}`, ko: `${quote(name)} 열: ${said.ko}` };
}

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST_SHOWN).map(quote).join(", ");
  return texts.length > MOST_SHOWN ? `${shown} …` : shown;
}

function asKind(kind: ColumnKind, name: string): Alternative {
  const words: Readonly<Record<ColumnKind, Words>> = {
    categorical: { en: `${quote(name)} holds categories`, ko: `${quote(name)} 열을 범주로 읽기` },
    numeric: { en: `${quote(name)} holds numbers`, ko: `${quote(name)} 열을 숫자로 읽기` },
    time: { en: `${quote(name)} holds times`, ko: `${quote(name)} 열을 시각으로 읽기` },
  };
  return { label: words[kind], set: { kinds: kind } };
}

/** Reports what was stripped from numbers, and the decimal mark if only the context decided it; empty if nothing was guessed. */
export function numberGuesses(name: string, column: NumberColumn, forced: boolean): readonly ColumnGuess[] {
  const { unitText, groups, bracketed, trailingMinus, decimalCommas, example, ambiguous, decimal, plain } = column;
  const guesses: ColumnGuess[] = [];
  const isPercent = unitText === "%";
  const leftOut: Words[] = [
    ...(unitText === "" || isPercent ? [] : [{ en: quote(unitText), ko: quote(unitText) }]),
    ...[...groups].flatMap((mark) => MARKS[mark] ?? []),
  ];
  const en = [
    ...(leftOut.length === 0 ? [] : [`${leftOut.map((each) => each.en).join(" and ")} ${leftOut.length === 1 && unitText !== "" ? "is" : "are"} left out`]),
    ...(isPercent ? ["they are in percent, so that 5 % is 5"] : []),
    ...(decimalCommas ? ["the comma is a decimal mark"] : []),
    ...(bracketed ? ["brackets mean negative"] : []),
    ...(trailingMinus ? ["a minus after a number makes it negative"] : []),
  ];
  const ko = [
    ...(leftOut.length === 0 ? [] : [`${leftOut.map((each) => each.ko).join(", ")} 제외`]),
    ...(isPercent ? ["단위는 퍼센트(5 %는 5)"] : []),
    ...(decimalCommas ? ["쉼표는 소수점"] : []),
    ...(bracketed ? ["괄호는 음수"] : []),
    ...(trailingMinus ? ["뒤에 붙은 빼기 기호는 음수"] : []),
  ];
  const other = decimal === "," ? "point" : "comma";
  const mark = ambiguous?.includes(",") === true ? "," : ".";
  const isThousands = decimal !== mark;
  const markWords = mark === "," ? { en: "comma", ko: "쉼표" } : { en: "point", ko: "점" };
  const flipped: readonly Alternative[] =
    ambiguous === null
      ? []
      : [
          {
            label: isThousands
              ? { en: `The ${markWords.en} in ${quote(ambiguous)} is a decimal mark`, ko: `${quote(ambiguous)}의 ${markWords.ko}는 소수점` }
              : { en: `The ${markWords.en} in ${quote(ambiguous)} separates thousands`, ko: `${quote(ambiguous)}의 ${markWords.ko}는 천 단위 구분` },
            set: { decimals: other },
          },
        ];
  if (ambiguous === null && (plain || en.length === 0)) return guesses;
  if (en.length === 0) en.push(isThousands ? "thousands separators are removed" : `the ${markWords.en} is a decimal mark`);
  if (ko.length === 0) ko.push(isThousands ? "천 단위 구분" : `${markWords.ko}는 소수점`);
  const such = example ?? ambiguous ?? "";
  guesses.push({
    column: name,
    field: ambiguous === null ? "kinds" : "decimals",
    said: columnWords(name, {
      en: `is read as numbers: ${en.join("; ")} (such as ${quote(such)}).`,
      ko: `숫자로 읽었습니다. ${ko.join("; ")} (예: ${quote(such)}).`,
    }),
    instead: [...flipped, ...(forced ? [] : [asKind("categorical", name)])],
  });
  return guesses;
}

/** Numbers with several units cannot be compared. */
export function mixedUnitsGuess(name: string, { mixedUnits }: NumberColumn): ColumnGuess {
  const units = mixedUnits.map((unit) => (unit === "" ? { en: "none", ko: "단위 없음" } : { en: quote(unit), ko: quote(unit) }));
  return {
    column: name,
    field: "kinds",
    said: columnWords(name, {
      en: `is read as categories: its numbers have several units (${units.map(({ en }) => en).join(", ")}).`,
      ko: `범주로 읽었습니다. 숫자의 단위가 여러 가지입니다(${units.map(({ ko }) => ko).join(", ")}).`,
    }),
    instead: [
      {
        label: { en: `Only numbers in ${units[0]?.en ?? ""}, the others missing`, ko: `${units[0]?.ko ?? ""} 숫자만 읽고 나머지는 결측으로` },
        set: { kinds: "numeric" },
      },
    ],
  };
}

export function identifierGuess(name: string, { reason, example }: IdentifierReason): ColumnGuess {
  const why: Readonly<Record<IdentifierReason["reason"], Words>> = {
    zeros: { en: "its numbers begin with zeros, like codes", ko: "코드처럼 0으로 시작하는 숫자가 있습니다" },
    wide: { en: "its numbers have more digits than can be stored exactly, like identifiers", ko: "식별자처럼 정확히 담을 수 없을 만큼 긴 숫자가 있습니다" },
    grouped: { en: "its name suggests codes", ko: "열 이름으로 보아 코드입니다" },
  };
  const { en, ko } = why[reason];
  const said: Words = {
    en: `is read as categories, not as numbers: ${en} (such as ${quote(example)}).`,
    ko: `숫자가 아니라 범주로 읽었습니다. ${ko}(예: ${quote(example)}).`,
  };
  return { column: name, field: "kinds", said: columnWords(name, said), instead: [asKind("numeric", name)] };
}

/** Numbers with leading zeros that are few and short. */
export function zerosGuess(name: string, example: string): ColumnGuess {
  return {
    column: name,
    field: "kinds",
    said: columnWords(name, {
      en: `is read as numbers: leading zeros are dropped (such as ${quote(example)}).`,
      ko: `숫자로 읽었습니다. 앞의 0은 뺐습니다(예: ${quote(example)}).`,
    }),
    instead: [asKind("categorical", name)],
  };
}

/** Asks about dates whose order is ambiguous; otherwise reports what was found, if it could be wrong. */
export function dateGuesses(name: string, column: DateColumn, isTime: boolean, forced: boolean): readonly ColumnGuess[] {
  const { open, order, said, forms, shortYears, example, against, againstExample } = column;
  const such = quote(example ?? "");
  if (open.length > 0)
    return [
      {
        column: name,
        field: "dates",
        said: columnWords(name, {
          en: `holds dates such as ${such}, and no date shows whether the day or the month comes first: they are read as text until you choose.`,
          ko: `${such} 같은 날짜가 있으나 일과 월 중 무엇이 먼저인지 알 수 없습니다. 정하기 전에는 텍스트로 읽습니다.`,
        }),
        instead: open.map((each) => orderAlternative(name, each)),
      },
    ];
  if (!isTime && against > 0)
    return [
      {
        column: name,
        field: "dates",
        said: columnWords(name, {
          en: `is read as text: some of its dates have the day first and others the month (${such}, ${quote(againstExample ?? "")}).`,
          ko: `텍스트로 읽었습니다. 일이 먼저인 날짜와 월이 먼저인 날짜가 섞여 있습니다(${such}, ${quote(againstExample ?? "")}).`,
        }),
        instead: (["dayFirst", "monthFirst"] as const).map((each) => orderAlternative(name, each)),
      },
    ];
  if (!isTime || said) return [];
  const en = [
    ...(order === null ? [] : [`${ORDER_WORDS[order].en}, because that position has a number above 12`]),
    ...(shortYears ? ["two-digit years from 69 on are 19xx"] : []),
    ...(forms.has("compact") ? ["the digits are year, month and day"] : []),
    ...(forms.has("month") ? ["a month stands for its first day"] : []),
    ...(against === 0 ? [] : [`${countText(against, "en")} with another order (such as ${quote(againstExample ?? "")}) count as missing`]),
  ];
  const ko = [
    ...(order === null ? [] : [`12보다 큰 수가 있어 ${ORDER_WORDS[order].ko}`]),
    ...(shortYears ? ["69 이후의 두 자리 연도는 1900년대"] : []),
    ...(forms.has("compact") ? ["숫자는 연월일 순서"] : []),
    ...(forms.has("month") ? ["월만 있으면 그달 1일"] : []),
    ...(against === 0 ? [] : [`순서가 다른 ${countText(against, "en")}개(예: ${quote(againstExample ?? "")})는 결측`]),
  ];
  if (en.length === 0) return [];
  return [
    {
      column: name,
      field: "kinds",
      said: columnWords(name, {
        en: `is read as dates (such as ${such}): ${en.join("; ")}.`,
        ko: `날짜로 읽었습니다(예: ${such}). ${ko.join("; ")}.`,
      }),
      instead: forced ? [] : [forms.has("compact") ? asKind("numeric", name) : asKind("categorical", name)],
    },
  ];
}

function orderAlternative(name: string, order: DateOrder): Alternative {
  return { label: { en: `In ${quote(name)} ${ORDER_WORDS[order].en}`, ko: `${quote(name)} 열: ${ORDER_WORDS[order].ko}` }, set: { dates: order } };
}

/** Words for missing that were kept as a category, or that were read as missing but may be a category. */
export function missingGuesses(name: string, { kept, taken, texts }: MissingClasses): readonly ColumnGuess[] {
  const guesses: ColumnGuess[] = [];
  if (kept.length > 0)
    guesses.push({
      column: name,
      field: "missing",
      said: columnWords(name, {
        en: `has the category ${listed(kept)}, which usually means missing.`,
        ko: `다른 곳에서는 결측을 뜻하는 ${listed(kept)}을(를) 범주로 읽었습니다.`,
      }),
      instead: [{ label: { en: `${listed(kept)} means missing`, ko: `${listed(kept)}은(는) 결측` }, set: { missing: [...texts, ...kept] } }],
    });
  if (taken.length > 0)
    guesses.push({
      column: name,
      field: "missing",
      said: columnWords(name, { en: `reads ${listed(taken)} as missing.`, ko: `${listed(taken)}을(를) 결측으로 읽었습니다.` }),
      instead: [
        {
          label: { en: `${listed(taken)} is a category`, ko: `${listed(taken)}은(는) 범주` },
          set: { missing: texts.filter((text) => !taken.includes(text)) },
        },
      ],
    });
  return guesses;
}

/** A value far from the others that looks like a code for missing. */
export function sentinelGuess(name: string, sentinel: number, count: number): ColumnGuess {
  const times = countText(count, "en");
  return {
    column: name,
    field: "missing",
    said: columnWords(name, {
      en: `has ${sentinel} in ${times} ${count === 1 ? "row" : "rows"}, far from all other values, which is read as a number.`,
      ko: `다른 값과 멀리 떨어진 ${sentinel}이(가) ${times}개 행에 있으며 숫자로 읽었습니다.`,
    }),
    instead: [{ label: { en: `${sentinel} means missing`, ko: `${sentinel}은(는) 결측` }, set: { missing: [String(sentinel)] } }],
  };
}

const UNIX_WORDS: Partial<Readonly<Record<DateReading, Words>>> = {
  unixSeconds: { en: "seconds since 1970", ko: "1970년부터의 초" },
  unixMilliseconds: { en: "milliseconds since 1970", ko: "1970년부터의 밀리초" },
  unixMicroseconds: { en: "microseconds since 1970", ko: "1970년부터의 마이크로초" },
  unixNanoseconds: { en: "nanoseconds since 1970", ko: "1970년부터의 나노초" },
};

/** Offers to read numbers as times. */
export function unixGuess(name: string, reading: DateReading): ColumnGuess {
  const words = UNIX_WORDS[reading] ?? { en: "times", ko: "시각" };
  return {
    column: name,
    field: "dates",
    said: columnWords(name, { en: `is read as numbers, which may be ${words.en}.`, ko: `숫자로 읽었으나 ${words.ko}일 수 있습니다.` }),
    instead: [{ label: { en: `${quote(name)} holds ${words.en}`, ko: `${quote(name)} 열: ${words.ko}` }, set: { dates: reading } }],
  };
}

export function compactGuess(name: string, example: number): ColumnGuess {
  return {
    column: name,
    field: "kinds",
    said: columnWords(name, {
      en: `is read as numbers, each of which may be a date (such as ${example}).`,
      ko: `숫자로 읽었으나 모두 날짜일 수 있습니다(예: ${example}).`,
    }),
    instead: [asKind("time", name)],
  };
}

/** In typed files text stays text, even if all of it could be numbers or dates. */
export function textOfferGuess(name: string, kind: "numeric" | "time", example: string): ColumnGuess {
  const words = kind === "numeric" ? { en: "numbers", ko: "숫자" } : { en: "dates", ko: "날짜" };
  return {
    column: name,
    field: "kinds",
    said: columnWords(name, {
      en: `is text in its file and is read as categories, though its cells are ${words.en} (such as ${quote(example)}).`,
      ko: `파일에 텍스트로 저장되어 범주로 읽었으나 모두 ${words.ko}입니다(예: ${quote(example)}).`,
    }),
    instead: [asKind(kind, name)],
  };
}
