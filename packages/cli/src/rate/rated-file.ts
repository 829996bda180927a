/**
 * A file rated by itself: its rows are the population, each period's apart, and its benchmarks are theirs. What the
 * server does in a run, without a server.
 */
import { decimalText, type Issue, type SubjectKey, type ValidSubmission } from '@tanxiao/contracts';
import {
  type Form,
  type RatingRow,
  readSubmissions,
  type RowKey,
  type Sheet,
} from '@tanxiao/forms';
import {
  type Advice,
  advise,
  type Benchmark,
  benchmarksOf,
  differingFromYearBefore,
  explain,
  type Explanation,
  type FilledInputs,
  type Plan,
  Population,
  rate,
  type Ratings,
  submissionBeforeText,
  withYearBefore,
} from '@tanxiao/rulebook';

import { InputStore } from './input-store';
import type { YearBeforeFile } from './year-before-file';

interface AcceptedRow {
  readonly row: number;
  readonly submission: Omit<ValidSubmission, 'inputs'>;
  readonly cohort: Cohort;
  /** Position in the cohort. */
  readonly index: number;
}

interface RejectedRow {
  readonly row: number;
  readonly key: RowKey;
  readonly issues: readonly Issue[];
  /** Of its period, where it has one under this rulebook. */
  readonly plan: Plan | null;
}

/** The subjects of one period. */
interface Cohort {
  readonly plan: Plan;
  readonly inputs: InputStore;
  ratings: Ratings | null;
}

export type FileRow =
  | {
      readonly kind: 'accepted';
      readonly row: number;
      readonly plan: Plan;
      readonly rating: RatingRow;
      /** What it states otherwise than was submitted a year before; it counts as stated. */
      readonly warnings: readonly Issue[];
    }
  | ({ readonly kind: 'rejected' } & RejectedRow);

export interface RatedFile {
  /** In the order of the file. */
  rows(): Generator<FileRow>;
  /** The subjects whose code is given, or all; with its explanation. */
  explanations(code: string | null): Generator<{
    readonly subject: SubjectKey;
    readonly name: string | null;
    readonly row: number;
    readonly explanation: Explanation;
    /** For the headline grade; computed when asked for. */
    readonly advice: () => Advice;
  }>;
}

/** @throws FileProblem where the file as a whole cannot be read */
export async function rateFile(
  form: Form,
  sheet: Sheet,
  options: { readonly period: string | null; readonly before: YearBeforeFile | null },
): Promise<RatedFile> {
  const rows: (AcceptedRow | RejectedRow)[] = [];
  const cohorts = new Map<string, Cohort>();
  for await (const reading of readSubmissions(form, sheet, options)) {
    if ('issues' in reading) {
      const { row, key, issues } = reading;
      const period = form.period(key.period);
      rows.push({ row, key, issues, plan: period.ok ? period.plan : null });
      continue;
    }
    const { inputs, ...submission } = reading.submission;
    const cohort = cohortOf(form, cohorts, submission.period);
    rows.push({ row: reading.row, submission, cohort, index: cohort.inputs.size });
    cohort.inputs.add(inputs);
  }
  const { before } = options;
  rateCohorts(rows, cohorts.values(), before);
  return {
    rows: () => fileRows(rows, before),
    explanations: (code) => explanations(rows, code, before),
  };
}

function cohortOf(form: Form, cohorts: Map<string, Cohort>, period: string): Cohort {
  let cohort = cohorts.get(period);
  if (!cohort) {
    const reading = form.period(period);
    if (!reading.ok) throw new Error(`period ${period} was accepted without a plan`);
    cohort = { plan: reading.plan, inputs: new InputStore(form.inputs.length), ratings: null };
    cohorts.set(period, cohort);
  }
  return cohort;
}

function rateCohorts(
  rows: readonly (AcceptedRow | RejectedRow)[],
  cohorts: Iterable<Cohort>,
  before: YearBeforeFile | null,
): void {
  const populations = new Map<Cohort, Population>();
  for (const cohort of cohorts) {
    populations.set(cohort, new Population(cohort.plan, cohort.inputs.size));
  }
  for (const row of rows) {
    if (!('cohort' in row)) continue;
    populations.get(row.cohort)!.add({ ...row.submission, ...filledInputs(row, before) });
  }
  for (const [cohort, population] of populations) {
    cohort.ratings = rate(cohort.plan, population, benchmarksOf(cohort.plan, population));
  }
}

/** As the rulebook rates them; kept as the file states them. */
function filledInputs(
  { cohort, index, submission }: AcceptedRow,
  before: YearBeforeFile | null,
): FilledInputs {
  const stated = cohort.inputs.get(index);
  const found = before?.find(submission.subject, submission.period) ?? null;
  return withYearBefore(cohort.plan, stated, found);
}

/** Stated values that are others than those of a year before. */
function differences(row: AcceptedRow, before: YearBeforeFile | null): Issue[] {
  const filled = filledInputs(row, before);
  const { plan } = row.cohort;
  return differingFromYearBefore(filled).map((k): Issue => {
    const { name, title, unit, options } = plan.inputs[k]!;
    const shown = (value: number): string => options?.[value]?.code ?? decimalText(value);
    const from = submissionBeforeText(filled.yearBefore!);
    return {
      code: 'differs-from-year-before',
      row: row.row,
      column: name,
      seen: shown(filled.inputs[k]!),
      params: {
        ...{ title: title.zh, titleEn: title.en, unit: options ? '' : unit },
        ...{ then: shown(filled.yearBefore!.values[k]!), beforeZh: from.zh, beforeEn: from.en },
      },
    };
  });
}

function benchmarkOf({ cohort, index }: AcceptedRow): Benchmark | null {
  return cohort.ratings!.benchmark(index);
}

function* fileRows(
  rows: readonly (AcceptedRow | RejectedRow)[],
  before: YearBeforeFile | null,
): Generator<FileRow> {
  for (const row of rows) {
    if (!('cohort' in row)) {
      yield { kind: 'rejected', ...row };
      continue;
    }
    const { submission, cohort, index } = row;
    const rating = {
      ...submission,
      rating: cohort.ratings!.columns(index),
      peers: benchmarkOf(row),
    };
    const warnings = before === null ? [] : differences(row, before);
    yield { kind: 'accepted', row: row.row, plan: cohort.plan, rating, warnings };
  }
}

function* explanations(
  rows: readonly (AcceptedRow | RejectedRow)[],
  code: string | null,
  before: YearBeforeFile | null,
): ReturnType<RatedFile['explanations']> {
  for (const row of rows) {
    if (!('cohort' in row)) continue;
    const { submission, cohort, index } = row;
    if (code !== null && submission.subject.code !== code) continue;
    const subject = { ...submission, ...filledInputs(row, before) };
    const benchmarks = cohort.ratings!.benchmarks(index).filter((one) => one !== null);
    yield {
      subject: submission.subject,
      name: submission.name,
      row: row.row,
      explanation: explain(cohort.plan, subject, benchmarks),
      advice: () => advise(cohort.plan, subject, benchmarks),
    };
  }
}
