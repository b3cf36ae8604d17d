/** Arrow files and streams, and Feather version 2 (arrow.apache.org/docs/format/Columnar.html): one sample per row. */
import { arrow } from "../../../shared/recipe/formats/arrow.ts";
import type { FileSource } from "../../../shared/recipe/sources.ts";
import { tableReader } from "../tables/tableReader.ts";
import type { Reader } from "./reader.ts";
import { tableSample, unpacked } from "./sample.ts";

type ArrowSource = Extract<FileSource, { readonly type: "arrow" }>;

/** Number of rows read to guess the target. */
const SAMPLE_ROWS = 1000;

/** Loaded when first needed, because most sessions read no such file. */
const loader = async () => (await import("../tables/loadArrow.ts")).loadArrow;

/** The common sample table (sample.ts), deflated. Made by tests/data/fixtures/samples/make.mjs. */
const THINGS =
  "eNqtUztOw0AQfY4Xs0pWsBIWckHBFZDoSU6AlIaWOHERERHJKBLiJJQUHIKSMiUFB6DMEegGzXjWP4UuT7Le7nr+b3cynd7eXQFERDYCUlRwOEeKU3gYOAA71Ig9AIMhMjhYWVV+r3LewLbW4x5fKt/3zt+UM+UPZa+8RRfbnv3Pntxxq65I+b99wAiHwO9NxYNx99x/Hh8gOvfFcYb6Mcpika82RVksGjvucdCbwyyf5cyse5ivQ4oTUdyK5h7hPhhcoxsvzNfrAHcd3a34WM3HeZ8BicH7dyLSexapbkep/ntYPtaVfxPR1x5b5gTAfL1ab8qgnxF/jwwGI5xJ5a7VQ+0fX2iup+VL0VSdwCKRuDwt7msib+MPr1sw3g==";

export const reader: Reader<ArrowSource> = tableReader({
  format: arrow,
  load: async (file, options) => (await loader())(file, options),
  sample: async (file) => (await loader())(file, { limit: SAMPLE_ROWS, maySkip: () => true }),
  source: (path, guess) => ({ type: "arrow", path, ...guess }),
  samples: [tableSample<ArrowSource>({ type: "arrow", path: "things.arrow", target: "kind", task: "classification" }, () => unpacked(THINGS))],
  failing: [
    {
      what: "text with the ending",
      files: () => ({ "text.arrow": "size,kind\n1,a\n" }),
      source: { type: "arrow", path: "text.arrow", target: "kind", task: "classification" },
      says: /does not begin like one/,
    },
  ],
});
