/**
 * Decides whether a numeric target is classes or a value to predict; the only place for tables, arrays and label files. Decimals are values. Integers are
 * judged by the column's name, by whether they are 0, 1, 2, … without gaps, and by how often each occurs.
 */
import { at } from "../../shared/kit/fault.ts";
import type { Words } from "../../shared/kit/words.ts";
import type { Guess } from "../../shared/recipe/guess.ts";
import { countText } from "../../shared/text/numbers.ts";
import { wordsOf } from "./tables/columnWords.ts";

export type Task = "classification" | "regression";

export interface TaskJudgement {
  readonly task: Task;
  /** The reason, if the decision is uncertain; otherwise null. */
  readonly why: Words | null;
}

/** Words for categories. */
const CLASS_WORDS = new Set(
  "label labels class classes category categories kind kinds type types species variety varieties breed diagnosis survived cluster segment group groups gender sex digit digits letter flag is has churn fraud spam status subject topic"
    .concat(" klasse klassen kategorie gruppe sorte art classe catégorie espèce groupe clase categoría especie grupo")
    .concat(" 클래스 라벨 레이블 분류 종류 품종 범주 유형 그룹 类别 类 标签 分类 クラス ラベル 種類 класс")
    .split(" "),
);
/** Words for quantities that are measured, counted or rated. */
const QUANTITY_WORDS = new Set(
  "price prices cost costs amount age ages count counts cnt number num quality rating ratings rate score scores star stars rank year years quantity qty sale sales revenue income salary wage weight height length width size distance duration time minutes hours days weeks months seconds temperature temp speed mpg rings points percent percentage total sum demand population area volume depth horsepower mileage level age_years value values yield units rentals visits views likes severity"
    .concat(
      " preis alter anzahl bewertung punkte punktzahl jahr gewicht größe höhe länge dauer menge prix âge nombre note année poids precio edad cantidad puntuación calificación año peso",
    )
    .concat(
      " 가격 나이 연령 개수 수량 점수 평점 별점 품질 연도 년도 매출 판매량 금액 비용 인구 무게 온도 시간 횟수 价格 年龄 数量 评分 年份 価格 年齢 点数 評価 年 цена возраст количество",
    )
    .split(" "),
);

/** Classes 0 … 3 need no explanation. */
const FEW_CLASSES = 4;
/** Integers with more different values are a quantity, unless they number classes without gaps and are balanced. */
const MANY_VALUES = 20;
/** A class occurs at least this many times on average. */
const ROWS_A_CLASS = 3;
/** Classes beyond MANY_VALUES must occur this often, and the most frequent at most this many times as often as the rarest. */
const [ROWS_OF_MANY, BALANCED] = [5, 3];
/** More different values than this, or than half the rows, are never classes. */
const MOST_CLASSES = 100;
const [FIRST_YEAR, LAST_YEAR] = [1800, 2100];

/**
 * @param name of the column or array
 * @param values NaN if missing
 */
export function taskOf(name: string, values: Float64Array): TaskJudgement {
  const counts = new Map<number, number>();
  let rows = 0;
  let isWhole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    rows++;
    isWhole &&= Number.isInteger(value);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const distinct = counts.size;
  const couldBeClasses = distinct <= MOST_CLASSES && 2 * distinct <= rows;
  if (!isWhole) {
    const why = couldBeClasses && distinct <= MANY_VALUES ? words(distinct, "decimals", "소수") : null;
    return { task: "regression", why };
  }
  if (distinct <= 2) return { task: "classification", why: null };
  const value = (why: Words): TaskJudgement => ({ task: "regression", why: couldBeClasses ? why : null });
  switch (saidByName(name)) {
    case "class":
      if (rows >= MANY_VALUES && 2 * distinct > rows) return value(words(distinct, "integers that hardly repeat", "거의 되풀이되지 않는 정수"));
      return {
        task: "classification",
        why: distinct > MANY_VALUES ? words(distinct, "integers, and the name suggests classes", "클래스를 뜻하는 이름의 정수") : null,
      };
    case "quantity":
      return value(words(distinct, "integers, and the name suggests a measurement, count or rating", "재거나 세거나 매긴 것을 뜻하는 이름의 정수"));
    default:
      return judgeNumbers(counts, rows, value);
  }
}

