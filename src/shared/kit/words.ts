/** A text for people, in every language of the studio. */
export interface Words {
  readonly en: string;
  readonly ko: string;
}
