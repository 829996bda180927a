/** Names of people as they state them, until accounts exist: which characters they may have, and when two are one. */
import { z } from 'zod';

/** No control, invisible formatting or half characters: with them one name could be written in two ways. */
export const personNameSchema = z
  .string()
  .max(100)
  .regex(
    /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u,
    '含有不可见的字符\nit holds an invisible character',
  )
  .regex(/\S/, '不能为空\nit is empty')
  .transform((name) => name.trim());

/** Equal for two spellings of one name: full and half width (NFKC), letter case and spaces make no difference. */
export function personKey(name: string): string {
  // To capitals first: ß and ss are one name then.
  return name.normalize('NFKC').replaceAll(/\s+/g, '').toUpperCase().toLowerCase();
}
