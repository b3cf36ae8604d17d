/** Which folders are parts, which are classes, and what is left out by name: for images and recordings alike. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Transformer } from "@napi-rs/image";
import { beforeAll, describe, expect, it } from "vitest";
import { detectSource } from "../../src/main/data/detect.ts";
import { IMAGES } from "../../src/main/data/images/scan.ts";
import { RECORDINGS } from "../../src/main/data/readers/audio.ts";
import { reader as images } from "../../src/main/data/readers/images.ts";
import { type FolderSource, listClassFolders } from "../../src/main/data/sampleFiles/classFolders.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { type Guess, withAlternative } from "../../src/shared/recipe/guess.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder({ cache: true });
let png: Buffer;
beforeAll(async () => {
  png = await Transformer.fromRgbaPixels(new Uint8Array(64).fill(255), 4, 4).png();
});

let roots = 0;
/** A folder with a file at every place; "cats/3" are three images in a folder, "notes.txt" is a file. */
function folder(places: readonly string[], { ending = "png", content = "" as string | Uint8Array } = {}): string {
  const root = path.join(scratch.folder, `root${++roots}`);
  for (const place of places) {
    const many = /^(.*\/)?(\d+)$/.exec(place);
    const names = many === null ? [place] : Array.from({ length: Number(many[2]) }, (_, i) => `${many[1] ?? ""}${i + 1}.${ending}`);
    for (const name of names) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), content);
    }
  }
  return root;
}

/** Files of each class in each part, as "train: cats 2, dogs 2"; then what was left out. */
async function read(places: readonly string[], set: Omit<FolderSource, "path"> = {}, wanted = IMAGES) {
  const root = folder(places, { ending: wanted === IMAGES ? "png" : "wav" });
  const { files, left, guesses, others } = await listClassFolders({ path: root, field: "data.source.path" }, wanted, set);
  const parts = (["train", "validation", "test"] as const).flatMap((part) => {
    const own = files.filter((file) => file.part === part).map(({ className }) => className);
    const counts = [...new Set(own)].sort().map((name) => `${name} ${own.filter((each) => each === name).length}`);
    return own.length === 0 ? [] : [`${part}: ${counts.join(", ")}`];
  });
  return {
    parts,
    left: left.map(({ place, count, why }) => `${place} ${count} ${why}`),
    guesses,
    others: others.map(({ place }) => place),
  };
}

const PETS = (train: string, test: string, n = "2") => [`${train}/cats/${n}`, `${train}/dogs/${n}`, `${test}/cats/1`, `${test}/dogs/1`];
const TRAIN = "train: cats 2, dogs 2";
const TEST = "test: cats 1, dogs 1";
const VALIDATION = "validation: cats 1, dogs 1";

