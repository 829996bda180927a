/** Numbers with source and status as they stand in a document, alone or in the order of their dates. */
import { isFields } from './document-value';

export interface NumberFact {
  readonly value: number;
  readonly source: string;
  readonly status: string;
  readonly clause: string | null;
}

export interface DatedNumber extends NumberFact {
  /** First day on which it holds, ISO 8601. */
  readonly from: string;
}

/** Null where this is no number with source and status. */
export function numberFact(item: unknown): NumberFact | null {
  if (!isFields(item)) return null;
  const { value, source, status, clause } = item;
  if (typeof value !== 'number' || typeof source !== 'string' || typeof status !== 'string') {
    return null;
  }
  return { value, source, status, clause: typeof clause === 'string' ? clause : null };
}

/** Null where this is no list of dated numbers. */
export function datedNumbers(list: unknown): readonly DatedNumber[] | null {
  if (!Array.isArray(list) || list.length === 0) return null;
  const numbers = list.flatMap((item: unknown): DatedNumber[] => {
    const fact = numberFact(item);
    return fact && isFields(item) && typeof item.from === 'string'
      ? [{ ...fact, from: item.from }]
      : [];
  });
  return numbers.length === list.length ? numbers : null;
}

/** What holds on a day: the last number that has begun; null before the first. */
export function valueOn(numbers: readonly DatedNumber[], day: string): NumberFact | null {
  const begun = numbers.filter(({ from }) => from <= day).at(-1);
  if (!begun) return null;
  const { value, source, status, clause } = begun;
  return { value, source, status, clause };
}
