/** Columns that only number or identify the rows: index columns that programs write, and database keys. */
import { at } from "../../../shared/kit/fault.ts";
import type { TableColumn } from "../table.ts";
import { wordsOf } from "./columnWords.ts";

/** From this many rows on, 0, 1, 2, … or 1, 2, 3, … is not a coincidence, whatever the column's name. */
const MANY_ROWS = 20;
/** With fewer rows nothing can be concluded. */
const FEW_ROWS = 3;

/** Complete names of index columns that programs write. */
const INDEX_NAMES = new Set(
  ["index", "idx", "row", "rows", "rowid", "rowname", "rownames", "rownum", "rownumber", "rowno", "obs", "observation", "record", "no", "nr", "num", "sn"]
    .concat(["sno", "seq", "sequence", "serial", "id", "#", "instance", "번호", "순번", "연번", "행", "색인", "인덱스", "nummer", "zeile", "numero", "numéro"])
    .concat(["番号", "编号", "序号", "行", "номер"]),
);
/** What R's read.csv calls a column without a name. */
const NAMELESS_IN_R = "X";
/** Words anywhere in a name that mean identifier. */
const ID_WORDS = new Set(["id", "ids", "uid", "uuid", "guid", "pk", "identifier", "identifiant", "identificador", "kennung", "아이디", "식별자"]);
/** Words at the end of a name that mean identifier: account_number, customer key. */
const ID_ENDINGS = new Set(["key", "no", "nr", "number", "num", "code", "serial", "#", "번호", "nummer", "numero", "numéro", "番号", "编号", "номер"]);
/** Such words written together with others: "customerid", "고객번호". */
const JOINED = /(?:\p{L}{2,}(?:id|uuid)|\p{L}+(?:번호|아이디|番号|编号))$/u;
/** English words that end like an identifier but are not. */
const NO_IDENTIFIER =
  /^(?:amino)?(?:acid|amid|android|arid|asteroid|avid|bid|centroid|ellipsoid|fluid|grid|humid|hybrid|keloid|kid|lipid|liquid|mid|nucleoid|opioid|paid|plaid|rapid|rid|said|solid|squid|steroid|thyroid|typhoid|unpaid|valid|void)$/u;
/** Names of quantities that may legitimately be consecutive: times, places, steps, and single letters of formulas. */
const ORDERED =
  /^(?:\p{L}|time|times|timestep|step|steps|second|seconds|minute|minutes|hour|hours|day|days|date|week|weeks|month|months|quarter|year|years|epoch|iteration|age|position|distance|depth|dose|시간|일|월|년|연도|주|날짜|단계|위치|거리|zeit|tag|monat|jahr|stunde|temps|jour|mois|année|tiempo|día|mes|año)$/u;

/** How a column identifies the rows. */
export type RowName =
  /** By consecutive numbers from 0 or 1. */
  | { readonly kind: "counts"; readonly first: 0 | 1 }
  /** By a different integer in every row. */
  | { readonly kind: "names" };

/**
 * Null for a feature. Numbers that happen to differ in every row stay a feature unless their name says that they are identifiers. For text that differs
 * in every row see features.ts.
 */
export function rowNameOf(column: TableColumn): RowName | null {
  if (column.kind !== "numeric" || column.values.length < FEW_ROWS) return null;
  const first = countsFrom(column.values);
  const words = wordsOf(column.name);
  if (
    first !== null &&
    (column.name === NAMELESS_IN_R ||
      isIndexName(words) ||
      isIdentifierName(words) ||
      (column.values.length >= MANY_ROWS && !words.some((word) => ORDERED.test(word))))
  )
    return { kind: "counts", first };
  return isIdentifierName(words) && areDifferentWholes(column.values) ? { kind: "names" } : null;
}

/** Whether a name says that its column numbers or identifies the rows. */
export function isIdentifierName(words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  if (words.some((word) => ID_WORDS.has(word))) return true;
  if (words.length > 1 && ID_ENDINGS.has(last)) return true;
  return JOINED.test(last) && !NO_IDENTIFIER.test(last);
}

/** `Unnamed: 0` and `Unnamed: 0.1` of pandas, `level_0`, `...1` of readr, `_c0` of Spark, `__index_level_0__` of pandas in Parquet. */
function isIndexName(words: readonly string[]): boolean {
  const [first = "", second] = words;
  if (INDEX_NAMES.has(words.join(""))) return true;
  if (first === "unnamed" || (first === "level" && second !== undefined) || words.includes("index")) return true;
  return words.every((word) => /^(?:\d+|c0|v1|column1|row|number|name|names|no|nr|num)$/u.test(word));
}

function countsFrom(values: Float64Array): 0 | 1 | null {
  const first = at(values, 0);
  if (first !== 0 && first !== 1) return null;
  for (let row = 1; row < values.length; row++) if (values[row] !== first + row) return null;
  return first;
}

function areDifferentWholes(values: Float64Array): boolean {
  if (!values.every(Number.isInteger)) return false;
  const sorted = values.slice().sort();
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) return false;
  return true;
}
