/** What names of folders say: parts, containers, and what lies beside. */
import { describe, expect, it } from "vitest";
import { isBesideName, isContainerName, isCountedName, partOfName, wordsOf } from "../../src/main/data/sampleFiles/partNames.ts";

const TRAIN = [
  "train",
  "Train",
  "TRAIN",
  "training",
  "training_set",
  "training-data",
  "Training Set",
  "trainset",
  "trainSet",
  "TrainingSet",
  "seg_train",
  "x_train",
  "xtrain",
  "X_train",
  "train1",
  "train_2",
  "train.2",
  "train_images",
  "trainImages",
  "images_train",
  "img_train",
  "trainval",
  "train_val",
  "train-dev",
  "my train data (2)",
  "labelled_train",
  "학습",
  "학습 데이터",
  "학습데이터",
  "훈련용",
  "训练集",
  "entraînement",
  "Trainingsdaten",
];
const VALIDATION = [
  "val",
  "valid",
  "Validation",
  "validation_set",
  "val2",
  "valset",
  "dev",
  "DEV",
  "dev-set",
  "seg_val",
  "eval",
  "evaluation",
  "Eval_Set",
  "검증",
  "validación",
];
const TEST = [
  "test",
  "Test",
  "TEST",
  "test1",
  "test_1",
  "test-2",
  "testing",
  "testing_set",
  "test_set",
  "testset",
  "testdata",
  "seg_test",
  "private_test",
  "PrivateTest",
  "publicTest",
  "holdout",
  "hold-out",
  "hold_out",
  "held-out",
  "HoldOut",
  "test_images",
  "testImgs",
  "시험",
  "테스트셋",
  "测试",
  "テスト",
];
const NONE = [
  "trains",
  "trainer",
  "trainers",
  "restaurant",
  "contest",
  "protest",
  "valley",
  "valentine",
  "evaluator",
  "latest",
  "attest",
  "testament",
  "greatest",
  "device",
  "devil",
  "developer",
  "interval",
  "carnival",
  "invalid",
  "strain",
  "rain",
  "cats",
  "dogs",
  "unlabelled",
  "pred",
  "seg_pred",
  "train_test",
  "train_test_split",
  "fold1",
  "images",
  "001.ak47",
];
/** A part, if what is in the folder agrees. */
const UNSURE = ["train_station", "cats_train", "chest_xray_test", "ILSVRC2012_img_val", "test_tube", "crash-test-dummy"];

describe("names of folders", () => {
  it.each(TRAIN)("%s is a training part", (name) => expect(partOfName(name)).toMatchObject({ part: "train", sure: true }));
  it.each(VALIDATION)("%s is a validation part", (name) => expect(partOfName(name)).toMatchObject({ part: "validation", sure: true }));
  it.each(TEST)("%s is a test part", (name) => expect(partOfName(name)).toMatchObject({ part: "test", sure: true }));
  it.each(NONE)("%s is no part", (name) => expect(partOfName(name)).toBeNull());
  it.each(UNSURE)("%s is none by its name alone", (name) => expect(partOfName(name)).toMatchObject({ sure: false }));

  it("can be another part beside one that has it already", () => {
    expect([partOfName("eval")?.otherwise, partOfName("hold_out")?.otherwise, partOfName("test")?.otherwise]).toEqual(["test", "validation", null]);
  });

  it.each(["images", "dataset", "archive (1)", "JPEGImages", "my_data", "pictures-2"])("%s is a container", (name) => expect(isContainerName(name)).toBe(true));
  it.each(["cats", "images_of_cats", "train_station", "42"])("%s is none", (name) => expect(isContainerName(name)).toBe(false));
  it.each(["unlabelled", "unlabeled", "Un-Labelled", "seg_pred", "pred", "predictions", "sample_submission", "masks", "image_masks"])(
    "%s lies beside",
    (name) => expect(isBesideName(name)).toBe(true),
  );
  it.each(["cats", "predator", "train", "images"])("%s does not", (name) => expect(isBesideName(name)).toBe(false));
  it.each(["fold1", "Fold_2", "part-3", "batch 04"])("%s counts", (name) => expect(isCountedName(name)).toBe(true));
  it.each(["fold", "cat1", "part of 3"])("%s does not", (name) => expect(isCountedName(name)).toBe(false));

  it("are parted into words by anything that is no letter, by digits and by capitals", () => {
    expect(wordsOf("HTTPTrain_set-2b")).toEqual(["http", "train", "set", "2", "b"]);
    expect(wordsOf("학습_이미지01".normalize("NFD"))).toEqual(["학습", "이미지", "01"]);
  });
});