describe("parts", () => {
  it.each<[string, string, string]>([
    ["training_set", "test_set", TEST],
    ["seg_train", "seg_test", TEST],
    ["Train", "TEST", TEST],
    ["train", "test1", TEST],
    ["train", "dev", VALIDATION],
    ["train", "eval", VALIDATION],
    ["training-data", "holdout", TEST],
    ["trainset", "hold-out", TEST],
    ["x_train/x_train", "x_test/x_test", TEST],
    ["train/images", "val/images", VALIDATION],
    ["train/train", "test/test", TEST],
    ["Training", "PrivateTest", TEST],
    ["학습", "시험", TEST],
    ["train_images", "testImages", TEST],
  ])("%s and %s", async (train, test, held) => {
    for (const wanted of [IMAGES, RECORDINGS]) expect(await read(PETS(train, test), {}, wanted)).toMatchObject({ parts: [TRAIN, held], left: [], guesses: [] });
  });

  it("of the same name counted are one part", async () => {
    expect((await read([...PETS("train1", "train2"), "test1/cats/1", "test2/dogs/1"])).parts).toEqual(["train: cats 3, dogs 3", "test: cats 1, dogs 1"]);
  });

  it("eval is the test part beside dev, holdout the validation part beside test", async () => {
    expect((await read([...PETS("train", "dev"), "eval/cats/3"])).parts).toEqual([TRAIN, VALIDATION, "test: cats 3"]);
    expect((await read([...PETS("train", "test"), "holdout/cats/3"])).parts).toEqual([TRAIN, "validation: cats 3", TEST]);
  });

  it("of unsure names are parts where their classes agree, and it is said", async () => {
    const { parts, guesses } = await read(PETS("pets_train", "pets_holdout"));
    expect(parts).toEqual([TRAIN, TEST]);
    expect(guesses.map(({ said }) => said.en)).toEqual([
      'The folders "pets_holdout", "pets_train" are treated as parts of the data set: the folders in them are its classes.',
    ]);
    expect((await read(PETS("pets_train", "pets_holdout"), guesses[0]?.instead[0]?.set)).parts).toEqual(["train: pets_holdout 2, pets_train 4"]);
  });

  it("without a training part train on what there is, which is said", async () => {
    const both = await read(PETS("val", "test"));
    expect(both.parts).toEqual([TRAIN, TEST]);
    expect(both.guesses.map(({ said }) => said.en)).toEqual([
      'There is no folder of training samples: "val", whose name says validation, is used for training and split.',
    ]);
    expect((await read(["test/cats/2", "test/dogs/2"])).parts).toEqual([TRAIN]);
  });

  it("inside the classes", async () => {
    const places = ["cats/train/2", "cats/test/1", "dogs/train/2", "dogs/test/1"];
    const { parts, guesses } = await read(places);
    expect(parts).toEqual([TRAIN, TEST]);
    expect(guesses).toHaveLength(1);
    expect((await read(places, guesses[0]?.instead[0]?.set)).parts).toEqual(["train: cats 3, dogs 3"]);
    const odd = await read([...places, "dogs/extra/4"]);
    expect([odd.parts, odd.left]).toEqual([[TRAIN, TEST], ["dogs/extra 4 unknown"]]);
    expect((await read([...places, "dogs/extra/4"], { folders: { extra: "validation" } })).parts).toEqual([TRAIN, "validation: dogs 4", TEST]);
  });

  it("in one name with the class", async () => {
    const { parts, guesses } = await read(["cats_train/2", "cats_test/1", "dogs-train/2", "test_dogs/1"]);
    expect([parts, guesses.length]).toEqual([[TRAIN, TEST], 1]);
  });

  it("beside the folders of the classes", async () => {
    expect((await read(["cats/2", "dogs/2", "test/cats/1", "test/dogs/1"])).parts).toEqual([TRAIN, TEST]);
  });
});

describe("a folder beside the parts", () => {
  it.each(["unlabelled/5", "pred/5", "seg_pred/seg_pred/5", "sample_submission/5", "masks/5", "whatever/5", "masks/cats/5"])("%s is left out", async (odd) => {
    const { parts, left } = await read([...PETS("train", "test"), odd]);
    expect(parts).toEqual([TRAIN, TEST]);
    expect(left).toEqual([`${odd.split("/")[0]} 5 unknown`]);
    const lone = await read(["train/cats/2", "train/dogs/2", odd]);
    expect([lone.parts, lone.left]).toEqual([[TRAIN], left]);
  });

  it("of the same classes is left out, and one click takes it in", async () => {
    const places = [...PETS("training_set", "test_set"), "more/cats/3", "more/dogs/3"];
    const { left, guesses } = await read(places);
    expect(left).toEqual(["more 6 unknown"]);
    expect(guesses[0]?.said).toEqual({ en: 'The folder "more" next to the parts is left out.', ko: '일부로 나뉜 폴더들 옆의 "more" 폴더는 뺐습니다.' });
    const taken = await Promise.all(guesses[0]?.instead.map(async ({ set }) => (await read(places, set)).parts) ?? []);
    expect(taken).toEqual([
      ["train: cats 5, dogs 5", TEST],
      [TRAIN, "validation: cats 3, dogs 3", TEST],
      [TRAIN, "test: cats 4, dogs 4"],
    ]);
  });

  it.each(["test1/5", "test/test/5", "test/unknown/5", "test/images/5"])("with test files of no class, %s, is named", async (test) => {
    const { parts, left } = await read(["train/cats/2", "train/dogs/2", test]);
    expect(parts).toEqual([TRAIN]);
    expect(left).toEqual([`${test.replace(/\/5$/, "")} 5 unlabelled`]);
  });

  it("of files of no class is said, and can be a class", async () => {
    const places = [...PETS("seg_train", "seg_test"), "seg_pred/3"];
    const { guesses } = await read(places);
    expect(guesses.map(({ field, said }) => [field, said.en])).toEqual([
      ["folders", 'The folder "seg_pred" is left out: the class of its 3 files is unknown.'],
    ]);
    const set = guesses[0]?.instead[0]?.set;
    expect((await read(places, set)).parts).toEqual(["train: cats 2, dogs 2, seg_pred 3", TEST]);
    expect((await read(places, set)).guesses).toEqual([]);
    expect((await read(places, { folders: { seg_pred: "leaveOut" } })).guesses).toEqual([]);
  });

  it("is a problem with the figure and the way to take it in", async () => {
    const root = folder([...PETS("train", "test"), "unlabelled/4", "val/3"], { content: png });
    const dataset = await images.open({ type: "images", path: root, fit: "stretch", channels: "auto" });
    expect(dataset.facts).toMatchObject({ length: 6, givenTest: 2, target: { classes: ["cats", "dogs"] } });
    expect(dataset.problems.map(({ severity, title }) => [severity, title])).toEqual([
      ["warning", 'The folder "unlabelled" is left out with 4 images: its name is not that of a train, validation or test folder'],
      ["warning", 'The 3 images in the folder "val" have no class and are left out'],
    ]);
    expect(english(dataset.problems[0]?.remedy)).toContain('data.source.folders: {"unlabelled": "train"}');
    await dataset.close();
  });

  it("must be there where a person names it", async () => {
    expect((await faultOf(read(PETS("train", "test"), { folders: { tset: "test" } }))).message).toBe(
      'data.source.folders: must name existing folders: "test", "train"; received "tset". Did you mean "test"?',
    );
  });

  it("can be a part or a class that a person names", async () => {
    const places = ["one/cats/2", "one/dogs/2", "two/cats/1", "two/dogs/1"];
    expect((await read(places, { folders: { one: "train", two: "test" } })).parts).toEqual([TRAIN, TEST]);
    expect((await read(PETS("train", "test"), { folders: { train: "class", test: "class" } })).parts).toEqual(["train: test 2, train 4"]);
    const left = await read([...PETS("train", "test"), "old/cats/9"], { folders: { old: "leaveOut" } });
    expect([left.parts, left.left, left.guesses]).toEqual([[TRAIN, TEST], [], []]);
  });
});

