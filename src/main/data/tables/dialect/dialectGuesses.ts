/** Guesses about a text table that could be read differently: header row, units, totals; with the settings that change them. */
import { quote } from "../../../../shared/kit/fault.ts";
import type { Words } from "../../../../shared/kit/words.ts";
import type { Guess, GuessAlternative } from "../../../../shared/recipe/guess.ts";
import { columnName, type Dialect, type DialectFields } from "./dialect.ts";
import type { FileDialect } from "./fileDialect.ts";

/** A source's settings for reading a text table, and the roles of its columns. */
export interface CsvRoles extends DialectFields, Partial<Record<"kinds" | "missing" | "dates" | "decimals", Readonly<Record<string, unknown>> | undefined>> {
  readonly target?: string | undefined;
  readonly ignore?: readonly string[] | undefined;
}

/** @param names column names as read */
export function dialectGuesses({ dialect, end }: FileDialect, names: readonly string[], source: CsvRoles): readonly Guess[] {
  const { judgement, units } = dialect;
  const found: Guess[] = [];
  if (!judgement.isSet && (judgement.isClose || !judgement.isRead || judgement.rowNames === "guessed")) found.push(headerGuess(dialect, names, source));
  if (units !== null && source.units === undefined)
    found.push({
      field: "units",
      said: {
        en: `Line ${units.line} holds units (${quote(units.text.trim())}), not a row, and is left out.`,
        ko: `${units.line}번째 줄은 데이터가 아니라 단위(${quote(units.text.trim())})로 보여 제외했습니다.`,
      },
      instead: [{ label: { en: "It is a row", ko: "데이터 행임" }, set: { units: false } }],
    });
  if (end.hasTotal && source.skipEnd === undefined) {
    const last = quote(end.lines.at(-1)?.trim());
    found.push({
      field: "skipEnd",
      said: {
        en:
          end.lines.length === 1
            ? `The last line (${last}) holds totals of the rows above and is left out.`
            : `The last ${end.lines.length} lines (up to ${last}) are notes or totals and are left out.`,
        ko:
          end.lines.length === 1
            ? `마지막 줄(${last})은 위 행들의 합계로 보여 제외했습니다.`
            : `마지막 ${end.lines.length}줄(${last}까지)은 주석이나 합계로 보여 제외했습니다.`,
      },
      instead: end.lines.length === 1 ? [{ label: { en: "It is a row", ko: "데이터 행임" }, set: { skipEnd: 0 } }] : [],
    });
  }
  return found;
}

function headerGuess({ judgement }: Dialect, names: readonly string[], source: CsvRoles): Guess {
  const { isRead, otherNames, line, rowNames } = judgement;
  if (rowNames === "guessed" && isRead) return rowNamesGuess(judgement, names, source);
  const alternative = otherNames === null ? null : rolesUnder(names, otherNames, source);
  const label = isRead ? { en: "It is a row of data", ko: "데이터 행임" } : { en: "It is the header row", ko: "머리글임" };
  const instead: readonly GuessAlternative[] = alternative === null ? [] : [{ label, set: { header: !isRead, ...alternative } }];
  return { field: "header", said: saidOf(judgement, line, names.length), instead };
}

function rowNamesGuess({ otherNames, line }: Dialect["judgement"], names: readonly string[], source: CsvRoles): Guess {
  const alternative = otherNames === null ? null : rolesUnder(names, otherNames, source);
  return {
    field: "header",
    said: {
      en: "The header row has one name fewer than the rows have cells: the first cell of every row was treated as its name and left out.",
      ko: "머리글의 이름이 각 행의 칸보다 하나 적어, 행마다 첫 칸을 행 이름으로 보고 제외했습니다.",
    },
    instead:
      alternative === null
        ? []
        : [
            {
              label: { en: "Leave the header out and number the columns", ko: "머리글을 빼고 열에 번호 붙이기" },
              set: { header: false, skip: line, ...alternative },
            },
          ],
  };
}

function saidOf({ isRead, isHeader, isClose, why }: Dialect["judgement"], line: number, count: number): Words {
  const [en, ko] = line === 1 ? ["The first line", "첫 줄"] : [`Line ${line}`, `${line}번째 줄`];
  const called = `"${columnName(0)}"${count > 1 ? ` to "${columnName(count - 1)}"` : ""}`;
  const calledKo = `"${columnName(0)}"${count > 1 ? `부터 "${columnName(count - 1)}"까지` : ""}`;
  if (!isRead)
    return {
      en: `${en} holds data, not names: ${isHeader ? "the recipe names the columns by position" : isClose ? "most of its cells are like those below" : "its cells are like those below"}. The columns are called ${called}.`,
      ko: `${ko}은 이름이 아니라 데이터입니다. ${isHeader ? "열을 위치로 골랐습니다" : "칸의 값이 아래 줄들과 같은 종류입니다"}. 열 이름은 ${calledKo} 붙였습니다.`,
    };
  const reasons: Record<typeof why, Words> = {
    names: { en: "most of its cells differ in kind from those below", ko: "칸의 값 대부분이 아래 줄들과 다른 종류입니다" },
    sequence: { en: "its numbers are consecutive, like column names", ko: "숫자가 열 이름처럼 차례로 이어집니다" },
    unclear: { en: "it is text like the lines below, and most files have a header row", ko: "아래 줄들처럼 글자이지만, 대개는 첫 줄이 머리글입니다" },
    likeBelow: { en: "the recipe uses these names", ko: "이 이름들로 열을 골랐습니다" },
  };
  return { en: `${en} was read as the column names: ${reasons[why].en}.`, ko: `${ko}을 열 이름으로 읽었습니다. ${reasons[why].ko}.` };
}

/** The roles of the same columns under the names of the other reading; null if a column has none. */
function rolesUnder(names: readonly string[], others: readonly string[], source: CsvRoles): Record<string, unknown> | null {
  const { target, ignore } = source;
  const renamed = (name: string) => others[names.indexOf(name)] ?? "";
  const roles = {
    ...(target === undefined ? {} : { target: renamed(target) }),
    ...(ignore === undefined ? {} : { ignore: ignore.map(renamed) }),
  };
  const byColumn = (["kinds", "missing", "dates", "decimals"] as const).flatMap((field) => {
    const values = source[field];
    return values === undefined ? [] : [[field, Object.fromEntries(Object.entries(values).map(([name, value]) => [renamed(name), value]))] as const];
  });
  const used = [roles.target ?? "-", ...(roles.ignore ?? []), ...byColumn.flatMap(([, values]) => Object.keys(values))];
  return used.includes("") ? null : { ...roles, ...Object.fromEntries(byColumn) };
}
