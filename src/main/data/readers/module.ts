/** A data set as code: a user's module that exports a class with `length` and `get(index)`. data/code/runner.ts isolates it. */
import path from "node:path";
import { Fault } from "../../../shared/kit/fault.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { startModule } from "../code/examine.ts";
import { ModuleDataset } from "../code/moduleDataset.ts";
import type { SandboxOptions } from "../code/sandbox.ts";
import type { Dataset } from "../dataset.ts";
import { type NamedFile, statFile } from "../files.ts";
import type { Reader } from "./reader.ts";

export type ModuleSource = Extract<FileSource, { readonly type: "module" }>;

const EXTENSIONS = /\.(?:[mc]?ts|[mc]?js)$/i;
const PATIENCE = 10;

/** Three samples of two classes. */
const THREE = `export default class three {
  length = 3;
  get(index) {
    return { sample: [index, 10 - index], target: index % 2 };
  }
}
`;

export const reader: Reader<ModuleSource> = {
  samples: [
    {
      files: () => ({ "three.mjs": THREE }),
      source: { type: "module", path: "three.mjs", timeout: PATIENCE },
      dropped: "three.mjs",
      facts: { name: "three", length: 3, sampleShape: [2], elementType: "float32", target: { kind: "classification", classes: ["0", "1"] }, givenTest: 0 },
      values: [
        [0, 10],
        [1, 9],
        [2, 8],
      ],
      targets: [0, 1, 0],
    },
  ],
  failing: [
    {
      what: "no class",
      files: () => ({ "none.mjs": "export default 3;\n" }),
      source: { type: "module", path: "none.mjs", timeout: PATIENCE },
      says: /class/,
    },
  ],

  files: (source) => [sourceFile(source)],

  async describe(source) {
    const dataset = await openModule(source);
    await dataset.close();
    return dataset.facts;
  },

  open: (source) => openModule(source),

  async detect(file) {
    return EXTENSIONS.test(file) && !/\.d\.[mc]?ts$/i.test(file) ? { type: "module", path: file, timeout: PATIENCE } : null;
  },
};

/** @param limits for tests */
export async function openModule(source: ModuleSource, limits: Pick<SandboxOptions, "heapMegabytes"> = {}): Promise<Dataset> {
  const file = sourceFile(source);
  await statFile(file);
  if (!EXTENSIONS.test(source.path))
    throw new Fault("input", [
      {
        place: source.path,
        expected: "must be a module: .ts, .mts, .js, .mjs or .cjs",
        received: path.extname(source.path) || "no file extension",
        remedy: "Name the module's file.",
      },
    ]);
  const { sandbox, opened } = await startModule(source, limits);
  try {
    return await ModuleDataset.of(source.path, sandbox, opened);
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

function sourceFile({ path }: ModuleSource): NamedFile {
  return { path, field: "data.source.path" };
}