describe("classes", () => {
  it.each<[string, string[], string]>([
    ["vehicles", ["train/2", "bus/2", "car/2"], "train: bus 2, car 2, train 2"],
    ["vehicles with kinds", ["train/steam/2", "train/diesel/2", "bus/city/2", "car/old/2"], "train: bus 2, car 2, train 4"],
    ["scenes", ["train_station/2", "bus_station/2", "airport/2"], "train: airport 2, bus_station 2, train_station 2"],
    ["scenes inside and outside", ["train_station/in/2", "train_station/out/2", "airport/in/2"], "train: airport 2, train_station 4"],
    ["words with a part in them", ["contest/2", "valley/2", "restaurant/2"], "train: contest 2, restaurant 2, valley 2"],
    ["valid and invalid", ["valid/2", "invalid/2"], "train: invalid 2, valid 2"],
    ["things", ["test_tube/2", "crash-test-dummy/2", "dev_board/2"], "train: crash-test-dummy 2, dev_board 2, test_tube 2"],
    ["images in folders of their own", ["cats/a/1", "cats/b/1", "dogs/c/2"], "train: cats 2, dogs 2"],
  ])("%s", async (_, places, classes) => {
    expect(await read(places)).toMatchObject({ parts: [classes], left: [] });
  });

  it("called like a part, it is said and can be left out", async () => {
    const { guesses } = await read(["train/2", "bus/2", "car/2"]);
    expect(guesses.map(({ said }) => said.en)).toEqual(['The folder "train" is treated as a class, because there are other classes next to it.']);
    expect((await read(["train/2", "bus/2", "car/2"], guesses[0]?.instead[0]?.set)).parts).toEqual(["train: bus 2, car 2"]);
  });

  it("beside test files of no class", async () => {
    const places = ["cats/2", "dogs/2", "test/7"];
    const { parts, left, guesses } = await read(places);
    expect([parts, left]).toEqual([[TRAIN], ["test 7 unlabelled"]]);
    expect((await read(places, guesses[0]?.instead[0]?.set)).parts).toEqual(["train: cats 2, dogs 2, test 7"]);
  });

  it("in counted folders are taken together, and in folders of any name it is asked", async () => {
    const { parts, guesses } = await read(PETS("fold1", "fold2"));
    expect([parts, guesses.length]).toEqual([["train: cats 3, dogs 3"], 1]);
    expect((await read(PETS("fold1", "fold2"), guesses[0]?.instead[0]?.set)).parts).toEqual(["train: fold1 4, fold2 2"]);
    const asked = await read(PETS("north", "south"));
    expect(asked.parts).toEqual(["train: north 4, south 2"]);
    expect((await read(PETS("north", "south"), asked.guesses[0]?.instead[0]?.set)).parts).toEqual(["train: cats 3, dogs 3"]);
  });

  it("in a folder of images beside masks and annotations", async () => {
    const { parts, left } = await read(["images/cats/2", "images/dogs/2", "masks/4", "annotations/trimaps/3", "list.txt"]);
    expect([parts, left]).toEqual([[TRAIN], ["annotations 3 unknown", "masks 4 unknown"]]);
  });

  it("have no guess and nothing left out where they are plain", async () => {
    const read1 = await read(["cats/2", "dogs/2", "README.md"]);
    expect(read1).toEqual({ parts: [TRAIN], left: [], guesses: [], others: ["README.md"] });
    expect(await read(PETS("train", "test"))).toMatchObject({ guesses: [], left: [], others: [] });
  });
});

