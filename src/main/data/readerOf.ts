/** Finds the reader of a format by name. Loaded when first needed, because most sessions use one or two formats. */
import { internal } from "../../shared/kit/fault.ts";
import type { TableFormatName } from "../../shared/recipe/formats/index.ts";
import type { FileSource } from "../../shared/recipe/sources.ts";
import type { Reader } from "./readers/reader.ts";

/** The reader of a source's format. tests/data/readers.test.ts checks that every format has one. */
export async function readerOf({ type }: Pick<FileSource, "type">): Promise<Reader> {
  const { reader } = (await import(`./readers/${type}.ts`)) as { readonly reader: Reader };
  return reader;
}

/** The function that reads a file of this format as a table. */
export async function tableLoader(type: TableFormatName): Promise<NonNullable<Reader["table"]>> {
  const { table } = await readerOf({ type });
  if (table === undefined) throw internal(`${type} holds tables, and its reader reads none`);
  return table;
}
