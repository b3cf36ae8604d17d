/** Names of months and weekdays in many languages, as used in dates. Words that mean different months in two languages are left out. */

const LANGUAGES = ["en", "de", "de-AT", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "tr", "ru", "uk", "el", "id", "vi"];
/** Common spellings that are not in dictionaries. */
const OTHER_MONTHS: Readonly<Record<string, number>> = { sept: 9, mrz: 3, maerz: 3, jänner: 1, juin: 6, juil: 7, set: 9, agt: 8, okt: 10 };
const FILLERS = "de del of the le la el den der am on at um à do dia den di alle h uhr year г год года".split(" ");

interface CalendarWords {
  /** From 1, by the word without accents and full stop. */
  readonly months: ReadonlyMap<string, number>;
  /** Words that a date may contain and that carry no information. */
  readonly passed: ReadonlySet<string>;
}

let words: CalendarWords | null = null;

export function calendarWords(): CalendarWords {
  words ??= gather();
  return words;
}

/** In lower case, without accents and trailing full stop. */
export function plainWord(word: string): string {
  return word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/\.$/, "");
}

function gather(): CalendarWords {
  const months = new Map<string, number>();
  const doubtful = new Set<string>();
  const passed = new Set(FILLERS.map(plainWord));
  for (const language of LANGUAGES) {
    for (const month of ["long", "short"] as const)
      for (const day of ["numeric", undefined] as const) {
        const format = new Intl.DateTimeFormat(language, { month, day, timeZone: "UTC" });
        for (let number = 1; number <= 12; number++) {
          const word = wordIn(format, Date.UTC(2001, number - 1, 15), "month");
          if ((months.get(word) ?? number) !== number) doubtful.add(word);
          if (/^\p{L}+$/u.test(word)) months.set(word, number);
        }
      }
    for (const weekday of ["long", "short"] as const) {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" });
      for (let day = 1; day <= 7; day++) {
        const word = wordIn(format, Date.UTC(2001, 0, day), "weekday");
        if (/^[\p{L}-]+$/u.test(word)) passed.add(word);
      }
    }
  }
  for (const word of doubtful) months.delete(word);
  for (const [word, number] of Object.entries(OTHER_MONTHS)) months.set(plainWord(word), number);
  for (const word of months.keys()) passed.delete(word);
  for (const word of ["tues", "thur", "thurs", "wednes"]) passed.add(word);
  return { months, passed };
}

function wordIn(format: Intl.DateTimeFormat, time: number, type: "month" | "weekday"): string {
  return plainWord(format.formatToParts(time).find((part) => part.type === type)?.value ?? "");
}
