/** Schemas of the query and path parameters that several resources share. */
import { parsePeriod, type SubjectKey, usccProblem } from '@tanxiao/contracts';
import { ProblemError } from '@tanxiao/contracts';
import { z } from 'zod';

/** Messages of refinements hold both languages, Chinese first. */
export function inBoth(zh: string, en: string): string {
  return `${zh}\n${en}`;
}

export const idPath = z.object({ id: z.uuid() });

export const rulebookParameter = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, inBoth('应为评价规范的标识', 'must be the id of a rulebook'))
  .meta({ example: 'industrial-carbon-efficiency' });

export const periodParameter = z
  .string()
  .refine(
    (text) => parsePeriod(text) !== null,
    inBoth('应如 2026Q3、2026H1 或 2026', 'must be like 2026Q3, 2026H1 or 2026'),
  )
  .meta({ description: '`2026Q3`, `2026H1` or `2026`', example: '2026Q3' });

export const usccParameter = z
  .string()
  .refine(
    (text) => usccProblem(text) === null,
    inBoth(
      '不是有效的统一社会信用代码（18 位，校验位须相符）',
      'must be a valid unified social credit code (18 characters with a fitting check character)',
    ),
  )
  .meta({ description: 'Unified social credit code', example: '91330500MA0DEMO01A' });

export const localIdParameter = z
  .string()
  .regex(
    /^[A-Za-z0-9._-]{1,64}$/,
    inBoth('应为 1—64 个字母、数字或 . _ -', 'must be 1 to 64 letters, digits or . _ -'),
  )
  .meta({ description: 'Local id, where a rulebook admits subjects without a USCC' });

export const languageParameter = z
  .enum(['zh', 'en'])
  .optional()
  .meta({ description: 'Default: by Accept-Language' });

export const booleanParameter = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ type: 'boolean' });

/** The subject a query names by `uscc` or `localId`, or null where by neither. */
export function subjectOf(query: {
  readonly uscc?: string | undefined;
  readonly localId?: string | undefined;
}): SubjectKey | null {
  if (query.uscc !== undefined && query.localId !== undefined)
    throw new ProblemError('invalid-request', {}, [{ code: 'two-identifiers' }]);
  if (query.uscc !== undefined) return { scheme: 'uscc', code: query.uscc };
  if (query.localId !== undefined) return { scheme: 'local', code: query.localId };
  return null;
}
