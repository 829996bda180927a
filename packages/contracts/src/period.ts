/** Evaluation periods: a quarter `2026Q3`, a half-year `2026H1` or a year `2026`, with first and last day. */

export type PeriodKind = 'quarter' | 'half-year' | 'year';

export interface Period {
  readonly id: string;
  readonly kind: PeriodKind;
  readonly year: number;
  /** First day, ISO 8601. */
  readonly start: string;
  /** Last day, ISO 8601: picks the version of a rulebook and of each dated parameter. */
  readonly end: string;
}

const PERIOD = /^(\d{4})(?:(Q)([1-4])|(H)([12]))?$/;
/** Years outside are taken for slips of the pen. */
const FIRST_YEAR = 1980;
const LAST_YEAR = 2100;

/** The period of an id, or null where it isn't one. */
export function parsePeriod(id: string): Period | null {
  const match = PERIOD.exec(id);
  if (!match) return null;
  const year = Number(match[1]);
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  if (match[2]) return span(id, 'quarter', year, Number(match[3]) * 3 - 2, 3);
  if (match[4]) return span(id, 'half-year', year, Number(match[5]) * 6 - 5, 6);
  return span(id, 'year', year, 1, 12);
}

/** The same period of the year before; null where no such period exists. */
export function yearBefore({ id, year }: Period): Period | null {
  return parsePeriod(`${year - 1}${id.slice(4)}`);
}

function span(
  id: string,
  kind: PeriodKind,
  year: number,
  firstMonth: number,
  months: number,
): Period {
  const lastMonth = firstMonth + months - 1;
  const lastDay = new Date(Date.UTC(year, lastMonth, 0)).getUTCDate();
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    id,
    kind,
    year,
    start: `${year}-${two(firstMonth)}-01`,
    end: `${year}-${two(lastMonth)}-${two(lastDay)}`,
  };
}
