/**
 * Cursors of paged lists: an opaque text that holds the last item's sort key. A page continues after that key,
 * so that items which arrive between two requests neither repeat nor hide others.
 */
import { type Issue, ProblemError } from '@tanxiao/contracts';
import { z } from 'zod';

import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAXIMUM } from './limits';

const CURSOR_LENGTH = 512;

export function cursorText(key: unknown): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** @throws ProblemError `invalid-request` where the text is not a cursor of this list. */
export function readCursor<T extends z.ZodType>(
  text: string | undefined,
  schema: T,
): z.output<T> | null {
  if (text === undefined) return null;
  let key: unknown = null;
  if (/^[A-Za-z0-9_-]+$/.test(text)) {
    try {
      key = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    } catch {
      throw badCursor(text);
    }
  }
  const reading = schema.safeParse(key);
  if (!reading.success) throw badCursor(text);
  return reading.data;
}

function badCursor(text: string): ProblemError {
  const issue: Issue = {
    code: 'bad-field',
    seen: text.slice(0, 80),
    params: {
      detailZh: '查询参数 cursor 不是本列表给出的；请从第一页重新开始',
      detailEn: 'query parameter cursor was not given out by this list; start from the first page',
    },
  };
  return new ProblemError('invalid-request', {}, [issue]);
}

/** The paging parameters every list takes. */
export const pageQuery = {
  cursor: z
    .string()
    .max(CURSOR_LENGTH)
    .optional()
    .meta({ description: '`nextCursor` of the page before' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(PAGE_SIZE_MAXIMUM)
    .default(PAGE_SIZE_DEFAULT)
    .meta({ description: `Items per page, at most ${PAGE_SIZE_MAXIMUM}` }),
};

export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Null on the last page' }),
  });
}

/**
 * A page out of up to `limit + 1` items that were fetched: the one too many only tells that there is more.
 */
export function pageOf<T, V>(
  fetched: readonly T[],
  limit: number,
  view: (item: T) => V,
  keyOf: (item: T) => unknown,
): { items: V[]; nextCursor: string | null } {
  const shown = fetched.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor: fetched.length > limit && last !== undefined ? cursorText(keyOf(last)) : null,
  };
}
