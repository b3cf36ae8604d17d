/** Every sentence about a problem exists in Korean (shared/kit/say.ts), and none is written in English only. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { korean } from "../src/shared/kit/korean/index.ts";
import { plural, say } from "../src/shared/kit/say.ts";

const ROOT = path.join(import.meta.dirname, "..");
/** Not yet in both languages. */
const PENDING = ["src/main/", "src/shared/tuning/", "src/shared/catalog/samplers/"];
/** Within those, what is. */
const DONE = ["src/main/data/inspect/"];

const sources = readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .map((file) => path.join("src", file))
  .filter((file) => /\.tsx?$/.test(file))
  .toSorted();
const parsed = sources.map((file) => parse(file, readFileSync(path.join(ROOT, file), "utf8")));
/** The words of the window itself have tables of their own. */
const isSentence = ({ fileName }: ts.SourceFile) => !fileName.startsWith("src/renderer/i18n/");
const tables = parsed.filter(({ fileName }) => /^src\/shared\/kit\/korean\/(?!index)/.test(fileName));

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
}

function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function everyNode(source: ts.SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return nodes;
}

/** The templates of `say` in a file, as keys of the tables. An inflected English word is in the key, in its form for several. */
function keysIn(source: ts.SourceFile): readonly { readonly key: string; readonly place: string }[] {
  return everyNode(source).flatMap((node) => {
    if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== "say") return [];
    const { template } = node;
    if (ts.isNoSubstitutionTemplateLiteral(template)) return [{ key: template.text, place: placeOf(node) }];
    let holes = 0;
    const parts = template.templateSpans.map(({ expression, literal }) => (severalOf(expression) ?? `{${holes++}}`) + literal.text);
    return [{ key: template.head.text + parts.join(""), place: placeOf(node) }];
  });
}

function severalOf(expression: ts.Expression): string | null {
  if (!ts.isCallExpression(expression) || expression.expression.getText() !== "plural") return null;
  const several = expression.arguments[2];
  return several !== undefined && ts.isStringLiteral(several) ? several.text : "(not a literal)";
}

/** The rows of the tables, with those that occur twice. */
const rows = tables.flatMap((table) =>
  everyNode(table).flatMap((node) => {
    if (!ts.isPropertyAssignment(node) || !ts.isStringLiteral(node.initializer)) return [];
    return [{ key: ts.isStringLiteral(node.name) ? node.name.text : node.name.getText(), place: placeOf(node) }];
  }),
);

const holesOf = (text: string) => [...new Set([...text.matchAll(/\{(\d+)/g)].map(([, index]) => index))].toSorted();

/** What is wrong with a row: holes that do not agree, particles that no hole carries, a sentence without Korean. */
function faultsOf(key: string, text: string): readonly string[] {
  const holes = holesOf(key).join() === holesOf(text).join() ? [] : [`${key}: other holes in ${text}`];
  const plain = text.replace(/\{\d+(?:\|(?:은|이|을|과|으로|이어야|이라|이며))?\}/g, "");
  const left = /\{\d|\|/.test(plain) || /[)\]"]\((?:를|가|는|와)\)/.test(plain) ? [`${key}: a particle that no hole carries in ${text}`] : [];
  return [...holes, ...left, ...(/[가-힣]/.test(text) || !/[a-z]/i.test(key.replace(/\{\d+\}/g, "")) ? [] : [`${key}: no Korean in ${text}`])];
}

const POSITIONS = new Set(["expected", "received", "remedy", "title", "detail"]);
/** Functions that make a problem, with the position of their first sentence. */
const MAKERS: Readonly<Record<string, number>> = { fail: 2, LayerMisfit: 1, refuse: 1, usage: 1 };

/** English text outside of `say` where a problem has its sentences. */
function englishIn(source: ts.SourceFile): readonly string[] {
  return everyNode(source)
    .flatMap((node) => {
      if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.parent) && isProblem(node.parent) && POSITIONS.has(node.name.getText()))
        return plainIn(node.initializer);
      if (ts.isVariableDeclaration(node) && node.initializer !== undefined && /^(?:expected|received|remedy)$/.test(node.name.getText()))
        return plainIn(node.initializer);
      if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && Object.hasOwn(MAKERS, node.expression.getText()))
        return (node.arguments ?? []).slice(MAKERS[node.expression.getText()]).flatMap(plainIn);
      if (ts.isCallExpression(node) && /\.add$/.test(node.expression.getText())) return node.arguments.slice(1).flatMap(plainIn);
      return [];
    })
    .map((node) => `${placeOf(node)}: ${node.getText()}`);
}

function isProblem({ properties }: ts.ObjectLiteralExpression): boolean {
  const names = properties.flatMap(({ name }) => (name === undefined ? [] : [name.getText()]));
  return names.includes("remedy") || (names.includes("place") && (names.includes("received") || names.includes("detail")));
}

