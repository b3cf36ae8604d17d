/** Small pieces of Markdown, and the comment a source file opens with. */
import { readFileSync } from "node:fs";

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function python(lines: readonly string[]): string {
  return `\`\`\`python\n${lines.map((line) => line.trim()).join("\n\n\n")}\n\`\`\``;
}

/** A value as it is written in a recipe. */
export function literal(value: unknown): string {
  return code(JSON.stringify(value));
}

/** Blocks of a page with an empty line between them; what has nothing to say is left out. */
export function blocks(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join("\n\n");
}

/**
 * What a source file says it is, its formula and its source: the comment it opens with, as Markdown; then that of each file whose members it spreads
 * into its definition (`...convolution(2)`), for there is the rest of it.
 */
export function openingComments(file: URL): readonly string[] {
  const source = readFileSync(file, "utf8");
  const [, comment] = /^\/\*\*(.*?)\*\//s.exec(source) ?? [];
  if (comment === undefined) throw new Error(`${file.pathname} does not open with what it is, its formula and its source`);
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  const spread = [...source.matchAll(/^ {2}\.\.\.(\w+)/gm)].flatMap(([, name = ""]) => {
    const from = importedFrom(source, name);
    return from === undefined ? [] : openingComments(new URL(from, file));
  });
  return [...new Set([escaped(lines.join("\n").trim()), ...spread])];
}

/** The file of an entry, by what its folder's index imports: its own name, or that of a function which makes several (`top2Accuracy: topK(2)`). */
export function fileOf(index: URL, entry: string): URL {
  const source = readFileSync(index, "utf8");
  const maker = new RegExp(`^\\s*${entry}: (\\w+)`, "m").exec(source)?.[1] ?? entry;
  const from = importedFrom(source, maker);
  if (from === undefined) throw new Error(`${index.pathname} does not import ${entry}`);
  return new URL(from, index);
}

function importedFrom(source: string, name: string): string | undefined {
  return new RegExp(`^import [^;]*\\b${name}\\b[^;]* from "(\\./[^"]*)";`, "m").exec(source)?.[1];
}

/** Text between backticks is code already; elsewhere signs that Markdown would take for its own are kept. */
function escaped(text: string): string {
  return text
    .replaceAll(/\{@link ([^}]*)\}/g, "`$1`")
    .split("`")
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll(/[*<\\]/g, "\\$&").replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")))
    .join("`");
}
