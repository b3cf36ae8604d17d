/** What the window says of itself: its connection, its preview, its editor. */
export const windowKorean: Readonly<Record<string, string>> = {
  "the studio must be running for the window to reach it": "창이 닿을 수 있도록 스튜디오가 실행 중이어야 합니다",
  "a connection that ended": "끊긴 연결",
  "Wait until the window is connected again, or start the studio again with npm start.":
    "창이 다시 연결될 때까지 기다리거나, npm start로 스튜디오를 다시 시작하세요.",
  "must be opened by an address that the studio gave": "스튜디오가 알려 준 주소로 열어야 합니다",
  "one without its token": "토큰이 없는 주소",
  "Open the address that Descent printed last in the terminal.": "터미널에 Descent가 마지막으로 표시한 주소를 여세요.",
  "must be drawn": "그릴 수 있어야 합니다",
  "Try again.": "다시 시도하세요.",
  "must be JSON": "JSON이어야 합니다",
  "the end of the text": "글의 끝",
  "Correct the text there: commas, quotes and brackets are the usual causes.": "그곳을 바로잡으세요. 쉼표, 따옴표, 괄호가 흔한 원인입니다.",
};
