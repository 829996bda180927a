/** A quantity as a person reads it: the number, then its unit in the field's words. */
import { type Language, unitBesideNumber } from '@tanxiao/contracts';

export function quantityWords(value: string, unit: string, language: Language): string {
  const words = unitBesideNumber(unit)[language];
  // 7.99 × 10 MWh: a unit that starts with a number of its own.
  return `${value}${/^\d/.test(words) ? ' × ' : ' '}${words}`.trim();
}
