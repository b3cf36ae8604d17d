/**
 * Makes misleading characters visible in text from outside: file names, classes, column headers, names of runs. A bidirectional control makes
 * `photo\u202egpj.exe` look like another file, and other control characters are invisible. A MutationObserver on the whole page replaces them by
 * visible escapes, so that no component can forget to. Typed text and everything sent to the host stay unchanged: only the display changes.
 */
import { visibleText } from "../../shared/kit/visibleText.ts";

/** Tabs and line ends are excluded, because a page shows them as space. */
const MISLEADING = /[[\p{Cc}\p{Bidi_Control}\u2028\u2029]--[\t\n\r]]/gv;
const ATTRIBUTES = ["title", "aria-label", "alt", "placeholder"];

export function keepVisible(root: Node): void {
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes, attributeName } of records) {
      if (type === "attributes" && target instanceof Element && attributeName !== null) mendAttribute(target, attributeName);
      else if (type === "characterData") mendText(target);
      else for (const node of addedNodes) mendTree(node);
    }
  });
  observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  mendTree(root);
}

function mendTree(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node: Node | null = root; node !== null; node = walker.nextNode()) {
    if (node instanceof Element) for (const name of ATTRIBUTES) mendAttribute(node, name);
    else mendText(node);
  }
}

function mendText(node: Node): void {
  if (node.nodeType !== Node.TEXT_NODE || node.parentElement?.closest("textarea, [contenteditable], style") != null) return;
  const shown = mended(node.nodeValue ?? "");
  // Setting the same text would trigger the observer again.
  if (shown !== node.nodeValue) node.nodeValue = shown;
}

function mendAttribute(element: Element, name: string): void {
  const value = element.getAttribute(name);
  if (value === null) return;
  const shown = mended(value);
  if (shown !== value) element.setAttribute(name, shown);
}

function mended(text: string): string {
  return text.replace(MISLEADING, visibleText);
}
