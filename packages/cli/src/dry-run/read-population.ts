/** The population of a dry run from a file: read as the version before reads it, with the inputs that either has. */
import {
  type Issue,
  parsePeriod,
  type Period,
  type SubjectKey,
  type ValidSubmission,
} from '@tanxiao/contracts';
import { type Form, formOf, openSheet, readSubmissions } from '@tanxiao/forms';
import {
  ComparedPopulation,
  layoutOf,
  type NumericInput,
  type Plan,
  type Rulebook,
} from '@tanxiao/rulebook';

import { Refusal } from '../failures';
import { formatOf } from '../file-format';
import { InputStore } from '../rate/input-store';

export interface FilePopulation {
  readonly period: Period;
  readonly rows: readonly AcceptedRow[];
  readonly inputs: InputStore;
  readonly layout: readonly string[];
  /** Rows that were refused, with their issues. */
  readonly rejected: readonly { readonly row: number; readonly issues: readonly Issue[] }[];
  /** Accepted rows of other periods. */
  readonly otherPeriods: number;
}

export type AcceptedRow = Omit<ValidSubmission, 'inputs' | 'period'> & {
  readonly subject: SubjectKey;
};

export interface PopulationRequest {
  readonly file: string;
  readonly before: Rulebook;
  readonly after: Rulebook;
  readonly planBefore: (period: Period) => Plan;
  /** Null: the one period that all rows state. */
  readonly period: Period | null;
}

/** @throws FileProblem; Refusal where the rows are of several periods and none is chosen */
export async function readPopulation(request: PopulationRequest): Promise<FilePopulation> {
  const form = formOfBoth(request);
  const sheet = await openSheet({ path: request.file }, formatOf(request.file));
  const rows: AcceptedRow[] = [];
  const rejected: FilePopulation['rejected'][number][] = [];
  const inputs = new InputStore(form.inputs.length);
  const only = request.period?.id ?? null;
  let period = only;
  let otherPeriods = 0;
  for await (const reading of readSubmissions(form, sheet, { period: only })) {
    if ('issues' in reading) {
      rejected.push(reading);
      continue;
    }
    const { inputs: values, period: own, ...submission } = reading.submission;
    period ??= own;
    if (own === period) {
      inputs.add(values);
      rows.push(submission);
    } else if (only === null) {
      throw severalPeriods(period, own);
    } else {
      otherPeriods += 1;
    }
  }
  const parsed = parsePeriod(period ?? '');
  if (!parsed)
    throw new Refusal({ zh: '文件中没有可接受的行', en: 'the file holds no acceptable row' });
  const layout = layoutOf(form.inputs);
  return { period: parsed, rows, inputs, layout, rejected, otherPeriods };
}

export function comparedPopulation(
  file: FilePopulation,
  plans: { readonly before: Plan; readonly after: Plan },
): ComparedPopulation {
  const { rows, inputs, layout } = file;
  const population = new ComparedPopulation(plans, rows.length);
  rows.forEach((row, index) =>
    population.add({
      ...row,
      key: `${row.subject.scheme}:${row.subject.code}`,
      layout,
      inputs: inputs.get(index),
    }),
  );
  return population;
}

/** The form before, with the inputs that only the version after has behind its own: plans read by position. */
function formOfBoth({ before, after, planBefore }: PopulationRequest): Form {
  const form = formOf(before, (_, period) => planBefore(period));
  const added = formOf(after, () => null).columns.filter(
    (column) => column.role === 'input' && !form.inputIndex.has(column.name),
  );
  const own = form.inputs.map((input) => ({ ...input, options: optionsOfBoth(input, after) }));
  const inputs = [...own, ...added.map((column) => after.inputs[column.input]!)];
  return {
    ...form,
    columns: [
      ...form.columns.map((column) =>
        column.input < 0 ? column : { ...column, options: own[column.input]!.options },
      ),
      ...added.map((column, k) => ({ ...column, input: form.inputs.length + k })),
    ],
    inputs,
    inputIndex: new Map(inputs.map(({ name }, index) => [name, index])),
  };
}

/**
 * A choice's options of either version: those before as they are, then what the version after has beside them, an
 * option under another title included. The layout keeps codes, so each version finds its own option by its code, and
 * takes one that it does not have as missing. A title that means another option in the version after counts as before.
 */
function optionsOfBoth({ name, options }: NumericInput, after: Rulebook): NumericInput['options'] {
  const others = after.inputs.find((input) => input.name === name)?.options;
  return options && others ? [...options, ...others] : options;
}

function severalPeriods(first: string, other: string): Refusal {
  return new Refusal({
    zh: `文件中有多个评价期（${first}、${other} 等）；请用 --period 指定一个`,
    en: `the file holds several periods (${first}, ${other} and maybe more); choose one with --period`,
  });
}
