/** The two languages of every message, and how a request picks one. */

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** Fills `{name}` in both texts with `values[name]`; an unknown name stays as it stands. */
export function fill(text: Bilingual, values: Readonly<Record<string, string>>): Bilingual {
  const one = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return { zh: one(text.zh), en: one(text.en) };
}

/**
 * The language of an `Accept-Language` header (RFC 9110, 12.5.4): the first of zh and en by weight.
 * Chinese where the header is missing or names neither, since the product's users are Chinese.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: Language = 'zh';
  let bestWeight = 0;
  for (const range of (acceptLanguage ?? '').split(',')) {
    const [tag = '', ...params] = range.trim().toLowerCase().split(';');
    const quality = params.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((q) => q !== undefined);
    const weight = quality === undefined ? 1 : Number(quality);
    const language = LANGUAGES.find((l) => tag === l || tag.startsWith(`${l}-`));
    if (language !== undefined && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
