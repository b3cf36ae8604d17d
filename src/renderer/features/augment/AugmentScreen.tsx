/** Augmentation to look at: the original beside its variants, by the program that trains. */
export function AugmentScreen() {
  return <div />;
}
