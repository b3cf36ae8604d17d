/** The draft: its undo, and what is read back of an earlier visit. */
import { describe, expect, it } from "vitest";
import { type Content, type History, MOST_STEPS, noHistory, PAUSE_MS, recorded, redone, undone } from "../../src/renderer/draft/history.ts";
import { type Kept, readDraft, readHistory, writeDraft, writeHistory } from "../../src/renderer/draft/kept.ts";
import { directionOf } from "../../src/renderer/draft/undoKeys.ts";
import { jsonExcerpt, readJson } from "../../src/renderer/forms/jsonPlace.ts";

const content = (recipe: unknown): Content => ({ recipe, text: null, syntaxError: null, edited: true });

/** A draft that is edited and undone without a window. */
class Editor {
  history: History = noHistory;
  present = content(0);

  set(recipe: unknown, place = "seed", typedAt: number | null = null): void {
    this.history = recorded(this.history, this.present, place, typedAt);
    this.present = content(recipe);
  }

  move(step: typeof undone): string | null {
    const moved = step(this.history, this.present);
    if (moved !== null) [this.history, this.present] = [moved.history, moved.content];
    return moved?.place ?? null;
  }
}

describe("undo of a draft", () => {
  it("goes back step by step and forward again, and says where", () => {
    const editor = new Editor();
    editor.set(1, "seed");
    editor.set(2, "batch.size");
    editor.set(3, "");
    expect([editor.move(undone), editor.present.recipe]).toEqual(["", 2]);
    expect([editor.move(undone), editor.present.recipe]).toEqual(["batch.size", 1]);
    expect([editor.move(redone), editor.present.recipe]).toEqual(["batch.size", 2]);
    expect([editor.move(undone), editor.move(undone), editor.move(undone)]).toEqual(["batch.size", "seed", null]);
    expect(editor.present.recipe).toBe(0);
    expect([editor.move(redone), editor.move(redone), editor.move(redone), editor.move(redone)]).toEqual(["seed", "batch.size", "", null]);
    expect(editor.present.recipe).toBe(3);
  });

  it("forgets what was undone as soon as something else is changed", () => {
    const editor = new Editor();
    editor.set(1);
    editor.move(undone);
    editor.set(2);
    expect(editor.move(redone)).toBeNull();
    editor.move(undone);
    expect(editor.present.recipe).toBe(0);
  });

  it("takes typing into one field as one step, until a pause, another field or an undo", () => {
    const editor = new Editor();
    for (let i = 0; i < 5; i++) editor.set(`0.00${i}`, "optimizer.lr", 100 * i);
    editor.set("later", "optimizer.lr", 400 + PAUSE_MS);
    editor.set("elsewhere", "seed", 401 + PAUSE_MS);
    expect(editor.history.past.map((step) => step.content.recipe)).toEqual([0, "0.004", "later"]);
    editor.move(undone);
    editor.set("typed on", "optimizer.lr", 402 + PAUSE_MS);
    editor.move(undone);
    expect(editor.present.recipe).toBe("later");
  });

  it("takes switches and lists one by one however fast they are", () => {
    const editor = new Editor();
    editor.set(true, "batch.dropLast");
    editor.set(false, "batch.dropLast");
    editor.move(undone);
    expect(editor.present.recipe).toBe(true);
  });

  it("remembers at least a hundred steps, and not without end", () => {
    const editor = new Editor();
    for (let i = 1; i <= MOST_STEPS + 50; i++) editor.set(i);
    let steps = 0;
    while (editor.move(undone) !== null) steps++;
    expect(steps).toBe(MOST_STEPS);
    expect(steps).toBeGreaterThanOrEqual(100);
    expect(editor.present.recipe).toBe(50);
  });

  it("has the usual keys, by letter or by place where the keyboard writes no Latin letters", () => {
    const none = { key: "z", code: "KeyZ", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
    expect(directionOf(none)).toBeNull();
    expect(directionOf({ ...none, ctrlKey: true })).toBe("undo");
    expect(directionOf({ ...none, metaKey: true })).toBe("undo");
    expect(directionOf({ ...none, ctrlKey: true, shiftKey: true, key: "Z" })).toBe("redo");
    expect(directionOf({ ...none, ctrlKey: true, key: "y", code: "KeyY" })).toBe("redo");
    // A German keyboard has Z where others have Y; a Korean one writes ㅋ.
    expect(directionOf({ ...none, ctrlKey: true, key: "z", code: "KeyY" })).toBe("undo");
    expect(directionOf({ ...none, ctrlKey: true, key: "ㅋ" })).toBe("undo");
    expect(directionOf({ ...none, ctrlKey: true, altKey: true })).toBeNull();
    expect(directionOf({ ...none, ctrlKey: true, key: "a", code: "KeyZ" })).toBeNull();
  });
});

describe("a draft of an earlier visit", () => {
  const kept: Kept = { recipe: { name: "a" }, text: null, syntaxError: null, edited: true, showing: "draft" };

  it("is read back as it was, with the place of a slip in its text", () => {
    expect(readDraft(writeDraft(kept))).toEqual({ kept, unread: null });
    const slip = { ...kept, text: '{\n "a": x }', syntaxError: { line: 2, column: 7, found: '"x"' } };
    expect(readDraft(writeDraft(slip)).kept).toEqual(slip);
    expect(readDraft(null)).toMatchObject({ kept: { recipe: null, edited: false }, unread: null });
  });

  it("is understood as versions before wrote it", () => {
    const stored = JSON.stringify({ state: { recipe: { name: "a" }, text: null, syntaxError: null, showing: "run" }, version: 0 });
    expect(readDraft(stored)).toEqual({ kept: { ...kept, showing: "run" }, unread: null });
  });

  it.each([
    ["a later version", JSON.stringify({ version: 99, tabs: [{ recipe: { name: "a" } }] })],
    ["half a text", writeDraft(kept).slice(0, -9)],
    ["something else", "7"],
    ["another showing", writeDraft(kept).replace('"showing":"draft"', '"showing":"both"')],
  ])("is kept as text where it is %s", (_, stored) => {
    expect(readDraft(stored)).toMatchObject({ kept: { recipe: null }, unread: stored });
  });

  it("has its undo again, and none of another draft", () => {
    const history: History = {
      past: [{ content: content({ name: "b" }), place: "name" }],
      future: [{ content: content({ name: "c" }), place: "name" }],
      typing: null,
    };
    const stored = writeHistory(history, kept);
    expect(readHistory(stored, kept)).toEqual(history);
    expect(readHistory(stored, { ...kept, recipe: { name: "other" } })).toEqual(noHistory);
    for (const bad of [null, "", "{}", stored.slice(0, -3)]) expect(readHistory(bad, kept)).toEqual(noHistory);
  });
});

describe("a slip in JSON", () => {
  it("is shown with its line and a caret below the character", () => {
    const text = '{\n  "seed": nul,\n  "name": "a"\n}';
    const read = readJson(text);
    if (!("error" in read)) throw new Error("is no JSON");
    expect(read.error).toEqual({ line: 2, column: 11, found: '"n"' });
    expect(jsonExcerpt(text, read.error)).toEqual({ line: '  "seed": nul,', caret: "          ^" });
  });

  it("is cut out of a long line", () => {
    const text = `{"a": "${"x".repeat(200)}", b: 1, "c": "${"y".repeat(200)}"}`;
    const read = readJson(text);
    if (!("error" in read)) throw new Error("is no JSON");
    const { line, caret } = jsonExcerpt(text, read.error);
    expect(line.length).toBeLessThan(64);
    expect(line[caret.length - 1]).toBe("b");
  });
});
