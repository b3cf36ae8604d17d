/** The command line prints English: a text in both languages, anywhere in a value, becomes what it says in English. */
export function inEnglish(value: object): object {
  if (Array.isArray(value)) return value.map(partInEnglish);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, partInEnglish(part)]));
}

function partInEnglish(part: unknown): unknown {
  if (typeof part !== "object" || part === null) return part;
  return "en" in part && "ko" in part ? part.en : inEnglish(part);
}
