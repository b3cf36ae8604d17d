/** Currencies before or after a number, and units after it. */

const CURRENCY_SIGN = /^(?:[A-Z]{1,3})?[$€£¥₩₹₽₺₫₪₱฿₦₴₡₿¢]$/u;
const CURRENCY_WORDS = new Set(
  "aed ars aud bgn brl cad chf clp cny cop czk dkk egp eur gbp hkd huf idr ils inr isk jpy krw kzt mxn myr ngn nok nzd pen php pkr pln qar ron rsd rub sar sek sgd thb try twd uah usd vnd zar kr rs fr zł kč ft lei лв руб р 원 円 元 圓 won yen".split(
    " ",
  ),
);
/** Signs and words for the same currency. */
const SAME_CURRENCY: Readonly<Record<string, string>> = {
  eur: "€",
  gbp: "£",
  "₩": "₩",
  krw: "₩",
  won: "₩",
  원: "₩",
  inr: "₹",
  rs: "₹",
  jpy: "¥",
  円: "¥",
  yen: "¥",
  US$: "$",
  usd: "$",
};

/** Units without spaces: mass, length, time, temperature, electricity, data and counted things. */
const KNOWN_UNITS = new Set(
  (
    '% ‰ " ° °c °f ° c ° f ℃ ℉ ºc ºf k kg g mg µg μg ug t lb lbs oz st m km cm mm µm μm nm mi in ft yd m² m³ m2 m3 km² km2 cm² cm2 cm³ cm3 ft² ft2 sqft ha l ml dl cl µl μl gal ' +
    "s sec secs ms µs us ns min mins h hr hrs hour hours d day days w wk week weeks month months mo yr yrs year years y hz khz mhz ghz w kw mw gw wh kwh mwh j kj mj cal kcal v mv kv a ma ah mah ohm ω kω pa hpa kpa mpa " +
    "bar mbar psi atm n kn nm mol mmol mmhg bpm rpm hp ps bhp mph kph kmh m/s km/h km/l l/100km mpg b kb mb gb tb kib mib gib bit bits byte bytes px pt dpi db dba ppm ppb iu u pcs pc x cc cyl mp kmpl " +
    "개 명 원 회 년 월 일 세 살 점 시간 분 초 권 건 대 만 억 천 층 평 kgf"
  ).split(" "),
);
const MAGNITUDES = new Set(["k", "m", "b", "t", "mm", "mn", "mio", "mrd", "bn", "tn", "million", "billion", "thousand"]);
const UNIT = /^\/?(?:[\p{L}°º℃℉%‰µμΩω²³"$€£¥₩₹](?:[\p{L}°º%‰²³./·*^"-]|(?<=[\p{L}^])[23]|(?<=\/)\d{1,3})*)(?: [\p{L}²³/.]+)?$/u;
const MAX_UNIT = 16;
/** Single letters that are units directly after digits; other letters are seat rows, school classes or pencil grades. */
const LETTERS = "gmshdwylVWk";
/** Units whose case matters: milli and mega, bits and bytes, gram and generation. */
const CASE_MATTERS = /^(?:[a-zA-Z]|[mM](?:[a-zA-Z]|[hH]z|[pP]a|[wW]h))$/;
const DATA = /^([kKmMgGtT]i?)([bB])(ps|\/s)?$/;

/** The normalized name of a currency before or after a number; null if the text is not a currency. */
export function currencyOf(text: string): string | null {
  const trimmed = text.replace(/\.$/, "");
  const known = [trimmed, trimmed.toLowerCase()].find((name) => Object.hasOwn(SAME_CURRENCY, name));
  if (known !== undefined) return SAME_CURRENCY[known] ?? null;
  if (CURRENCY_SIGN.test(trimmed)) return trimmed;
  return CURRENCY_WORDS.has(trimmed.toLowerCase()) ? trimmed : null;
}

export function isMoney(unit: string): boolean {
  return currencyOf(unit) !== null;
}

/** Whether a text after a number can be a unit. */
export function isUnit(text: string): boolean {
  return text.length <= MAX_UNIT && UNIT.test(text);
}

/** Whether a unit is common, so that it is always one: `4WD` is not a number of WD, `5G` not a mass. */
export function isKnownUnit(unit: string): boolean {
  if (/^[a-zA-Z]$/.test(unit)) return LETTERS.includes(unit);
  const [first = "", magnitude] = unit.split(" ");
  if (magnitude !== undefined && isMoney(first)) return MAGNITUDES.has(magnitude.toLowerCase()) || isKnownUnit(magnitude);
  const lower = unit.toLowerCase().replace(/\.$/, "");
  return currencyOf(unit) !== null || KNOWN_UNITS.has(lower) || lower.includes("/");
}

/** The normalized name for spellings of a unit: `yr.`, `Yr`, `yrs`. Milli and mega, bits and bytes stay distinct. */
export function unitName(unit: string): string {
  const text = unit
    .replace(/\.$/, "")
    .replaceAll("º", "°")
    .replace("℃", "°C")
    .replace("℉", "°F")
    .replaceAll("μ", "µ")
    .replace(/° (?=[CF]$)/, "°");
  if (text === "L") return "l";
  const data = DATA.exec(text);
  // Bits only if written Mb; mb usually means megabytes.
  if (data !== null) return `${data[1]?.toLowerCase()}${data[2] === "b" && data[1] === data[1]?.toUpperCase() ? "b" : "B"}${data[3] ?? ""}`;
  if (CASE_MATTERS.test(text)) return text;
  const lower = text.toLowerCase();
  return lower.length > 2 && /\p{L}s$/u.test(lower) ? lower.slice(0, -1) : lower;
}
