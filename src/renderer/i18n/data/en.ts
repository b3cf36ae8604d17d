/** The words of the screen data in English. */
export const dataEn = { title: "Data" };
