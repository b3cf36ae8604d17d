/** CSV by RFC 4180, as rows by their columns' names: independent of the readers of the studio. */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(i + 1) === '"') cell += text.charAt(++i);
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ",") {
      record.push(cell);
      cell = "";
    } else if (character === "\n") {
      records.push([...record, cell]);
      record = [];
      cell = "";
    } else if (character !== "\r") cell += character;
  }
  if (record.length > 0 || cell !== "") records.push([...record, cell]);
  const [names = [], ...rows] = records;
  return rows.map((cells) => {
    if (cells.length !== names.length) throw new Error(`${cells.length} cells under ${names.length} names: ${cells.join("|")}`);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}
