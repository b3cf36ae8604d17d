/** Tables of labels whose names are not quite those of the images, or that have several columns of labels. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Transformer } from "@napi-rs/image";
import { beforeAll, describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { nameMatcher } from "../../src/main/data/images/matchNames.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { withAlternative } from "../../src/shared/recipe/guess.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder({ cache: true });
let png: Buffer;
beforeAll(async () => {
  png = await Transformer.fromRgbaPixels(new Uint8Array(64).fill(255), 4, 4).png();
});

let sets = 0;
function set(images: readonly string[], tables: Readonly<Record<string, string>>): string {
  const root = path.join(scratch.folder, `set${++sets}`);
  mkdirSync(root);
  for (const place of images) {
    mkdirSync(path.dirname(path.join(root, place)), { recursive: true });
    writeFileSync(path.join(root, place), png);
  }
  for (const [name, text] of Object.entries(tables)) writeFileSync(path.join(root, name), text);
  return root;
}

async function read(source: SourceConfig) {
  const dataset = await openDataset(source);
  await dataset.close();
  const { facts, problems } = dataset;
  return { facts, problems, places: Array.from({ length: dataset.length }, (_, i) => dataset.place(i)), targets: [...(await dataset.targets())] };
}

/** Images for names, "-" where there is none. */
const match = (names: readonly string[], places: readonly string[], part: "train" | null = null) =>
  nameMatcher(places)(names, part).map((found) => found?.place ?? "-");

describe("a name means the image with the longest common end", () => {
  it.each<[string, string[], string[], string[]]>([
    ["of another machine", ["/home/other/pets/cats/1.jpg", "/home/other/pets/dogs/1.jpg"], ["cats/1.jpg", "dogs/1.jpg"], ["cats/1.jpg", "dogs/1.jpg"]],
    ["of Windows", ["C:\\Users\\Me\\data\\cats\\1.jpg", "c:/users/me/data/2.jpg"], ["cats/1.jpg", "2.jpg"], ["cats/1.jpg", "2.jpg"]],
    [
      "of a cloud",
      ["gs://bucket/a/1.jpg", "s3://bucket/a/2.jpg", "https://x.org/a/3.jpg?raw=1"],
      ["a/1.jpg", "a/2.jpg", "3.jpg"],
      ["a/1.jpg", "a/2.jpg", "3.jpg"],
    ],
    ["in another case", ["img_1.jpg", "IMG_2.JPG", "Img_3"], ["IMG_1.JPG", "img_2.jpg", "img_3.png"], ["IMG_1.JPG", "img_2.jpg", "img_3.png"]],
    ["without ending", ["1", "a/2"], ["1.png", "a/2.jpeg"], ["1.png", "a/2.jpeg"]],
    ["with another ending", ["1.jpg", "2.dcm", "3.JPEG"], ["1.png", "2.png", "x/3.jpg"], ["1.png", "2.png", "x/3.jpg"]],
    ["with a folder in front", ["images/1.png", "./data/2.png"], ["1.png", "2.png"], ["1.png", "2.png"]],
    ["in other folders", ["/data/old/1.png", "/data/old/2.png"], ["new/1.png", "new/2.png"], ["new/1.png", "new/2.png"]],
    ["encoded", ["my%20cat.png", "a%2Fb.png", "%EA%B0%9C.png"], ["my cat.png", "a/b.png", "개.png"], ["my cat.png", "a/b.png", "개.png"]],
    [
      "with spaces and quotes",
      [" 1.png ", "'2.png'", '"3.png"', "my  cat.png"],
      ["1.png", "2.png", "3.png", "my cat.png"],
      ["1.png", "2.png", "3.png", "my cat.png"],
    ],
    ["without leading zeros", ["1", "12"], ["0001.png", "0012.png"], ["0001.png", "0012.png"]],
    ["where the longest decides", ["/x/cats/1.png", "/x/dogs/1.png"], ["cats/1.png", "dogs/1.png", "1.png"], ["cats/1.png", "dogs/1.png"]],
  ])("%s", (_, names, places, found) => expect(match(names, places)).toEqual(found));

  it.each<[string, string[], string[], string[]]>([
    ["of several images", ["/other/1.png"], ["a/1.png", "b/1.png"], ["-"]],
    ["of another part", ["train/1.png", "/data/train/2.png"], ["test/1.png", "test/2.png"], ["-", "-"]],
    ["of an image that another row names", ["a/1.png", "b/1.png"], ["a/1.png"], ["a/1.png", "-"]],
    ["of folders that are mixed up", ["cat/1.png", "cat/2.png"], ["dog/1.png", "horse/2.png"], ["-", "-"]],
    ["of no image", ["5.png"], ["1.png"], ["-"]],
    ["of another number", ["1.png"], ["11.png", "0.png"], ["-"]],
  ])("but none %s", (_, names, places, found) => expect(match(names, places)).toEqual(found));

  it("or that of the part of the table's name", () => {
    const places = ["train/1.png", "train/2.png", "test/1.png", "test/2.png"];
    expect(match(["1", "2"], places)).toEqual(["-", "-"]);
    expect(match(["1", "2"], places, "train")).toEqual(["train/1.png", "train/2.png"]);
  });
});

