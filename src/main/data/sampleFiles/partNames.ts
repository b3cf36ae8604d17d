/** What the name of a folder, file or array says: a part of the data set, a mere container, or something other than samples. */

/** The parts of a data set, in the order of their samples. */
export const PARTS = ["train", "validation", "test"] as const;

export type Part = (typeof PARTS)[number];

export interface PartName {
  readonly part: Part;
  /** The meaning if another folder already has that part: "eval" is the test part next to "dev", "holdout" the validation part next to "test". */
  readonly otherwise: Part | null;
  /** Whether the name is unambiguous: "seg_train" and "training set 2" are, "train_station" is not. */
  readonly sure: boolean;
  /** The words that do not name the part: "cats" in "cats_train". */
  readonly rest: string;
}

interface PartWord {
  readonly part: Part;
  readonly otherwise?: Part;
  /** Lower-case words. */
  readonly words: string;
}

const WORDS: readonly PartWord[] = [
  {
    part: "train",
    words:
      "train training trn trainval trainingsdaten trainieren entrenamiento entrainement apprentissage treinamento treino addestramento обучение обучающая 학습 훈련 训练 訓練 学習",
  },
  {
    part: "validation",
    words:
      "val valid validation validate validating dev devel development validierung validierungsdaten validacion validacao validazione валидация 검증 验证 驗證 検証",
  },
  { part: "validation", otherwise: "test", words: "eval evaluation evaluate evaluating evaluierung evaluacion" },
  { part: "test", words: "test testing tst testdaten prueba pruebas teste essai тест 시험 테스트 测试 測試 テスト" },
  { part: "test", otherwise: "validation", words: "holdout heldout" },
];

const BY_WORD: ReadonlyMap<string, PartWord> = new Map(WORDS.flatMap((each) => each.words.split(" ").map((word) => [word, each] as const)));

/** Words that may accompany the name of a part without naming a class. */
const NEUTRAL = new Set(
  (
    "set sets data dataset datasets database image images img imgs im pic pics picture pictures photo photos jpg jpeg png wav wave wavs audio sound sounds clip clips recording " +
    "recordings file files folder folders dir directory sample samples split splits part parts subset partition portion x y xs ys seg public private final new old raw my the " +
    "full all small large big mini tiny labeled labelled label labels rgb gray grey resized cropped crop crops aug augmented balanced clean cleaned processed preprocessed " +
    "kaggle v version of for and stage phase batch fold features feature inputs input targets target " +
    "데이터 데이터셋 이미지 사진 용 셋 세트 集 数据 データ"
  ).split(" "),
);

/** Compounds with a part: "trainset", "xtest", "testimages". */
const GLUED =
  /^(x|y|img|imgs|image|images|data|dataset|seg)?(train|training|val|valid|validation|dev|eval|test|testing|holdout)(set|sets|data|dataset|images?|imgs?|pics?|pictures?|files?|folder|dir|split|part|samples?|audio|wavs?|labels?|x|y)?$/;
/** Languages that write without spaces: the part, followed by a word for "data" or "set". */
const JOINED =
  /^(학습|훈련|검증|시험|테스트|训练|訓練|学習|验证|驗證|検証|测试|測試|テスト)(?:용|용데이터|데이터|데이터셋|셋|세트|이미지|사진|집합|集|用|数据|數據|数据集|データ|セット|画像)+$/u;

/** Uninformative names for folders of samples. */
const CONTAINERS = new Set(
  (
    "data dataset datasets images image imgs img pictures photos pics jpg jpeg png jpegimages archive set files samples audio wav wavs wave sounds clips recordings content " +
    "root folder raw original originals input inputs all final unzipped extracted download downloads"
  ).split(" "),
);
/** Folders whose files are not labelled samples. */
const BESIDE =
  /^(?:un(?:labell?ed|known|lab|sup|supervised|sorted|used|classified)|nolabels?|pred|preds|predict|predicts|predictions?|submissions?|submit|masks?|annotations?|annots?|gt|groundtruth|segmentations?|labels?|bbox|boxes|heatmaps?|output|outputs|results?|demo|examples?|preview|previews|thumbs?|thumbnails?|backup|backups|tmp|temp|trash|misc|figures?|docs?|assets|미분류|라벨없음|未标注)$/u;
const NUMBERED = /^(?:fold|part|split|batch|subset|shard|chunk|section|group|disk|disc|cd|dvd|vol|volume|set|folder|dir|session|partition|portion)$/;

/** The words of a name in lower case, split at non-letters, between letters and digits, and at camel case. */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize("NFKC")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replace(/(\p{L})(\p{N})/gu, "$1 $2")
    .replace(/(\p{N})(\p{L})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** The part that a name says; null if it says none, or contradicting ones. */
export function partOfName(name: string): PartName | null {
  const words = joinHoldOut(wordsOf(name));
  const found = words.map(partWord);
  const named = found.filter((each) => each !== null);
  const parts = new Set(named.map(({ part }) => part));
  // "train_val" as a whole is used for training; "train_test" is ambiguous.
  if (parts.size > 1 && (parts.has("test") || parts.size > 2)) return null;
  const first = named.find(({ part }) => part === "train") ?? named[0];
  if (first === undefined) return null;
  const rest = words.filter((word, i) => found[i] === null && !NEUTRAL.has(word) && !/^\p{N}+$/u.test(word));
  return { part: first.part, otherwise: first.otherwise ?? null, sure: rest.length === 0, rest: rest.join(" ") };
}

/** Whether a name says nothing about the contents: "images", "dataset", "archive (1)". */
export function isContainerName(name: string): boolean {
  const words = wordsOf(name).filter((word) => !/^\p{N}+$/u.test(word));
  return words.length > 0 && words.every((word) => CONTAINERS.has(word) || NEUTRAL.has(word));
}

/** Whether a name says that the files are not labelled samples: "unlabelled", "seg_pred", "masks". */
export function isBesideName(name: string): boolean {
  const words = wordsOf(name);
  const glued = words.join("");
  return BESIDE.test(glued) || words.some((word) => BESIDE.test(word));
}

/** Whether a name is just a counter: "fold1", "part_2", "batch-3". */
export function isCountedName(name: string): boolean {
  const [word = "", number = "", ...more] = wordsOf(name);
  return more.length === 0 && NUMBERED.test(word) && /^\p{N}+$/u.test(number);
}

/** The words of a name without the one for the part; equal for x_train and X-test, and for trainimages and testimages. */
export function wordsWithoutPart(name: string): readonly string[] {
  return wordsOf(name).flatMap((word) => {
    if (partWord(word) === null) return [word];
    const [, before = "", , behind = ""] = GLUED.exec(word) ?? [];
    return [before, behind].filter((each) => each !== "");
  });
}

function partWord(word: string): PartWord | null {
  const plain = word
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
  const whole = GLUED.exec(plain)?.[2] ?? JOINED.exec(word.normalize("NFC"))?.[1] ?? plain;
  return BY_WORD.get(whole) ?? null;
}

/** Joins "hold-out" and "held out" to one word. */
function joinHoldOut(words: readonly string[]): readonly string[] {
  return words.flatMap((word, i) => {
    if (word === "out" && /^(?:hold|held)$/.test(words[i - 1] ?? "")) return [];
    return /^(?:hold|held)$/.test(word) && words[i + 1] === "out" ? [`${word}out`] : [word];
  });
}