describe("classes in the names of files", () => {
  const pets = ["cat.0", "cat.1", "dog.0", "dog.1"];
  const png = (names: readonly string[], folder = "") => names.map((name) => `${folder}${name}.png`);

  it.each<[string, string[], string]>([
    ["with a point", pets, "cat 2, dog 2"],
    ["with leading zeros", ["cat_001", "cat_002", "dog_001", "dog_002"], "cat 2, dog 2"],
    ["of ImageNet", ["n01440764_10026", "n01440764_10027", "n01443537_1", "n01443537_2"], "n01440764 2, n01443537 2"],
    [
      "of several words",
      ["american_bulldog_1", "american_bulldog_2", "american_pit_bull_terrier_1", "american_pit_bull_terrier_2", "Abyssinian_1", "Abyssinian_2"],
      "Abyssinian 2, american_bulldog 2, american_pit_bull_terrier 2",
    ],
    ["without a separator", ["cat1", "cat2", "dog1", "dog12"], "cat 2, dog 2"],
    ["counted by Windows", ["cat (1)", "cat (2)", "dog (1)", "dog (2)"], "cat 2, dog 2"],
    ["counted in front", ["0_cat", "1_cat", "0_dog", "1_dog"], "cat 2, dog 2"],
    ["with an identifier", ["cat_a3f09c", "cat_00ffe1", "dog_77ab01", "dog_1b2c3d"], "cat 2, dog 2"],
    ["of spoken digits", ["0_jackson_0", "0_theo_1", "1_jackson_0", "1_theo_1", "0_jackson_2", "1_theo_2"], "0 3, 1 3"],
  ])("%s", async (_, names, classes) => {
    const { parts, guesses } = await read(png(names));
    expect(parts).toEqual([`train: ${classes}`]);
    expect(guesses.map(({ field }) => field)).toEqual(["classFrom"]);
  });

  it("in one folder, or in parts", async () => {
    expect((await read(png(pets, "images/"))).parts).toEqual(["train: cat 2, dog 2"]);
    const kaggle = await read([...png(pets, "train/"), "test1/5"]);
    expect([kaggle.parts, kaggle.left]).toEqual([["train: cat 2, dog 2"], ["test1 5 unlabelled"]]);
    expect((await read([...png(pets, "train/"), ...png(["cat.7", "dog.9"], "val/")])).parts).toEqual(["train: cat 2, dog 2", "validation: cat 1, dog 1"]);
  });

  it("of recordings, with the other words offered", async () => {
    const names = ["0_jackson_0.wav", "0_theo_0.wav", "1_jackson_0.wav", "1_theo_0.wav", "0_jackson_1.wav", "0_theo_1.wav", "1_jackson_1.wav", "1_theo_1.wav"];
    const { parts, guesses } = await read(names, {}, RECORDINGS);
    expect(parts).toEqual(["train: 0 4, 1 4"]);
    expect(guesses[0]?.said).toEqual({
      en: 'The classes are in the names of the files, the first word of the name: "0", "1".',
      ko: '클래스를 파일 이름에서 읽었습니다(이름의 첫 단어): "0", "1".',
    });
    const [whole] = guesses[0]?.instead ?? [];
    expect((await read(names, whole?.set, RECORDINGS)).parts).toEqual(["train: 0_jackson 2, 0_theo 2, 1_jackson 2, 1_theo 2"]);
  });

  it("are taken where a person says so, and not where there are folders of classes", async () => {
    const places = [...png(pets, "a/"), ...png(pets, "b/")];
    expect(await read(places)).toMatchObject({ parts: ["train: a 4, b 4"], guesses: [] });
    expect(await read(places, { classFrom: "name" })).toMatchObject({ parts: ["train: cat 4, dog 4"], guesses: [] });
    expect((await faultOf(read(png(pets), { classFrom: "folder" }))).message).toContain("without class folders");
  });

  it.each<[string, string[]]>([
    ["numbers alone", ["1", "2", "3", "4"]],
    ["one class", ["cat_1", "cat_2", "cat_3"]],
    ["classes of one file", ["ant", "bee", "cat", "dog"]],
    ["numbers of several meanings", ["1-100032-A-0", "1-100038-A-1", "2-100032-A-0", "2-100038-A-1"]],
    ["cameras", ["IMG_1", "IMG_2", "DSC_1", "DSC_2"]],
  ])("are none where there are %s", async (_, names) => {
    expect((await faultOf(read(png(names)))).message).toContain("without class folders");
  });
});

