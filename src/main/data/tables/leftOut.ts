/** Which columns of a table are no features although nobody ignores them, and why: the facts say it, and the list of problems. */
import type { DataProblem } from "../../../shared/contract/inspection.ts";
import { quote } from "../../../shared/kit/fault.ts";
import type { LeftOutColumn } from "../../../shared/recipe/facts.ts";
import type { TableColumn } from "../table.ts";
import { isIdentifier } from "./features.ts";
import type { SkippedColumn } from "./loadedTable.ts";
import { rowNameOf } from "./rowNames.ts";
import { identifierProblem } from "./tableProblems.ts";
import type { TableSource } from "./tableSource.ts";

export interface LeftOut {
  /** The columns that are features. */
  readonly features: readonly TableColumn[];
  readonly columns: readonly LeftOutColumn[];
  readonly problems: readonly DataProblem[];
}

/**
 * @param candidates what is neither target nor ignored
 * @param skipped what no table can hold; told where it is ignored too, for then its name is all that is known
 */
export function leaveOut(candidates: readonly TableColumn[], skipped: readonly SkippedColumn[], source: TableSource, rows: number): LeftOut {
  // A shape counts all columns.
  const judged = source.sampleShape === undefined ? candidates.filter(({ name }) => source.kinds?.[name] === undefined) : [];
  let found = judged.flatMap((column) => {
    const reason = reasonOf(column, rows);
    return reason === null ? [] : [{ column, reason }];
  });
  // Where nothing else is left, what the rows are counted by is what the target is to be told by: days, sizes, steps in their order.
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

/** Whether a column says nothing of the rows but which row it is. */
export function namesRows(column: TableColumn): boolean {
  return isIdentifier(column) || rowNameOf(column) !== null;
}

function reasonOf(column: TableColumn, rows: number): LeftOutColumn["reason"] | null {
  if (isIdentifier(column)) return { en: "Its text differs in nearly every row: it names the rows.", ko: "거의 모든 행에서 값이 달라 행의 이름으로 보입니다." };
  const name = rowNameOf(column);
  if (name === null) return null;
  if (name.kind === "names")
    return {
      en: `It is called an identifier and holds another whole number in each of the ${rows.toLocaleString("en")} rows.`,
      ko: `이름이 식별자이고 ${rows.toLocaleString("en")}개 행마다 다른 정수가 들어 있습니다.`,
    };
  const start = [0, 1, 2].map((step) => step + name.first).join(", ");
  return { en: `It counts the rows: ${start}, …`, ko: `행을 세는 번호입니다: ${start}, …` };
}

function nestedReason(holds: string): LeftOutColumn["reason"] {
  return { en: `It holds ${holds}, of which no feature can be made.`, ko: `목록이나 구조(${holds})가 들어 있어 특성으로 쓸 수 없습니다.` };
}

function nestedProblem({ name, holds }: SkippedColumn): DataProblem {
  return {
    kind: "note",
    severity: "info",
    title: `Column ${quote(name)} holds ${holds} and is no feature`,
    remedy: "Write what matters of it as columns of single values.",
    total: 1,
    items: [{ sample: null, place: `column ${quote(name)}`, detail: holds }],
  };
}
