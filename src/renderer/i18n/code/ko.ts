/** The words about code that data sets are written in, in Korean. */
import type { Texts } from "../texts.ts";
import type { codeEn } from "./en.ts";

export const codeKo: Texts<typeof codeEn> = {
  title: "이 코드를 실행하도록 허용할까요?",
  text: "이 데이터셋은 코드이며, 이 파일은 아직 여기에서 실행이 허용되지 않았습니다. 먼저 읽어 보고, 출처를 신뢰할 때만 허용하세요.",
  reading: "파일과 가져오는 모듈을 읽는 중",
  look: "무엇을 할 수 있는지 보기…",
  file: "파일",
  size: "크기",
  bytes_one: "{{text}}바이트",
  bytes_other: "{{text}}바이트",
  imports: "가져오는 파일",
  importsNone: "없음",
  can: "허용하면 할 수 있는 일",
  canRead: "다음 위치의 모든 것을 읽기:",
  canDo: {
    options: "레시피가 옵션에서 지정한 파일과 폴더, 그리고 이 폴더들 안의 링크가 가리키는 곳을 읽기",
    network: "이 컴퓨터와 네트워크에 연결하고, 읽은 내용을 보내기",
    computer: "프로세서와 메모리를 한도까지 사용하기",
  },
  cannot: "할 수 없는 일",
  cannotDo: {
    write: "파일을 쓰거나 지우기",
    start: "프로그램을 시작하거나 다른 프로그램에 개입하기",
    environment: "환경 변수를 보기",
  },
  lasting: "이 허용은 정확히 이 내용에만 적용됩니다. 파일이나 가져오는 파일이 바뀌면 다시 묻습니다. 데이터셋 페이지에서 취소할 수 있습니다.",
  notNow: "나중에",
  allow: "허용",
  again: "다시 보기",
  forget: "허용 취소",
  forgetTitle: "다시 허용할 때까지 이 코드는 실행되지 않습니다",
};
