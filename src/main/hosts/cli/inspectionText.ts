/** Formats an inspection for the terminal: facts, classes as bars, columns as a table, problems with their first items. */
import type { ColumnSummary, DataProblem, Inspection, NumberSummary } from "../../../shared/contract/inspection.ts";
import { inLanguage, type Text } from "../../../shared/kit/words.ts";
import type { Guess } from "../../../shared/recipe/guess.ts";
import { timeFigure } from "../../../shared/text/dates.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { coefficientText, countText, figureText, percentOf } from "../../../shared/text/numbers.ts";
import { shapeText } from "../../../shared/text/shapes.ts";
import { sizeText } from "../../../shared/text/sizes.ts";
import { type Column, pairLines, tableLines } from "./table.ts";
import { shellWord } from "./text.ts";

const BAR = 30;
/** At most this many of each are shown; --json and the CSV contain more. */
const MAX_CLASSES = 50;
const MAX_COLUMNS = 200;
const MAX_ITEMS = 5;
const MAX_PAIRS = 5;
/** Symbols of the measures. */
const SIGNS: Readonly<Record<Inspection["associations"][number]["measure"], string>> = { etaSquared: "η²", cramersV: "V" };
const BLOCKS = "▁▂▃▄▅▆▇█";
const MAX_BLOCKS = 20;

