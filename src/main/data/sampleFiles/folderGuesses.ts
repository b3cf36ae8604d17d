/** Guesses about folders and file names, with the settings that change them. */
import { quote } from "../../../shared/kit/fault.ts";
import type { ClassPlace, FolderRole } from "../../../shared/recipe/formats/folderFields.ts";
import type { Guess, GuessAlternative } from "../../../shared/recipe/guess.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { NameJudgement } from "./classNames.ts";
import type { FolderRoles, LeftFolder, Look } from "./folderLook.ts";
import { PARTS, type Part } from "./partNames.ts";

/** At most this many names are listed in a sentence. */
const SHOWN = 4;

const PART_WORDS = {
  train: { en: "training", ko: "학습" },
  validation: { en: "validation", ko: "검증" },
  test: { en: "test", ko: "테스트" },
} as const satisfies Readonly<Record<Part, unknown>>;

const PLACE_WORDS = {
  folder: { en: "the folder", ko: "폴더" },
  name: { en: "the name up to its number", ko: "이름에서 번호 앞까지" },
  firstWord: { en: "the first word of the name", ko: "이름의 첫 단어" },
  lastWord: { en: "the last word of the name", ko: "이름의 마지막 단어" },
} as const satisfies Readonly<Record<ClassPlace, unknown>>;