describe("what was dropped", () => {
  async function dropped(places: readonly string[]) {
    const root = folder(places, { content: png });
    const source = await detectSource(root);
    const dataset = await openDataset(source);
    await dataset.close();
    return { root, source, facts: dataset.facts };
  }

  it("is looked through where one folder holds everything", async () => {
    const { root, source, facts } = await dropped(PETS("archive/pets/training_set", "archive/pets/test_set"));
    expect(source).toEqual({ type: "images", path: path.join(root, "archive", "pets"), fit: "stretch", channels: "auto" });
    expect(facts).toMatchObject({ length: 6, givenTest: 2, target: { classes: ["cats", "dogs"] } });
    const classes = await dropped(["data/cats/1", "data/dogs/1", "data/.DS_Store", "README.md"]);
    expect(classes.source).toMatchObject({ path: path.join(classes.root, "data") });
  });

  it("is no data set where it is a project with images somewhere in it", async () => {
    const project = ["source/main.py", "documents/index.html", "tests/fixtures/cats/1", "tests/fixtures/dogs/1"];
    expect((await faultOf(detectSource(folder(project, { content: png })))).message).toContain("must be a data set that Descent reads");
    const called = ["code/train.py", "data/cats/1", "data/dogs/1"];
    expect((await dropped(called)).source).toMatchObject({ type: "images" });
  });

  it.each<[string, string[]]>([
    ["files with classes in their names", ["cat.0.png", "cat.1.png", "dog.0.png", "dog.1.png"]],
    ["the same in a folder", ["images/cat.0.png", "images/cat.1.png", "images/dog.0.png", "images/dog.1.png"]],
    ["the same in parts", ["train/cat.0.png", "train/cat.1.png", "train/dog.0.png", "train/dog.1.png", "test1/1.png"]],
    ["parts and a strange folder", [...PETS("train", "test").map((place) => place.replace("cats", "cat").replace("dogs", "dog")), "pred/4"]],
    ["parts inside the classes", ["cat/train/2", "cat/test/1", "dog/train/2", "dog/test/1"]],
  ])("is %s", async (_, places) => {
    const { root, source, facts } = await dropped(places);
    expect(source).toMatchObject({ type: "images", path: root });
    expect(facts.target).toEqual({ kind: "classification", classes: ["cat", "dog"] });
    const guesses: readonly Guess[] = facts.guesses ?? [];
    for (const alternative of guesses.flatMap(({ instead }) => instead)) await (await openDataset(withAlternative(source, alternative))).close();
  });

  it("holds only files that cannot be read", async () => {
    const fault = await faultOf(detectSource(folder(["cats/1.heic", "cats/2.HEIC", "dogs/1.svg"])));
    expect(fault.problems[0]).toMatchObject({ received: "no image in it or its folders that can be read: 3 in .heic, .svg" });
    expect(fault.message).toContain("Convert them to PNG or JPEG");
    expect((await faultOf(detectSource(folder(["a/1.m4a", "b/2.wma"])))).message).toContain("no recording in it or its folders that can be read");
  });

  it("holds some of them, which are told apart from other files; clutter is not", async () => {
    const clutter = [
      ".DS_Store",
      "Thumbs.db",
      "cats/._1.jpg",
      "__MACOSX/cats/._1.png",
      "dogs/desktop.ini",
      "@eaDir/cats/1.png",
      ".git/config",
      "cats/.ipynb_checkpoints/1.png",
    ];
    const root = folder(["cats/2", "dogs/2", "cats/3.heic", "dogs/raw.CR2", "notes.txt", ...clutter], { content: png });
    const { problems } = await images.open({ type: "images", path: root, fit: "stretch", channels: "auto" });
    expect(problems.map(({ severity, title, items }) => [severity, title, ...items.map(({ place }) => place)])).toEqual([
      ["error", "2 images are of formats that Descent does not read (.cr2, .heic), and are left out", "cats/3.heic", "dogs/raw.CR2"],
      ["info", "1 other file was ignored", "notes.txt"],
    ]);
  });
});
