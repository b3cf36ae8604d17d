/** Determines which columns of a table are not features although the source does not ignore them, with the reason. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { quote } from "../../../shared/kit/fault.ts";
import { say } from "../../../shared/kit/say.ts";
import type { Text } from "../../../shared/kit/words.ts";
import type { LeftOutColumn } from "../../../shared/recipe/facts.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { TableColumn } from "../table.ts";
import { isIdentifier } from "./features.ts";
import type { SkippedColumn } from "./loadedTable.ts";
import { rowNameOf } from "./rowNames.ts";
import { identifierProblem } from "./tableProblems.ts";
import type { TableSource } from "./tableSource.ts";

export interface LeftOut {
  /** The columns used as features. */
  readonly features: readonly TableColumn[];
  readonly columns: readonly LeftOutColumn[];
  readonly problems: readonly DataProblem[];
}

/**
 * @param candidates columns that are neither target nor ignored
 * @param skipped columns with values that a table cannot hold; also reported if they are ignored, because only their names are known
 */
export function leaveOut(candidates: readonly TableColumn[], skipped: readonly SkippedColumn[], source: TableSource, rows: number): LeftOut {
  // A sample shape needs all columns.
  const judged = source.sampleShape === undefined ? candidates.filter(({ name }) => source.kinds?.[name] === undefined) : [];
  let found = judged.flatMap((column) => {
    const reason = reasonOf(column, rows);
    return reason === null ? [] : [{ column, reason }];
  });
  // If no other feature remains, a column that counts the rows is used: days, sizes or steps may determine the target.
  if (found.length === candidates.length) found = found.filter(({ column }) => column.kind === "categorical");
  const columns = new Set(found.map(({ column }) => column));
  return {
    features: candidates.filter((column) => !columns.has(column)),
    columns: [
      ...found.map(({ column, reason }): LeftOutColumn => ({ name: column.name, reason, takeIn: column.kind === "categorical" ? "categorical" : "numeric" })),
      ...skipped.map(({ name, holds }): LeftOutColumn => ({ name, reason: nestedReason(holds), takeIn: null })),
    ],
    problems: [
      ...found.map(({ column, reason }) => identifierProblem(column, rows, reason.en)),
      ...skipped.filter(({ name }) => source.ignore?.includes(name) !== true).map(nestedProblem),
    ],
  };
}

/** Whether a column only identifies the rows. */
export function namesRows(column: TableColumn): boolean {
  return isIdentifier(column) || rowNameOf(column) !== null;
}

function reasonOf(column: TableColumn, rows: number): LeftOutColumn["reason"] | null {
  if (isIdentifier(column))
    return { en: "Its text differs in nearly every row, so it is an identifier.", ko: "거의 모든 행에서 값이 달라 행의 이름으로 보입니다." };
  const name = rowNameOf(column);
  if (name === null) return null;
  if (name.kind === "names")
    return {
      en: `Its name says identifier, and it holds a different integer in each of the ${countText(rows, "en")} rows.`,
      ko: `이름이 식별자이고 ${countText(rows, "en")}개 행마다 다른 정수가 들어 있습니다.`,
    };
  const start = [0, 1, 2].map((step) => step + name.first).join(", ");
  return { en: `It numbers the rows: ${start}, …`, ko: `행을 세는 번호입니다: ${start}, …` };
}

function nestedReason(holds: Text): LeftOutColumn["reason"] {
  return say`It holds ${holds}, which cannot be used as a feature.`;
}

function nestedProblem({ name, holds }: SkippedColumn): DataProblem {
  return {
    kind: "note",
    severity: "info",
    title: say`Column ${quote(name)} holds ${holds} and is not used as a feature`,
    remedy: say`Write the relevant parts as columns of single values.`,
    total: 1,
    items: [{ sample: null, place: say`column ${quote(name)}`, detail: holds }],
  };
}
