/** How a folder of files is read: which folders are parts, which are classes, and where the class is found. */
import { z } from "zod";
import { metaOf, named } from "../../kit/schema.ts";

/** The role of a folder. */
const folderRole = named({
  train: { en: "Training", ko: "학습" },
  validation: { en: "Validation", ko: "검증" },
  test: { en: "Test", ko: "테스트" },
  class: { en: "Class", ko: "클래스" },
  leaveOut: { en: "Leave out", ko: "제외" },
});
export const folderRoles = folderRole.options;

/** Where the class of a file is found. */
const classPlace = named({
  folder: { en: "Folder", ko: "폴더" },
  name: { en: "File name", ko: "파일 이름" },
  firstWord: { en: "First word of the name", ko: "이름의 첫 단어" },
  lastWord: { en: "Last word of the name", ko: "이름의 마지막 단어" },
});
export const classPlaces = classPlace.options;

export const mergeNames = z
  .boolean()
  .optional()
  .meta(
    metaOf({
      title: { en: "Merged names", ko: "이름 합치기" },
      description: {
        en: 'Whether classes are merged whose names differ only in case, spaces, a full stop or the way Unicode composes their letters: "cats" and "Cats " are then one class.',
        ko: '대소문자, 공백, 마침표, 유니코드 조합 방식만 다른 클래스를 합칠지. 그러면 "cats"와 "Cats "는 한 클래스가 됩니다.',
      },
    }),
  );

export const folderFields = {
  folders: z
    .record(z.string(), folderRole)
    .optional()
    .meta(
      metaOf({
        title: { en: "Folders", ko: "폴더" },
        description: {
          en: "What a folder is, by its name, where the guess is wrong: a part (train, validation, test) with the folders of the classes in it, a class, or left out. Folders that are not named here are judged by their names and their content.",
          ko: "추측이 틀렸을 때 폴더가 무엇인지 이름으로 정합니다: 클래스 폴더가 든 부분(train, validation, test), 클래스, 또는 제외. 여기에 없는 폴더는 이름과 내용으로 판단합니다.",
        },
      }),
    ),
  classFrom: classPlace.optional().meta(
    metaOf({
      title: { en: "Class taken from", ko: "클래스의 출처" },
      description: {
        en: "Where the class of a file is written: the folder that it is in; its name up to the number at the end (cat of cat_001); the first or the last word of its name. Where absent: the folder, or the name where there are no folders of classes.",
        ko: "파일의 클래스가 적힌 곳: 들어 있는 폴더, 끝의 번호 앞까지의 이름(cat_001의 cat), 이름의 첫 단어나 마지막 단어. 비우면 폴더, 클래스 폴더가 없으면 이름입니다.",
      },
    }),
  ),
  mergeNames,
};

export type FolderRole = (typeof folderRoles)[number];
export type ClassPlace = (typeof classPlaces)[number];