describe("names that differ", () => {
  it("are matched and told, with what is missing on both sides", async () => {
    const root = set(["cats/1.png", "dogs/2.png", "dogs/3.png"], {
      "labels.csv": "path,label\n/home/other/pets/cats/1.JPG,cat\n/home/other/pets/dogs/2.JPG,dog\n/home/other/pets/dogs/9.JPG,dog\n",
    });
    const source = await detectSource(root);
    expect(source).toMatchObject({ type: "labelledImages", file: "path", target: "label" });
    const { facts, problems, places } = await read(source);
    expect(places).toEqual(["cats/1.png", "dogs/2.png"]);
    expect(facts.target).toEqual({ kind: "classification", classes: ["cat", "dog"] });
    expect(problems.map(({ severity, title, items }) => [severity, title, items[0]?.detail])).toEqual([
      [
        "info",
        "2 of 3 rows name their images differently from the folder, and are matched by the end of the path",
        "/home/other/pets/cats/1.JPG is matched to cats/1.png",
      ],
      ["error", "1 of 3 rows names an image that is not there, and is left out", "/home/other/pets/dogs/9.JPG is not in the folder"],
      ["info", "1 image has no row and is ignored", "in no row"],
    ]);
  });

  it("in folders are a warning, because other images could be meant", async () => {
    const root = set(["new/1.png", "new/2.png"], { "labels.csv": "file,label\nold/1.png,a\nold/2.png,b\n" });
    const { problems } = await read(await detectSource(root));
    expect(problems.map(({ severity, title }) => [severity, title])).toEqual([
      ["warning", "2 of 2 rows name images in another folder than the one where they were found"],
    ]);
  });

  it("altogether are one error with examples of both sides", async () => {
    const root = set(["1.png", "2.png"], { "labels.csv": "file,label\nx1.png,a\nx2.png,b\n" });
    const said = 'the column "file" names "x1.png", "x2.png", the folder has "1.png", "2.png"';
    expect((await faultOf(detectSource(root))).problems).toHaveLength(1);
    expect((await faultOf(detectSource(root))).message).toContain(said);
    const source = {
      type: "labelledImages",
      path: root,
      labels: path.join(root, "labels.csv"),
      file: "file",
      target: "label",
      task: "classification",
      fit: "stretch",
      channels: "auto",
    } as const;
    expect((await faultOf(openDataset(source))).message).toContain(said);
  });

  it("in several tables: that of the training part is taken, and no submission", async () => {
    const root = set(["train/1.png", "train/2.png", "test/3.png"], {
      "sample_submission.csv": "id,label\n3,0\n",
      "test.csv": "id,width\n3,9\n",
      "train.csv": "id,label\n1,a\n2,b\n",
    });
    const source = await detectSource(root);
    expect(source).toMatchObject({ labels: path.join(root, "train.csv"), file: "id", target: "label" });
    expect((await read(source)).problems.map(({ title }) => title)).toEqual(["1 image has no row and is ignored"]);
  });

  it("in a text file with blanks and no header, beside notes", async () => {
    const root = set(
      ["1", "2", "3", "4"].map((name) => `${name}.png`),
      { "labels.txt": "1.png 0\n2.png 1\n3.png 0\n4.png 1\n", "readme.txt": "Six images.\nOf two kinds.\n" },
    );
    const source = await detectSource(root);
    expect(source).toMatchObject({
      type: "labelledImages",
      labels: path.join(root, "labels.txt"),
      file: "column 1",
      target: "column 2",
      task: "classification",
    });
    const { facts, targets } = await read(source);
    expect(facts.target).toEqual({ kind: "classification", classes: ["0", "1"] });
    expect(targets).toEqual([0, 1, 0, 1]);
  });

  it("do not hide folders of classes", async () => {
    const root = set(["cat/1.png", "dog/1.png"], { "list.csv": "file,label\nx1.png,a\nx2.png,b\n" });
    expect(await detectSource(root)).toMatchObject({ type: "images" });
  });
});

