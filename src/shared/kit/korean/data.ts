/** What is said of data: what they are, what is wrong with them, and what to do. */
export const dataKorean: Readonly<Record<string, string>> = {
  "It holds {0}, which cannot be used as a feature.": "{0|이} 들어 있어 특성으로 쓸 수 없습니다.",
  "Column {0} holds {1} and is not used as a feature": "열 {0}에는 {1|이} 들어 있어 특성으로 쓰지 않습니다",
  "Write the relevant parts as columns of single values.": "필요한 부분을 값이 하나씩 든 열로 적으세요.",
  "column {0}": "열 {0}",
  "values of no kind that is read": "읽을 수 없는 종류의 값",
};
