// Two languages. A text is looked up by key; views bring their own with addTexts.
// Numbers and dates follow the language too.
import { en } from "./en";
import { es } from "./es";

export const LANGUAGES = ["en", "es"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Texts = Readonly<Record<string, string>>;

const texts: Record<Language, Record<string, string>> = { en: { ...en }, es: { ...es } };
const STORED = "derrotero.language";

const isLanguage = (text: string | null | undefined): text is Language => LANGUAGES.includes(text as Language);

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; /* storage may be forbidden, in a frame for one */
  }
}

function first(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? stored();
  if (isLanguage(asked)) return asked;
  return navigator.languages.map((each) => each.slice(0, 2)).find(isLanguage) ?? "en";
}

let current: Language = first();
document.documentElement.lang = current;
const listeners = new Set<() => void>();

export const language = (): Language => current;

export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    /* not kept, then */
  }
  for (const each of [...listeners]) each();
}

export const onLanguage = (listener: () => void): void => void listeners.add(listener);

/** Texts of a view, under keys that begin with its name. */
export function addTexts(more: Record<Language, Texts>): void {
  for (const each of LANGUAGES) Object.assign(texts[each], more[each]);
}

export const hasText = (key: string): boolean => key in texts[current];

/** The text of a key with its {names} filled in. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = texts[current][key] ?? texts.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/* Spain writes 9275 without a point, which reads ill in columns: group always. */
const formats = new Map<string, Intl.NumberFormat>();
export function number(value: number, digits = 0, options: Intl.NumberFormatOptions = {}): string {
  const key = `${current}|${digits}|${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(current, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: true,
      ...options,
    });
    formats.set(key, format);
  }
  return format.format(value).replace("-", "−");
}

export const date = (when: Date): string => new Intl.DateTimeFormat(current, { dateStyle: "long" }).format(when);
