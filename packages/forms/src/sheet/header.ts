/**
 * Which column of a file holds which column of the form. The header is the first row that isn't blank and isn't a
 * note; its names are the technical ones, in any order and any letter case. `x_…` columns are kept but not read.
 */
import type { Issue, IssueCode } from '@tanxiao/contracts';

import { suggestionParams } from '../fields/suggestion';
import { foldWidth } from '../fields/text-folding';
import { FileProblem } from '../file-problem';
import type { Form, FormColumn, SubjectColumn } from '../form';
import type { SheetLimits } from './limits';
import type { SheetRecord } from './sheet-types';

export interface Header {
  readonly row: number;
  /** Columns of the file, without blank ones at its right end. */
  readonly width: number;
  /** The form's column at each position; null where the file's column isn't read. */
  readonly columns: readonly (FormColumn | null)[];
}

/** Where a file has each text column of the form; `missing` where it has none. */
export function textPositions(
  { columns }: Pick<Header, 'columns'>,
  missing: number,
): Readonly<Record<SubjectColumn, number>> {
  const at = (role: SubjectColumn): number => {
    const index = columns.findIndex((column) => column?.role === role);
    return index < 0 ? missing : index;
  };
  return {
    uscc: at('uscc'),
    local_id: at('local_id'),
    name: at('name'),
    period: at('period'),
    region_code: at('region_code'),
    industry_classification: at('industry_classification'),
    industry_code: at('industry_code'),
  };
}

/** Excel's error values start with the mark of a note, and are none. */
const ERROR_VALUE = /^#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|[A-Z_]+!)$/i;

/** A row whose first cell starts with `#`, such as the template's row of titles: for people, never read. */
export function isNote(record: SheetRecord): boolean {
  const first = record.cells[0] ?? '';
  if (!first.trimStart().startsWith('#')) return false;
  return !ERROR_VALUE.test(first.trim());
}

export function isBlank(record: SheetRecord): boolean {
  for (const cell of record.cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

/** @throws FileProblem with all errors of the header at once */
export function readHeader(
  form: Form,
  record: SheetRecord,
  limits: SheetLimits,
  period: string | null,
): Header {
  const names = record.cells.map((cell) => foldWidth(cell).toLowerCase());
  while (names.at(-1) === '') names.pop();
  if (names.length > limits.columns) {
    throw new FileProblem('too-many-columns', { limit: String(limits.columns) });
  }
  const blank = names.indexOf('');
  if (blank >= 0) throw new FileProblem('blank-column-name', { column: String(blank + 1) });

  const byName = new Map(form.columns.map((column) => [column.name, column]));
  const issues: Issue[] = [];
  const add = (code: IssueCode, name: string, params: Record<string, string>): void => {
    issues.push({ code, row: record.row, column: name, seen: name.slice(0, 100), params });
  };
  const seen = new Set<string>();
  const columns = names.map((name): FormColumn | null => {
    const column = byName.get(name);
    const ignored = name.startsWith('x_');
    if (!column && isIndustryOfNone(form, name))
      add('industry-not-asked', name, { rulebook: form.rulebook.id });
    else if (!column && !ignored) add('unknown-column', name, suggestionParams(name, form.columns));
    else if (!ignored && seen.has(name)) add('duplicate-column', name, {});
    seen.add(name);
    return column ?? null;
  });
  for (const column of missingColumns(form, seen, period)) {
    add('missing-column', column.name, {
      title: column.title.zh,
      titleEn: column.title.en,
      name: column.name,
    });
  }
  if (issues.length > 0) throw FileProblem.ofHeader(record.row, issues);
  return { row: record.row, width: names.length, columns };
}

/** The column is known, but subjects of this form have no industry (a park, a project). */
function isIndustryOfNone({ classifications }: Form, name: string): boolean {
  return (
    classifications.length === 0 && (name === 'industry_code' || name === 'industry_classification')
  );
}

/**
 * Columns that every row needs. A numeric column may be left out: its input is then unknown for every row, which
 * the rulebook has a rule for.
 */
function missingColumns(
  form: Form,
  seen: ReadonlySet<string>,
  period: string | null,
): FormColumn[] {
  const identifiers = form.columns.filter(({ role }) => role === 'uscc' || role === 'local_id');
  const others = form.columns.filter(
    ({ role, required }) =>
      (role === 'period' && period === null) ||
      (required && role !== 'uscc' && role !== 'local_id'),
  );
  const missing = others.filter(({ name }) => !seen.has(name));
  return identifiers.some(({ name }) => seen.has(name)) ? missing : [identifiers[0]!, ...missing];
}