describe("parts", () => {
  const images = ["a.png", "b.png", "c.png", "d.png", "e.png"];
  const table = (column: string, values: readonly string[]) =>
    `file,label,${column}\n${values.map((value, i) => `${images[i]},${i % 2 === 0 ? "x" : "y"},${value}`).join("\n")}\n`;

  it("are told by a column of the table, and can be taken together", async () => {
    for (const [column, values] of [
      ["split", ["test", "train", "val", "train", "test"]],
      ["Usage", ["PrivateTest", "Training", "dev", "Training", "PublicTest"]],
      ["구분", ["시험", "학습", "검증", "학습", "시험"]],
    ] as const) {
      const source = await detectSource(set(images, { "labels.csv": table(column, values) }));
      const { facts, places } = await read(source);
      expect(facts).toMatchObject({ length: 5, givenValidation: 1, givenTest: 2 });
      expect(places).toEqual(["b.png", "d.png", "c.png", "a.png", "e.png"]);
      expect(facts.guesses?.map(({ said }) => said.en)).toEqual([`The column "${column}" says which images are for training, validation and test.`]);
      const [alternative] = facts.guesses?.[0]?.instead ?? [];
      if (alternative === undefined) throw new Error("nothing to click");
      expect((await read(withAlternative(source, alternative))).places).toEqual(images);
    }
  });

  it("are told by the folders that all images are in", async () => {
    const root = set(["train/1.png", "train/2.png", "test/3.png"], { "labels.csv": "file,label\ntest/3.png,x\ntrain/1.png,x\ntrain/2.png,y\n" });
    const { facts, places } = await read(await detectSource(root));
    expect(facts).toMatchObject({ length: 3, givenTest: 1 });
    expect(places).toEqual(["train/1.png", "train/2.png", "test/3.png"]);
    expect(facts.guesses).toHaveLength(1);
  });

  it("are none where a column says other things too, unless a person names it: then that is told", async () => {
    const source = await detectSource(set(images, { "labels.csv": table("use", ["train", "test", "other", "train", "test"]) }));
    expect(source).toMatchObject({ type: "labelledImages", target: "label" });
    expect((await read(source)).facts).toMatchObject({ givenTest: 0 });
    expect((await faultOf(openDataset({ ...source, partColumn: "use" } as SourceConfig))).message).toContain('received "use" with "other" in it');
    expect((await faultOf(openDataset({ ...source, partColumn: "uses" } as SourceConfig))).message).toContain('Did you mean "use"?');
  });
});

