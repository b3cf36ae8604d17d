/** The words of the screen augment in English. */
export const augmentEn = { title: "Augment" };
