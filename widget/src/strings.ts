import type catalogue from "../strings.json";

export type Key = keyof typeof catalogue.core | keyof typeof catalogue.writer;

/** A text, or one text for each CLDR plural category of the language. */
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Table = Partial<Record<string, Text>>;
export type Translate = (key: Key, values?: Record<string, string | number>) => string;

/** A language with Latin digits, as the server prints them. */
export const latin = (lang: string): string => lang + "-u-nu-latn";
/** `en` as the reader has it, if they have it: `en-GB`. */
export const ofReader = (lang: string): string => (navigator.language.startsWith(lang) ? navigator.language : lang);
/** Numbers that are not grouped are the same in all our languages, and the first format of a page costs 15 ms. */
export const digits = (lang: string, value: number): string => (value < 1_000 ? `${value}` : new Intl.NumberFormat(lang).format(value));

/**
 * Words in the page's language.  `{n}` chooses the plural form: a number, or a text such as "99+",
 * which counts as the number that it begins with.  A missing message shows as its key.
 */
export function translator(table: Table, lang: string): Translate {
  // Made when first needed, and for the bare language: a browser takes 1 ms for that, and 10 where digits are named.
  let rules: Intl.PluralRules | undefined;
  return (key, values = {}) => {
    const entry = table[key] ?? key;
    const text = typeof entry === "string" ? entry : entry[(rules ??= new Intl.PluralRules(lang.slice(0, 2))).select(parseInt(`${values.n}`))] ?? entry.other ?? key;
    return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = values[name] ?? hole;
      return typeof value === "number" ? digits(lang, value) : value;
    });
  };
}
