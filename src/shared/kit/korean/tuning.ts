/** What is said of a search: its space and its trials. */
export const tuningKorean: Readonly<Record<string, string>> = {
  "must be a field of the recipe: {0} {1}": "레시피의 필드여야 합니다: {0}: {1}",
  "must have points that can be trained": "학습할 수 있는 점이 있어야 합니다",
  "{0} proposals in a row that cannot": "학습할 수 없는 제안이 잇달아 {0}개",
  "{0} proposals in a row that cannot; the first because {1} {2}": "학습할 수 없는 제안이 잇달아 {0}개. 첫째의 까닭: {1}: {2}",
  "Narrow the space, or change the recipe.": "탐색 공간을 좁히거나 레시피를 바꾸세요.",
  "{0} No point that was tried can be trained.": "{0} 시도한 점 가운데 학습할 수 있는 것이 없습니다.",
  "should have only points that can be trained; about {0} % cannot, and proposals there are replaced and not counted":
    "학습할 수 있는 점만 있는 것이 좋습니다. 약 {0} %는 학습할 수 없으며, 그런 제안은 다른 것으로 바뀌고 세지 않습니다",
  "{0}, where {1} {2}": "{0}, 여기서 {1}: {2}",
};
