/** The draft with its undo, and the form around the fields, in English. */
export const formEn = {
  undo: "Undo",
  undoTitle: "Undo the last change of the draft (Ctrl+Z)",
  redo: "Redo",
  redoTitle: "Redo what was undone (Ctrl+Shift+Z)",
  undone: "Undone: {{place}}",
  redone: "Redone: {{place}}",
  wholeRecipe: "the whole recipe",
  jsonText: "the JSON text",
  replaced: "Another recipe is in the form",
  replacedText: "Your former draft is kept: Undo brings it back.",
  unread: "An earlier draft could not be read",
  unreadText: "A later version of Descent wrote it, or it is damaged. Its text is kept here until you discard it.",
  unreadCopy: "Copy its text",
  unreadCopied: "Copied",
  unreadDiscard: "Discard",
};