/** The guess to show with the target; null if the decision was certain or the source sets the task. */
export function taskGuess(name: string, { task, why }: TaskJudgement, taken: Task): Guess | null {
  if (why === null || task !== taken) return null;
  const classes = task === "classification";
  return {
    field: "task",
    said: {
      en: `${JSON.stringify(name)} is treated as ${classes ? "classes" : "a number to predict"}: ${why.en}.`,
      ko: `${JSON.stringify(name)}을(를) ${classes ? "클래스로" : "예측할 수치로"} 보았습니다: ${why.ko}.`,
    },
    instead: [
      classes
        ? { label: { en: "Predict it as a number", ko: "수치로 예측" }, set: { task: "regression" } }
        : { label: { en: "Predict it as classes", ko: "클래스로 예측" }, set: { task: "classification" } },
    ],
  };
}

/** Judges integers with at least three different values whose name says nothing. */
function judgeNumbers(counts: ReadonlyMap<number, number>, rows: number, value: (why: Words) => TaskJudgement): TaskJudgement {
  const numbers = [...counts.keys()].sort((a, b) => a - b);
  const distinct = numbers.length;
  const [low, high] = [at(numbers, 0), at(numbers, distinct - 1)];
  const hasNoGap = high - low === distinct - 1;
  const classes = (why: Words | null): TaskJudgement => ({ task: "classification", why });
  if (hasNoGap && (low === 0 || low === 1 || (low === -1 && distinct === FEW_CLASSES - 1))) {
    if (distinct <= FEW_CLASSES) return classes(null);
    const isOften = rows >= ROWS_A_CLASS * distinct;
    const numbered = words(distinct, `integers ${low}, ${low + 1}, ${low + 2}, … without gaps`, `${low}, ${low + 1}, ${low + 2}, … 빠짐없는 정수`);
    if (distinct <= MANY_VALUES && isOften) return classes(numbered);
    const often = [...counts.values()];
    if (rows >= ROWS_OF_MANY * distinct && Math.max(...often) <= BALANCED * Math.min(...often)) return classes(numbered);
    return value(
      words(
        distinct,
        isOften ? "integers with different frequencies" : "integers that hardly repeat",
        isOften ? "고르지 않게 나타나는 정수" : "거의 되풀이되지 않는 정수",
      ),
    );
  }
  if (low >= FIRST_YEAR && high <= LAST_YEAR) return value(words(distinct, "integers that look like years", "연도로 보이는 정수"));
  if (distinct > FEW_CLASSES && (low < 0 || hasNoGap || distinct > MANY_VALUES || stepOf(numbers) > 1))
    return value(words(distinct, "ordered integers", "순서가 있는 정수"));
  if (distinct > FEW_CLASSES && rows < ROWS_A_CLASS * distinct) return value(words(distinct, "integers that hardly repeat", "거의 되풀이되지 않는 정수"));
  if (2 * distinct > rows) return value(words(distinct, "whole numbers that hardly repeat", "거의 되풀이되지 않는 정수"));
  return classes(words(distinct, "integers with gaps between them", "사이가 빈 정수"));
}

function words(distinct: number, en: string, ko: string): Words {
  return { en: `it holds ${countText(distinct, "en")} different values, ${en}`, ko: `서로 다른 값 ${countText(distinct, "en")}개, ${ko}` };
}

/** The largest number that divides all differences. */
function stepOf(numbers: readonly number[]): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return numbers.slice(1).reduce((step, number, i) => divisor(step, number - at(numbers, i)), 0);
}

/** What the name's noun says: its last word, or the word before "of". An age group is a group; the number of classes is a number. */
function saidByName(name: string): "class" | "quantity" | null {
  const all = wordsOf(name);
  const before = all.indexOf("of");
  const said = (word: string) => (CLASS_WORDS.has(word) ? "class" : QUANTITY_WORDS.has(word) ? "quantity" : null);
  const noun = said(all[before > 0 ? before - 1 : all.length - 1] ?? "");
  if (noun !== null) return noun;
  if (before > 0)
    return (
      all
        .slice(0, before)
        .map(said)
        .find((each) => each !== null) ?? null
    );
  const others = all.map(said);
  return others.includes("class") ? "class" : others.includes("quantity") ? "quantity" : null;
}