export const folderGuess = {
  /** Folders that are treated as parts although their names do not clearly say so. */
  unsureParts(unsure: readonly Look[], looks: readonly Look[], roles: FolderRoles): readonly Guess[] {
    if (unsure.length === 0) return [];
    const names = unsure.map(({ name }) => name);
    const all = looks.filter(({ nested, part }) => nested && part !== null).map(({ name }) => name);
    return [
      guess(
        `The folders ${list(names)} are treated as parts of the data set: the folders in them are its classes.`,
        `${list(names)} 폴더를 데이터셋의 일부(학습·검증·테스트)로 보았습니다. 그 안의 폴더가 클래스입니다.`,
        [alternative("They are classes", "클래스입니다", roles, all, "class")],
      ),
    ];
  },

  promoted(moved: { readonly from: Part; readonly names: readonly string[] } | null): readonly Guess[] {
    if (moved === null) return [];
    const { en, ko } = PART_WORDS[moved.from];
    return [
      guess(
        `There is no folder of training samples: ${list(moved.names)}, whose name says ${en}, is used for training and split.`,
        `학습용 폴더가 없어 이름이 ${ko}용인 ${list(moved.names)} 폴더로 학습하고 나눕니다.`,
        [],
      ),
    ];
  },

  /** A class-like folder next to the parts. */
  leftOut(name: string, roles: FolderRoles): readonly Guess[] {
    return [
      guess(
        `The folder ${quote(name)} next to the parts is left out.`,
        `일부로 나뉜 폴더들 옆의 ${quote(name)} 폴더는 뺐습니다.`,
        PARTS.map((part) => alternative(`It is a ${PART_WORDS[part].en} part`, `${PART_WORDS[part].ko}용입니다`, roles, [name], part)),
      ),
    ];
  },

  partsBelow(names: readonly string[], roles: FolderRoles): readonly Guess[] {
    return [
      guess(
        `The folders ${list(names)} inside every class are treated as parts of the data set.`,
        `클래스마다 들어 있는 ${list(names)} 폴더를 데이터셋의 일부(학습·검증·테스트)로 보았습니다.`,
        [alternative("All of it is for training", "모두 학습용입니다", roles, names, "train")],
      ),
    ];
  },

  partsInNames(names: readonly string[]): readonly Guess[] {
    return [
      guess(
        `The names of the folders (${list(names)}) are each read as a class and a part.`,
        `폴더 이름(${list(names)})을 클래스와 학습·검증·테스트 구분으로 나누어 읽었습니다.`,
        [alternative("Each folder is a class", "폴더마다 하나의 클래스입니다", {}, names, "class")],
      ),
    ];
  },

  /** fold1, fold2: each holds the same classes. */
  together(names: readonly string[], roles: FolderRoles): readonly Guess[] {
    return [
      guess(`The folders ${list(names)} hold the same classes and are combined.`, `${list(names)} 폴더에 같은 클래스가 들어 있어 하나로 합쳤습니다.`, [
        alternative("Each of them is a class", "각각 하나의 클래스입니다", roles, names, "class"),
      ]),
    ];
  },

  innerClasses(names: readonly string[], roles: FolderRoles): readonly Guess[] {
    return [
      guess(
        `The outer folders (${list(names)}) are treated as the classes, although the same folders are in each of them.`,
        `폴더마다 같은 하위 폴더가 있지만, 바깥 폴더(${list(names)})를 클래스로 보았습니다.`,
        [alternative("The inner folders are the classes", "안쪽 폴더가 클래스입니다", roles, names, "train")],
      ),
    ];
  },

  /** A class whose name is also a name for a part. */
  classNamedPart(name: string, nested: boolean, count: number, roles: FolderRoles): readonly Guess[] {
    const leave = alternative("Leave it out", "뺍니다", roles, [name], "leaveOut");
    return [
      guess(
        `The folder ${quote(name)} is treated as a class, because there are other classes next to it.`,
        `옆에 다른 클래스들이 있어 ${quote(name)} 폴더를 클래스로 보았습니다.`,
        [
          ...(nested
            ? [alternative("It is a part, and its folders are the classes", "데이터셋의 일부이고, 그 안의 폴더가 클래스입니다", roles, [name], "train")]
            : []),
          ...(count > 2 ? [leave] : []),
        ],
      ),
    ];
  },

  unlabelledPart(name: string, roles: FolderRoles): readonly Guess[] {
    return [
      guess(
        `The folder ${quote(name)} next to the classes is left out: the classes of its files are unknown.`,
        `클래스 폴더들 옆의 ${quote(name)} 폴더는 파일이 어느 클래스인지 알 수 없어 뺐습니다.`,
        [alternative("It is a class", "클래스입니다", roles, [name], "class")],
      ),
    ];
  },

  classBeside(name: string, roles: FolderRoles): readonly Guess[] {
    return [
      guess(`The folder ${quote(name)} is treated as a class.`, `${quote(name)} 폴더를 클래스로 보았습니다.`, [
        alternative("Leave it out", "뺍니다", roles, [name], "leaveOut"),
      ]),
    ];
  },

  /** A folder whose files have no class. @param place path including outer folders @param count number of its files */
  filesOfNoClass({ place, name, count }: Pick<LeftFolder, "place" | "name" | "count">, roles: FolderRoles): Guess {
    const files = countText(count, "en");
    return guess(
      `The folder ${quote(place)} is left out: the class of its ${count === 1 ? "file" : `${files} files`} is unknown.`,
      `${quote(place)} 폴더의 파일 ${files}개는 어느 클래스인지 알 수 없어 뺐습니다.`,
      place === name ? [alternative("It is a class", "클래스입니다", roles, [name], "class")] : [],
    );
  },

  /** @param classes names as found */
  namesAreClasses({ from, instead }: NameJudgement, classes: readonly string[]): Guess {
    return {
      field: "classFrom",
      said: {
        en: `The classes are in the names of the files, ${PLACE_WORDS[from].en}: ${list(classes)}.`,
        ko: `클래스를 파일 이름에서 읽었습니다(${PLACE_WORDS[from].ko}): ${list(classes)}.`,
      },
      instead: instead.map((place) => ({
        label: { en: `Use ${PLACE_WORDS[place].en}`, ko: `${PLACE_WORDS[place].ko}로 읽기` },
        set: { classFrom: place },
      })),
    };
  },
};

function guess(en: string, ko: string, instead: readonly GuessAlternative[]): Guess {
  return { field: "folders", said: { en, ko }, instead };
}

function alternative(en: string, ko: string, roles: FolderRoles, names: readonly string[], role: FolderRole): GuessAlternative {
  return { label: { en, ko }, set: { folders: { ...roles, ...Object.fromEntries(names.map((name) => [name, role])) } } };
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map(quote).join(", ");
  return names.length > SHOWN ? `${shown}, …` : shown;
}