export function inspectionLines(inspection: Inspection): readonly string[] {
  const { channels, columns, values, facts } = inspection;
  const isTable = columns.length > 0;
  return [
    ...pairLines(factPairs(inspection)),
    ...section("", guessLines(facts.guesses ?? [])),
    ...section("", targetLines(inspection)),
    ...(isTable ? section("", columnLines(columns)) : section("", numbersTable(channelRows(values, channels)))),
    ...section("", relationLines(inspection)),
    ...section("", inspection.problems.length === 0 ? [`No problems found in ${countText(facts.length, "en")} samples.`] : problemLines(inspection.problems)),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function factPairs({ facts, kind, bytes, projection, seconds, samplesSeen, sizes }: Inspection): readonly (readonly [string, string])[] {
  const [size, ...others] = sizes;
  return [
    ["name", facts.name],
    ["kind", kind],
    ["samples", [countText(facts.length, "en"), ...givenTexts(facts)].join(", ")],
    ["shape", `${shapeText(facts.sampleShape)} ${facts.elementType}`],
    ...(size === undefined
      ? []
      : [
          [
            "sizes",
            `${shapeText([size.height, size.width, size.channels])}, ${countText(size.count, "en")} times${others.length === 0 ? "" : `, and ${countText(others.length, "en")} other ${others.length === 1 ? "size" : "sizes"}`}`,
          ] as const,
        ]),
    ...(bytes === null ? [] : [["files", sizeText(bytes)] as const]),
    ...(projection === null ? [] : [["components", `the first two explain ${projection.explained.map(percentOf).join(" and ")} of the variance`] as const]),
    ["looked at", `${countText(samplesSeen, "en")} samples in ${durationText(1000 * seconds)}`],
  ];
}

/** The most strongly related pairs of columns: those with the target first. */
function relationLines({ associations, correlations, columns }: Inspection): readonly string[] {
  const targets = new Set(columns.flatMap(({ name, role }) => (role === "target" ? [name] : [])));
  const straight = (correlations?.names ?? []).flatMap((name, i) =>
    (correlations?.names ?? []).slice(0, i).flatMap((other, j) => {
      const value = correlations?.matrix[i]?.[j] ?? null;
      return value === null ? [] : [{ pair: [other, name], value, sign: "r", withTarget: targets.has(name) || targets.has(other) }];
    }),
  );
  const others = associations.map(({ columns: pair, measure, value, withTarget }) => ({ pair, value, sign: SIGNS[measure], withTarget }));
  const ranked = [...straight, ...others].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const lines = (title: string, withTarget: boolean) => {
    const found = ranked.filter((each) => each.withTarget === withTarget).slice(0, MAX_PAIRS);
    return found.length === 0 ? [] : [title, ...found.map(({ pair, value, sign }) => `  ${pair.join(" × ")}: ${sign} ${coefficientText(value)}`)];
  };
  return [...lines("strongest with the target (r Pearson, η² correlation ratio, V Cramér):", true), ...lines("strongest among the features:", false)];
}

/** What was judged, and how to say it otherwise. */
export function guessLines(guesses: readonly Guess[]): readonly string[] {
  return guesses.flatMap(({ said, instead }) => [
    said.en,
    ...instead.map(
      ({ label, set }) =>
        `    ${label.en}: ${Object.entries(set)
          .map(([field, value]) => `--set ${shellWord(`${field}=${value === null ? "null" : typeof value === "string" ? value : JSON.stringify(value)}`)}`)
          .join(" ")}`,
    ),
  ]);
}

/** The parts that the source names. */
function givenTexts({ givenTest, givenValidation = 0 }: Inspection["facts"]): readonly string[] {
  const texts = [
    ...(givenValidation === 0 ? [] : [`${countText(givenValidation, "en")} a validation part of their own`]),
    ...(givenTest === 0 ? [] : [`the last ${countText(givenTest, "en")} a test part of their own`]),
  ];
  return texts.length === 0 ? [] : [`of them ${texts.join(" and ")}`];
}

function targetLines({ target, facts }: Inspection): readonly string[] {
  if (target.kind === "regression") return numbersTable(target.values.map(({ name, numbers }) => ({ name: `target ${name}`, numbers })));
  const most = target.classes.reduce((largest, { count }) => Math.max(largest, count), 1);
  const lines = tableLines(target.classes.slice(0, MAX_CLASSES), [
    { title: "class", cell: ({ name }) => name },
    { title: "samples", align: "right", cell: ({ count }) => countText(count, "en") },
    { title: "share", align: "right", cell: ({ count }) => percentOf(count / Math.max(1, facts.length)) },
    { title: "", cell: ({ count }) => "█".repeat(count === 0 ? 0 : Math.max(1, Math.round((BAR * count) / most))) },
  ]);
  const entropy = `entropy ${figureText(target.entropy, "en")} bits of at most ${figureText(Math.log2(Math.max(1, target.classes.length)), "en")}`;
  return [...lines, ...rest(target.classes.length - MAX_CLASSES, "classes"), entropy];
}

interface NumbersRow {
  readonly name: string;
  readonly numbers: NumberSummary;
}

function channelRows(values: NumberSummary, channels: readonly NumberSummary[]): readonly NumbersRow[] {
  const rows = channels.length < 2 ? [] : channels.map((numbers, channel) => ({ name: `channel ${channel}`, numbers }));
  return [...rows, { name: "all values", numbers: values }];
}

function numbersTable(rows: readonly NumbersRow[]): readonly string[] {
  return tableLines(rows, [{ title: "values", cell: ({ name }) => name }, ...numberColumns<NumbersRow>(({ numbers }) => numbers)]);
}

function columnLines(columns: readonly ColumnSummary[]): readonly string[] {
  const shown = columns.slice(0, MAX_COLUMNS);
  const numbersOf = (column: ColumnSummary) => (column.kind === "categorical" ? null : column.numbers);
  const lines = tableLines(shown, [
    { title: "column", cell: ({ name }) => name },
    { title: "role", cell: ({ role }) => role },
    { title: "kind", cell: ({ kind }) => kind },
    { title: "missing", align: "right", cell: (column) => countText(column.kind === "categorical" ? column.missing : column.numbers.missing, "en") },
    { title: "distinct", align: "right", cell: (column) => figureText(column.kind === "categorical" ? column.distinct : column.numbers.distinct, "en") },
    ...numberColumns<ColumnSummary>(numbersOf, ({ kind }) => kind === "time").slice(2),
  ]);
  const notes = shown.flatMap((column) =>
    column.kind === "categorical" && column.role !== "target"
      ? [
          `${column.name}: ${column.categories
            .slice(0, MAX_ITEMS)
            .map(({ name, count }) => `${name} ${countText(count, "en")}`)
            .join(", ")}${column.distinct > MAX_ITEMS ? " …" : ""}`,
        ]
      : [],
  );
  return [...lines, ...rest(columns.length - MAX_COLUMNS, "columns"), ...section("", notes)];
}

type Figure = "missing" | "distinct" | "mean" | "deviation" | "min" | "q1" | "median" | "q3" | "max";

/**
 * Columns of missing, distinct and the statistics; empty for a row without numbers.
 * @param isTime whether a row's numbers are milliseconds since 1970: then they are shown as dates, and their standard deviation in days
 */
function numberColumns<T>(numbersOf: (row: T) => NumberSummary | null, isTime: (row: T) => boolean = () => false): readonly Column<T>[] {
  const figure = (title: string, field: Figure): Column<T> => ({
    title,
    align: "right",
    cell: (row) => {
      const numbers = numbersOf(row);
      if (numbers === null) return "";
      return isTime(row) ? timeFigure(field, numbers[field], "en") : figureText(numbers[field], "en");
    },
  });
  return [
    figure("missing", "missing"),
    figure("distinct", "distinct"),
    figure("mean", "mean"),
    figure("deviation", "deviation"),
    figure("min", "min"),
    figure("25 %", "q1"),
    figure("median", "median"),
    figure("75 %", "q3"),
    figure("max", "max"),
    { title: "distribution", cell: (row) => sparkline(numbersOf(row)) },
  ];
}

/** The histogram in one line; neighbouring bins are merged if there are many. */
function sparkline(numbers: NumberSummary | null): string {
  const counts = numbers?.histogram?.counts ?? [];
  const width = Math.min(MAX_BLOCKS, counts.length);
  const blocks = Array.from({ length: width }, (_, k) => {
    const [from, to] = [Math.floor((k * counts.length) / width), Math.floor(((k + 1) * counts.length) / width)];
    return counts.slice(from, to).reduce((sum, count) => sum + count, 0) / (to - from);
  });
  const most = Math.max(...blocks, 1);
  return blocks.map((count) => (count === 0 ? " " : (BLOCKS[Math.min(BLOCKS.length - 1, Math.floor((BLOCKS.length * count) / most))] ?? " "))).join("");
}

export function problemLines(problems: readonly DataProblem[]): readonly string[] {
  const said = (text: Text) => inLanguage(text, "en");
  return problems.flatMap(({ severity, title, remedy, items, total }, index) => [
    ...(index === 0 ? [] : [""]),
    `${severity}: ${said(title)}.`,
    ...items.slice(0, MAX_ITEMS).map(({ place, detail }) => `  ${said(place)}: ${said(detail)}`),
    ...(total > MAX_ITEMS ? [`  … and ${countText(total - Math.min(MAX_ITEMS, items.length), "en")} more`] : []),
    `  ${said(remedy)}`,
  ]);
}

function rest(count: number, noun: string): readonly string[] {
  return count > 0 ? [`… and ${countText(count, "en")} more ${noun}`] : [];
}
