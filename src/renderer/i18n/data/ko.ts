/** The words of the screen data in Korean. */
import type { dataEn } from "./en.ts";

export const dataKo: typeof dataEn = { title: "데이터" };