/** The plain strings among the values that an expression can have. */
function plainIn(node: ts.Node): readonly ts.Node[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return isEnglish(node.text) ? [node] : [];
  if (ts.isTemplateExpression(node))
    return isEnglish([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("0"))
      ? [node]
      : node.templateSpans.flatMap(({ expression }) => plainIn(expression));
  if (ts.isTaggedTemplateExpression(node))
    return ts.isTemplateExpression(node.template) ? node.template.templateSpans.flatMap(({ expression }) => plainIn(expression)) : [];
  if (ts.isConditionalExpression(node)) return [...plainIn(node.whenTrue), ...plainIn(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return plainIn(node.expression);
  if (ts.isArrowFunction(node)) return (ts.isBlock(node.body) ? returned(node.body) : [node.body]).flatMap(plainIn);
  return ts.isBinaryExpression(node) ? [...plainIn(node.left), ...plainIn(node.right)] : [];
}

/** What a function returns, at once or behind an `if`. */
function returned({ statements }: ts.Block): readonly ts.Expression[] {
  return statements.flatMap((each) => {
    const last = ts.isIfStatement(each) ? each.thenStatement : each;
    return ts.isReturnStatement(last) && last.expression !== undefined ? [last.expression] : [];
  });
}

/** Whether a text has a lower-case English word outside of quotes. Paths of fields (`data.split`) and JSON's own words are the same in every language. */
function isEnglish(text: string): boolean {
  const words = text.replace(/"[^"]*"/g, "").match(/(?<![\w.])[a-z]{2,}(?!\w|\.\w|\()/g) ?? [];
  return words.some((word) => !["true", "false", "null"].includes(word));
}

const isWithin = (file: string, folders: readonly string[]) => folders.some((folder) => file.startsWith(folder));
const isPending = (file: string) => isWithin(file, PENDING) && !isWithin(file, DONE);

describe("sentences about problems", () => {
  it("have Korean", () => {
    const missing = parsed.flatMap((source) => keysIn(source).filter(({ key }) => !Object.hasOwn(korean, key)));
    expect(missing.map(({ key, place }) => `${place}: ${key}`)).toEqual([]);
  });

  it("are all used, once in the tables, with the holes of the English", () => {
    const used = new Set(parsed.flatMap(keysIn).map(({ key }) => key));
    const faults = rows.flatMap(({ key, place }, index) => [
      ...(used.has(key) ? [] : [`${place}: nothing says ${key}`]),
      ...(rows.findIndex((row) => row.key === key) < index ? [`${place}: ${key} is in the tables twice`] : []),
      ...faultsOf(key, korean[key] ?? ""),
    ]);
    expect(faults).toEqual([]);
    expect(rows).toHaveLength(Object.keys(korean).length);
  });

  it("are nowhere in English only", () => {
    expect(parsed.filter((source) => isSentence(source) && !isPending(source.fileName)).flatMap(englishIn)).toEqual([]);
  });

  it("are missed where planted", () => {
    const planted = parse(
      "planted.ts",
      `fail('input', place, \`must be \${n} samples\`, quote(x), say\`Planted and without Korean.\`);
      const problem = { place, expected: say\`must be \${a ? 'one thing' : quote(b)}\`, received: c ?? 'nothing here', remedy: 'Remove it.', title: '"on"' };
      list.add(row, () => 'nothing else');
      list.add(row, () => { if (a) return 'far from all'; return b; });`,
    );
    expect(englishIn(planted).map((each) => each.slice("planted.ts:".length))).toEqual([
      `1: \`must be \${n} samples\``,
      "2: 'one thing'",
      "2: 'nothing here'",
      "2: 'Remove it.'",
      "3: 'nothing else'",
      "4: 'far from all'",
    ]);
    expect(keysIn(planted).map(({ key }) => [key, Object.hasOwn(korean, key)])).toEqual([
      ["Planted and without Korean.", false],
      ["must be {0}", true],
    ]);
    expect(faultsOf("{0} of {1} rows", "{0|을} 행")).toEqual(["{0} of {1} rows: other holes in {0|을} 행"]);
    expect(faultsOf("Remove {0}.", "{0}|을 빼세요.")).toHaveLength(1);
    expect(faultsOf("Remove it.", "Remove it.")).toHaveLength(1);
  });
});

describe("say", () => {
  it("fills both languages, with the words of each", () => {
    expect(say`Did you mean ${'"a"'}?`).toEqual({ en: 'Did you mean "a"?', ko: '"a"을(를) 쓰려던 것인가요?' });
    expect(say`needs at least two classes: ${say`a comparison`} over one class is always certain`.ko).toContain("비교는 언제나");
  });

  it("chooses the particle by the last sound, and the English word by the number", () => {
    expect([1, 2, 3].map((n) => say`Use ${n}.`.ko)).toEqual(["1을 쓰세요.", "2를 쓰세요.", "3을 쓰세요."]);
    expect([say`Write ${7} without the quotes.`, say`Write ${9} without the quotes.`].map(({ ko }) => ko)).toEqual([
      "따옴표 없이 7이라 적으세요.",
      "따옴표 없이 9라 적으세요.",
    ]);
    expect([1, 2].map((n) => say`${n} ${plural(n, "class", "classes")}`)).toEqual([
      { en: "1 class", ko: "클래스 1개" },
      { en: "2 classes", ko: "클래스 2개" },
    ]);
  });
});
