/** What an inspection finds in data. */
export const inspectionKorean: Readonly<Record<string, string>> = {
  "{0} of {1}": "{1} 중 {0}개",
  "sample {0}": "표본 {0}",
  "sample {0} ({1})": "표본 {0} ({1})",
  "class {0}": "클래스 {0}",
  "target {0}": "목표 {0}",
  label: "라벨",
  labels: "라벨",
  target: "목표값",
  values: "값",
  "training part": "학습 세트",
  "validation part": "검증 세트",
  "test part": "테스트 세트",
  "no part": "어느 세트에도 없음",
  "Free some space.": "디스크 공간을 비우세요.",

  // balance
  "{0} of {1} have no sample": "{1} 중 {0}개에 표본이 없습니다",
  "Add samples, or leave the names out of the classes: the network would have outputs that are never right.":
    "표본을 더하거나 클래스에서 그 이름을 빼세요. 그대로 두면 결코 맞을 수 없는 출력이 생깁니다.",
  "{0} are the same in every sample": "{0}의 값이 모든 표본에서 같습니다",
  "Choose another target, or add samples where it differs: there is nothing to predict.":
    "다른 목표를 고르거나 값이 다른 표본을 더하세요. 예측할 것이 없습니다.",
  "{0} in all {1} samples": "표본 {1}개 모두에서 {0}",
  "All {0} are of one class, {1}": "{0} 모두가 한 클래스({1})입니다",
  "Add samples of other classes: otherwise there is nothing to learn.": "다른 클래스의 표본을 더하세요. 그러지 않으면 학습할 것이 없습니다.",
  "The largest class, {0} with {1}, has {2} times the samples of the smallest, {3} with {4}":
    "가장 큰 클래스 {0}({1}개)의 표본이 가장 작은 클래스 {3}({4}개)의 {2}배입니다",
  "Weight the classes in the loss, or add samples to the small ones, and use the F1 score instead of the accuracy: always predicting {0} is right in {1} % of the samples.":
    "손실에서 클래스에 가중치를 주거나 작은 클래스에 표본을 더하고, 정확도 대신 F1 점수를 쓰세요. 언제나 {0|이라} 예측해도 표본의 {1} %에서 맞습니다.",
  "{0} have fewer than {1} samples": "{0}의 표본이 {1}개보다 적습니다",
  "Add samples, or merge them with another class: after the split there are too few to train or evaluate on.":
    "표본을 더하거나 다른 클래스와 합치세요. 분할하고 나면 학습하거나 평가하기에 너무 적습니다.",

  // columns
  "{0} have missing values, at most {1} of the rows": "{0}에 빠진 값이 있습니다. 가장 많은 열은 행의 {1}입니다",
  "Choose what fills them in the recipe's encoding; ignore columns that are mostly empty.":
    "무엇으로 채울지 레시피의 인코딩에서 고르고, 거의 빈 열은 무시하세요.",
  "{0} ({1})": "{0} ({1})",
  "{0} hold one value only": "{0}에 값이 하나뿐입니다",
  "Put them into data.source.ignore: they carry no information.": "data.source.ignore에 넣으세요. 아무 정보도 없습니다.",
  "no value at all": "값이 하나도 없음",
  "{0} in every row that has a value": "값이 있는 모든 행에서 {0}",
  "the same as column {0}": "열 {0|과} 같음",
  "{0} repeat another": "{0|이} 다른 열과 똑같습니다",
  "Put the copies into data.source.ignore: they add weights but no information.":
    "똑같은 열을 data.source.ignore에 넣으세요. 가중치만 늘고 정보는 늘지 않습니다.",
  "{0} number the rows": "{0|이} 행의 번호입니다",
  "Put them into data.source.ignore: a network learns the order of the file from them, which new data do not have.":
    "data.source.ignore에 넣으세요. 신경망이 파일의 순서를 배우는데, 새 데이터에는 그런 순서가 없습니다.",
  "{0} different integers in {1} rows": "행 {1}개에 서로 다른 정수 {0}개",
  "{0} categories in {1} rows": "행 {1}개에 범주 {0}개",
  "{0} have fewer than {1} rows per category": "{0}에서 범주마다 행이 {1}개보다 적습니다",
  "Put them into data.source.ignore, or use coarser categories: rare categories are hardly learned, and those beyond maxCategories are merged.":
    "data.source.ignore에 넣거나 범주를 더 크게 묶으세요. 드문 범주는 거의 학습되지 않고, maxCategories를 넘는 범주는 하나로 합쳐집니다.",

  // outliers
  "the mean": "평균",
  "the mean of {0}": "{0}의 평균",
  "{0} are far from the mean of all": "{0|이} 전체의 평균에서 멉니다",
  "{0} are far from the mean of their class": "{0|이} 자기 클래스의 평균에서 멉니다",
  "Look at the farthest first: its label may be wrong, its file damaged, or it may just be rare.":
    "가장 먼 것부터 살펴보세요. 라벨이 틀렸거나 파일이 깨졌거나, 그저 드문 것일 수 있습니다.",
  "{0} interquartile ranges farther from {1} than three quarters of the others": "{1}까지의 거리가 나머지의 4분의 3보다 사분위 범위의 {0}배만큼 더 멂",
  "{0} values lie more than {1} interquartile ranges outside the quartiles, in {2} of {3} columns: {4}":
    "값 {0}개가 사분위수 밖으로 사분위 범위의 {1}배보다 멀리 있습니다. 열 {3}개 중 {2}개: {4}",
  "Correct those that are errors; if the column is skewed, use its logarithm: after standardization such values dominate the others.":
    "잘못된 값은 바로잡고, 열이 치우쳐 있으면 로그를 쓰세요. 표준화한 뒤에는 이런 값이 나머지를 압도합니다.",
  "column {0}: {1}, {2} interquartile ranges outside the quartiles {3} … {4}": "열 {0}: {1}, 사분위수 {3} … {4} 밖으로 사분위 범위의 {2}배",
  "{0} have values that are missing or not finite": "{0}에 빠졌거나 유한하지 않은 값이 있습니다",
  "Fill them in, or leave these samples out.": "값을 채우거나 이 표본을 빼세요.",
  "Leave them out if they are failures: they carry no information about the class.": "잘못된 것이면 빼세요. 클래스에 대한 정보가 없습니다.",
  "every value is {0}": "모든 값이 {0}",

  // duplicates
  "the same as {0}": "{0|과} 같음",
  "{0} repeat an earlier one with the same target": "{0|이} 목표값이 같은 앞의 것과 똑같습니다",
  "Remove the duplicates unless they are separate measurements: a random split puts the same {0} into training and test.":
    "따로 측정한 것이 아니면 중복을 빼세요. 무작위로 분할하면 똑같은 {0|이} 학습과 테스트에 함께 들어갑니다.",
  "{0}, but {1} with the same features is {2}": "{0}, 그런데 특성이 같은 {1|은} {2}",
  "{0} have the features of an earlier one and another {1}, in {2}": "{0|이} 앞의 것과 특성은 같고 {1|이} 다릅니다({2})",
  "Correct the {0} that is wrong, or add a feature that distinguishes these {1}: no network can get both right.":
    "틀린 {0|을} 바로잡거나 이 {1|을} 구별하는 특성을 더하세요. 어떤 신경망도 둘 다 맞힐 수는 없습니다.",
  "in the {0}, the same as {1} in the {2}": "{0}에 있고, {2}의 {1|과} 같음",
  "{0} in the {1}": "{1}에 {0}개",
  "{0} held out repeat one of another part of the split: {1}": "떼어 둔 {0|이} 분할의 다른 세트에 있는 것과 똑같습니다: {1}",
  "Remove them from one of the parts, or split by a group that keeps equal {0} together: on these, a network is only tested on what it has memorized.":
    "한쪽 세트에서 빼거나, 같은 {0|을} 한데 두는 그룹으로 분할하세요. 이런 것으로는 신경망이 외운 것을 테스트할 뿐입니다.",
  "looks like {0}, correlation {1}": "{0|과} 비슷함, 상관계수 {1}",
  "{0}, but {1}, which looks the same, is {2}": "{0}, 그런데 똑같아 보이는 {1|은} {2}",
  "in the {0}, looks like {1} in the {2}": "{0}에 있고, {2}의 {1|과} 비슷함",
  "{0} look like one in another part of the split": "{0|이} 분할의 다른 세트에 있는 것과 비슷합니다",
  "Remove them from one of the parts, or split by a group that keeps images of one origin together.":
    "한쪽 세트에서 빼거나, 같은 곳에서 온 이미지를 한데 두는 그룹으로 분할하세요.",
  "{0} look like an earlier one with another {1}": "{0|이} 앞의 것과 비슷한데 {1|이} 다릅니다",
  "Look at both and correct the one that is wrong.": "둘 다 살펴보고 틀린 것을 바로잡으세요.",
  "{0} look like an earlier one": "{0|이} 앞의 것과 비슷합니다",
  "Keep one of each where they are copies: a random split puts them into training and test.":
    "복사본이면 하나만 남기세요. 무작위로 분할하면 학습과 테스트에 함께 들어갑니다.",

  // suspects
  "value {0}, loss {1}": "값 {0}, 손실 {1}",
  "labelled {0}, predicted as {1} with probability {2}, loss {3}": "라벨은 {0}, 예측은 {1}(확률 {2}), 손실 {3}",
  "{0} are predicted as another class, as confidently as that class's own samples or with a loss above {1}, the mean plus {2} standard deviations":
    "{0|을} 다른 클래스로 예측합니다. 그 클래스의 표본만큼 확신하거나, 손실이 평균에 표준편차의 {2}배를 더한 {1|을} 넘습니다",
  "{0} are far from what the network predicts, with a loss above {1}, the mean plus {2} standard deviations":
    "{0|이} 신경망의 예측에서 멉니다. 손실이 평균에 표준편차의 {2}배를 더한 {1|을} 넘습니다",
  "Nothing needs to be done.": "할 일이 없습니다.",
  "Train a better network first: one that disagrees with this many labels has learned little.":
    "먼저 더 나은 신경망을 학습하세요. 이렇게 많은 라벨과 어긋나는 신경망은 배운 것이 적습니다.",
  "Look at them, the highest loss first: correct {0} that are wrong, and keep samples that are only hard.":
    "손실이 큰 것부터 살펴보세요. 틀린 {0|은} 바로잡고, 어려울 뿐인 표본은 그대로 두세요.",

  // leaks
  "{0} give away the target": "{0|이} 목표를 알려 줍니다",
  "Put columns into data.source.ignore whose values are not known before the target is.": "목표보다 먼저 알 수 없는 열은 data.source.ignore에 넣으세요.",
  "the same as the target {0} in every row": "모든 행에서 목표 {0|과} 같음",
  "each of its {0} values corresponds to one value of {1}, and vice versa": "값 {0}개가 {1}의 값과 하나씩 서로 대응함",
  "every row": "모든 행",
  "all but {0} of {1}": "{1}개 중 {0|을} 뺀 나머지",
  "its {0} values determine the value of {1} in {2}": "값 {0}개가 {1}의 값을 정함({2})",
  "it is a linear function of {0}: their correlation is {1}": "{0}의 일차 함수임. 상관계수 {1}",
  "it rises with {0} from every row to the next": "모든 행에서 {0|과} 함께 커짐",
  "it falls with {0} from every row to the next": "{0|이} 커질 때마다 작아짐",
  "each of its {0} values corresponds to one range of {1}": "값 {0}개가 저마다 {1}의 한 구간에 대응함",
};