describe("several columns of labels", () => {
  const four = ["1.png", "2.png", "3.png", "4.png"];

  it("of zeros and ones are classes", async () => {
    const root = set(four, { "truth.csv": "image,MEL,NV,BCC,UNK\n1,1.0,0.0,0.0,0\n2,0.0,1.0,0.0,0\n3,0.0,0.0,1.0,0\n4,0.0,1.0,0.0,0\n" });
    const source = await detectSource(root);
    expect(source).toMatchObject({ type: "labelledImages", file: "image", oneHot: ["MEL", "NV", "BCC", "UNK"], task: "classification" });
    const { facts, targets } = await read(source);
    expect(facts.target).toEqual({ kind: "classification", classes: ["MEL", "NV", "BCC"] });
    expect(targets).toEqual([0, 1, 2, 1]);
  });

  it("of which a person named one: that is predicted, and the others are offered as classes", async () => {
    const root = set(four, { "truth.csv": "image,cat,dog,cow\n1,1,0,0\n2,0,1,0\n3,0,0,1\n4,0,1,0\n" });
    const source = {
      type: "labelledImages",
      path: root,
      labels: path.join(root, "truth.csv"),
      file: "image",
      target: "cat",
      task: "classification",
      fit: "stretch",
      channels: "auto",
    } as const;
    const { facts } = await read(source);
    expect(facts.target).toEqual({ kind: "classification", classes: ["0", "1"] });
    expect(facts.guesses?.map(({ field }) => field)).toEqual(["oneHot"]);
    const [alternative] = facts.guesses?.[0]?.instead ?? [];
    if (alternative === undefined) throw new Error("nothing to click");
    expect((await read(withAlternative(source, alternative))).facts.target).toEqual({ kind: "classification", classes: ["cat", "dog", "cow"] });
  });

  it("of which a person names one before anything is recognised: it is that, and no guess", async () => {
    const root = set(four, { "truth.csv": "image,cat,dog,cow\n1,1,0,0\n2,0,1,0\n3,0,0,1\n4,0,1,0\n" });
    const source = await detectSource(root, { set: { target: "dog" } });
    expect(source).toMatchObject({ type: "labelledImages", target: "dog", task: "classification" });
    expect(source).not.toHaveProperty("oneHot");
  });

  it("with rows of several ones or none: they are left out by name", async () => {
    const root = set(four, { "truth.csv": "image,cat,dog\n1,1,0\n2,0,1\n3,1,1\n4,0,0\n" });
    const source = {
      type: "labelledImages",
      path: root,
      labels: path.join(root, "truth.csv"),
      file: "image",
      target: "cat",
      oneHot: ["cat", "dog"] as string[],
      task: "classification",
      fit: "stretch",
      channels: "auto",
    } as const;
    const { facts, problems } = await read(source);
    expect(facts.length).toBe(2);
    expect(problems.map(({ kind, items }) => [kind, ...items.map(({ detail }) => detail)])).toEqual([
      ["missingValues", "has not one 1 in cat, dog", "has not one 1 in cat, dog"],
    ]);
    expect((await faultOf(openDataset({ ...source, oneHot: ["cat", "dig"] }))).message).toContain("data.source.oneHot: must name a column");
  });

  it("of attributes: one is predicted, the others are a click away", async () => {
    const rows = Array.from({ length: 8 }, (_, i) => `${i}.png,${i % 2 === 0 ? "red" : "blue"},${i < 4 ? "round" : "square"},${i % 4 < 2 ? 1 : -1}`);
    const root = set(
      rows.map((_, i) => `${i}.png`),
      { "attributes.csv": `image_id,colour,shape,Smiling\n${rows.join("\n")}\n` },
    );
    const source = await detectSource(root);
    expect(source).toMatchObject({ target: "Smiling" });
    const { facts } = await read(source);
    expect(facts.guesses?.[0]?.said).toEqual({
      en: 'The column "Smiling" is predicted; "colour", "shape" could be as well.',
      ko: '"Smiling" 열을 예측합니다. "colour", "shape" 열도 예측할 수 있습니다.',
    });
    for (const alternative of facts.guesses?.[0]?.instead ?? [])
      expect((await read(withAlternative(source, alternative))).facts.target).toMatchObject({
        classes: expect.arrayContaining([expect.stringMatching(/red|round/)]),
      });
  });
});
