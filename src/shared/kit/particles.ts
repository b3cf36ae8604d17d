/**
 * Korean particles, whose form depends on the last sound of the word before them: 표본을, 배치를. A word ends in a consonant or in a vowel; 으로 is 로
 * behind ㄹ too. For a word whose sound is not known (a name in Latin letters) both forms are written: train을(를).
 */
interface Forms {
  readonly consonant: string;
  readonly vowel: string;
  readonly both: string;
}

const forms: Readonly<Record<string, Forms>> = {
  은: { consonant: "은", vowel: "는", both: "은(는)" },
  이: { consonant: "이", vowel: "가", both: "이(가)" },
  을: { consonant: "을", vowel: "를", both: "을(를)" },
  과: { consonant: "과", vowel: "와", both: "과(와)" },
  으로: { consonant: "으로", vowel: "로", both: "(으)로" },
  이어야: { consonant: "이어야", vowel: "여야", both: "이어야" },
  이라: { consonant: "이라", vowel: "라", both: "(이)라" },
  이며: { consonant: "이며", vowel: "며", both: "이며" },
};

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
/** Forms of a final consonant in Unicode's order of syllables; the first stands for none. */
const FINALS = 28;
const RIEUL = 8;
/** The digits as they are read: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구. A zero at the end of 10, 100 or 10,000 (십, 백, 만) ends in a consonant as well. */
const DIGIT_FINALS = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0];

/** The word with a particle behind it. @param particle its form behind a consonant, one of the keys of `forms` */
export function withParticle(word: string, particle: string): string {
  const form = forms[particle];
  if (form === undefined) return word + particle;
  const final = finalOf(word);
  if (final === null) return word + form.both;
  return word + (final === 0 || (particle === "으로" && final === RIEUL) ? form.vowel : form.consonant);
}

/** Number of the final consonant of the last sound, 0 for none; null where it is not known. Quotes and brackets at the end are not read. */
function finalOf(word: string): number | null {
  const last = word.replace(/["'”’)\]}]+$/u, "").at(-1) ?? "";
  if (/\d/.test(last)) return DIGIT_FINALS[Number(last)] ?? null;
  const code = last.codePointAt(0) ?? 0;
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE ? (code - FIRST_SYLLABLE) % FINALS : null;
}
