/**
 * Small parts that rulebooks and factor sets share: names, codes, dates, texts in two languages, sources, and numbers
 * with their source and status.
 */
import { z } from 'zod';

import { isReadable } from './readable-text';

export const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'snake_case, at most 63 characters');
export const code = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'kebab-case, at most 63 characters');
export const date = z.iso.date();
export const text = z
  .string()
  .min(1)
  .max(2000)
  .refine(
    isReadable,
    'control characters, marks of writing direction and half characters are no text',
  );
/** Stands on every rating: a template and the titles it takes must not multiply to megabytes. */
export const shortText = text.max(200);
export const version = z
  .string()
  .max(20)
  .regex(/^\d+\.\d+\.\d+$/);
export const unit = z.string().max(64);
/** Codes of carriers, regions and periods as they are compared, never interpreted. */
export const key = z.string().max(64);
export const bilingual = z.strictObject({ zh: text, en: text });
export const shortBilingual = z.strictObject({ zh: shortText, en: shortText });
/** How sure we are of a number: `domain.md`'s three words. */
export const status = z.enum(['official', 'reported', 'assumed']);
export type Status = z.infer<typeof status>;

/** A reason of `notRated` that holds where a value is missing. */
export const missingReason = z.strictObject({ notRated: code });
/** What happens where a value is missing: a default that counts, no rating with a reason, or nothing but its being unknown. */
export const missing = z.union([
  z.strictObject({ value: z.number() }),
  missingReason,
  z.literal('unknown'),
]);
export type MissingDocument = z.infer<typeof missing>;

const source = z.strictObject({ title: bilingual, citation: text, status, url: text.optional() });
export const sources = z.record(code, source);

/** A number with its source and status. */
const sourced = { value: z.number(), source: code, clause: text.optional(), status };
export const datedNumber = z.strictObject({ from: date, ...sourced });
/** Values in the order of their dates. */
export const datedNumbers = z.array(datedNumber).min(1).max(100);
/** One number for as long as the rulebook is in force, or dated ones. */
export const ruleNumber = z.union([z.strictObject(sourced), datedNumbers]);
export type RuleNumber = z.infer<typeof ruleNumber>;
export type DatedNumber = z.infer<typeof datedNumber>;
