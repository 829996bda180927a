/** One submission as JSON: the item's own fields and inputs against the form, all issues at once. */
import {
  decimalText,
  type Issue,
  type SubmissionItem,
  type ValidSubmission,
} from '@tanxiao/contracts';
import { failedChecks, type Plan } from '@tanxiao/rulebook';

import { optionsText, readChoice } from './fields/choice-text';
import { type QuantityReading, readJsonNumber, readQuantity } from './fields/quantity-text';
import { type Place, pointerToken, Report } from './fields/report';
import { SubjectReader } from './fields/subject-fields';
import { suggestionParams } from './fields/suggestion';
import { type Form, type FormColumn, SUBJECT_COLUMNS } from './form';

export type ItemReading =
  | { readonly ok: true; readonly submission: ValidSubmission }
  | { readonly ok: false; readonly issues: readonly Issue[] };

class ItemReport extends Report {
  constructor(private readonly item: string) {
    super();
  }

  protected where(place: Place): Pick<Issue, 'pointer'> {
    if (place === null) return { pointer: `${this.item}/inputs` };
    if (place.role === 'input')
      return { pointer: `${this.item}/inputs/${pointerToken(place.name)}` };
    const field = SUBJECT_COLUMNS[place.role];
    return { pointer: field === null ? this.item : `${this.item}/${field}` };
  }

  unknownInput(name: string, form: Form): void {
    this.issues.push({
      code: 'unknown-input',
      pointer: `${this.item}/inputs/${pointerToken(name)}`,
      seen: name.slice(0, 100),
      params: { rulebook: form.rulebook.id, ...suggestionParams(name, form.inputs) },
    });
  }
}

const subjectReaders = new WeakMap<Form, SubjectReader>();
const inputColumns = new WeakMap<Form, readonly FormColumn[]>();

function cached<T>(cache: WeakMap<Form, T>, form: Form, make: () => T): T {
  const known = cache.get(form);
  if (known !== undefined) return known;
  const made = make();
  cache.set(form, made);
  return made;
}

/** @param at.pointer RFC 6901 pointer of the item in the request, such as `/submissions/3`. */
export function validateItem(
  form: Form,
  item: SubmissionItem,
  period: string,
  at: { readonly pointer: string },
): ItemReading {
  const report = new ItemReport(at.pointer);
  const subjectReader = cached(subjectReaders, form, () => new SubjectReader(form));
  const columns = cached(inputColumns, form, () => form.columns.filter(({ input }) => input >= 0));
  const fields = subjectReader.read(
    {
      uscc: item.uscc ?? null,
      local_id: item.localId ?? null,
      name: item.name ?? null,
      region_code: item.regionCode ?? null,
      industry_classification: item.industryClassification ?? null,
      industry_code: item.industryCode ?? null,
    },
    report,
  );
  const reading = form.period(period);
  if (!reading.ok) report.add(reading.code, PERIOD_OF_REQUEST, period, reading.params);

  const inputs = new Array<number | null>(form.inputs.length).fill(null);
  const before = report.issues.length;
  for (const [name, quantity] of Object.entries(item.inputs)) {
    const index = form.inputIndex.get(name);
    if (index === undefined) report.unknownInput(name, form);
    else if (quantity !== null) {
      const column = columns[index]!;
      inputs[index] =
        typeof quantity === 'number' && !column.options
          ? checkedQuantity(column, String(quantity), readJsonNumber(quantity), report)
          : readInput(column, String(quantity), report);
    }
  }
  if (reading.ok && report.issues.length === before) addFailedChecks(reading.plan, inputs, report);
  if (report.issues.length > 0 || fields === null) return { ok: false, issues: report.issues };
  return { ok: true, submission: { ...fields, period, inputs } };
}

/** The period stands in the request, not in the item. */
const PERIOD_OF_REQUEST: FormColumn = {
  name: 'period',
  role: 'period',
  title: { zh: '评价期', en: 'Period' },
  unit: null,
  minimum: null,
  maximum: null,
  options: null,
  missing: null,
  hint: null,
  yearBefore: null,
  required: true,
  informative: false,
  input: -1,
};

/** The value of a text: a quantity, or the position of an option; null where it is blank or an issue was reported. */
export function readInput(column: FormColumn, text: string, report: Report): number | null {
  const { options } = column;
  if (!options) return checkedQuantity(column, text, readQuantity(text), report);
  const position = readChoice(text, options);
  if (position !== undefined) return position;
  report.add('unknown-option', column, text, {
    options: optionsText(options, 'zh'),
    optionsEn: optionsText(options, 'en'),
  });
  return null;
}

/** The value of a reading, or null with an issue where it is no quantity or beyond the column's limits. */
function checkedQuantity(
  column: FormColumn,
  seen: string,
  reading: QuantityReading,
  report: Report,
): number | null {
  if (!reading.ok) {
    report.add(reading.problem, column, seen);
    return null;
  }
  const { value } = reading;
  if (value !== null && column.minimum !== null && value < column.minimum) {
    report.add('below-minimum', column, seen, { minimum: decimalText(column.minimum) });
    return null;
  }
  if (value !== null && column.maximum !== null && value > column.maximum) {
    report.add('above-maximum', column, seen, { maximum: decimalText(column.maximum) });
    return null;
  }
  return value;
}

/** The rulebook's checks across inputs; only asked where every single input is in order. */
export function addFailedChecks(
  plan: Plan,
  inputs: readonly (number | null)[],
  report: Report,
): void {
  for (const { code, message, names } of failedChecks(plan, inputs)) {
    report.add('check-failed', null, null, {
      check: code,
      inputs: names.join(' '),
      messageZh: message.zh,
      messageEn: message.en,
    });
  }
}
