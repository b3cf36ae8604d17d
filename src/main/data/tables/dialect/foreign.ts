/** Files that are named like text tables but have another format, each with a remedy. */
import { Fault } from "../../../../shared/kit/fault.ts";

interface Foreign {
  readonly what: string;
  readonly remedy: string;
}

const EXPORT = 'Open it and save the sheet as "CSV UTF-8".';

const MAGIC: readonly (readonly [string, Foreign])[] = [
  ["PK\x03\x04", { what: "an Excel workbook (.xlsx) or another zip file", remedy: `${EXPORT} If it is a zip archive, rename it to end in .zip.` }],
  ["\xd0\xcf\x11\xe0", { what: "an Excel workbook (.xls)", remedy: EXPORT }],
  ["PAR1", { what: "a Parquet file", remedy: "Rename it to end in .parquet." }],
  ["ARROW1", { what: "an Arrow file", remedy: "Rename it to end in .arrow." }],
  ["\x89HDF", { what: "an HDF5 file", remedy: "Rename it to end in .h5." }],
  ["\x93NUMPY", { what: "a NumPy array", remedy: "Rename it to end in .npy." }],
  ["SQLite format 3\0", { what: "a SQLite database", remedy: "Export the table as CSV." }],
  ["\x1f\x8b", { what: "a gzip file", remedy: "Rename it to end in .csv.gz." }],
  ["7z\xbc\xaf", { what: "a 7-Zip archive", remedy: "Unpack it." }],
  ["Rar!", { what: "a RAR archive", remedy: "Unpack it." }],
  ["%PDF", { what: "a PDF document", remedy: "Export the table as CSV from the original program." }],
  ["{\\rtf", { what: "a formatted document (RTF)", remedy: "Save it as plain text." }],
];

const TEXTS: readonly (readonly [RegExp, Foreign])[] = [
  [
    /^(?:\s*(?:%.*)?[\r\n]+)*\s*@relation\b/i,
    {
      what: "an ARFF file (Weka)",
      remedy: "Save it as CSV, in Weka with the CSV saver, or save the lines below @data as a file and set data.source.header to false.",
    },
  ],
  [
    /^\s*<(?:!doctype html|html|head|body|table)\b/i,
    { what: "a web page (HTML)", remedy: "Download the file itself, or copy the table into a spreadsheet and save it as CSV." },
  ],
  [/^\s*<(?:\?xml|[a-z][\w:-]*(?:\s[^<>]*)?>)/i, { what: "an XML file", remedy: "Convert its records to CSV." }],
  [/^\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}|$)/, { what: "JSON", remedy: "Rename it to end in .jsonl or .json." }],
  [/^\s*\[\s*(?:[{[\]]|"(?:[^"\\]|\\.)*"\s*[,\]]|-?\d[\d.eE+-]*\s*[,\]]|$)/, { what: "JSON", remedy: "Rename it to end in .jsonl or .json." }],
  [
    /^[-+]?\d[\d.eE+-]*(?:[ \t]+\d+:[-+]?[\d.]+(?:e[-+]?\d+)?)+[ \t]*(?:#.*)?(?=[\r\n]|$)/,
    { what: "a sparse LIBSVM file", remedy: "Convert it in Python: sklearn.datasets.load_svmlight_file(…), then numpy.savetxt or numpy.save." },
  ],
  [/^version https:\/\/git-lfs/, { what: "a Git LFS pointer instead of the file", remedy: "Fetch the file itself with git lfs pull." }],
];

/** The format that the first bytes indicate; null if they may be a text table. */
export function foreignOf(head: Buffer): Foreign | null {
  const start = head.toString("latin1", 0, 16);
  return MAGIC.find(([magic]) => start.startsWith(magic))?.[1] ?? foreignText(head.toString("utf8"));
}

function foreignText(head: string): Foreign | null {
  const start = head.slice(0, 65_536);
  return TEXTS.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}

/** @throws Fault if the bytes are another format's */
export function refuseForeignBytes(head: Buffer, place: string): void {
  const start = head.toString("latin1", 0, 16);
  refuse(MAGIC.find(([magic]) => start.startsWith(magic))?.[1] ?? null, place);
}

/** @throws Fault if the text is another format's */
export function refuseForeignText(head: string, place: string): void {
  refuse(foreignText(head), place);
}

function refuse(found: Foreign | null, place: string): void {
  if (found === null) return;
  throw new Fault("input", [{ place, expected: "must be a table as text, such as CSV", received: found.what, remedy: found.remedy }]);
}
