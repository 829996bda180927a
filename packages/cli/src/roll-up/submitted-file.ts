/**
 * What was submitted for lower ratings, read from the file that they were made of: for roll-ups that sum a quantity
 * which is no result (value added). Ratings' files hold results only, so the two are brought together by code and period.
 */
import type { Period } from '@tanxiao/contracts';
import { openSheet, readSubmissions } from '@tanxiao/forms';
import { layoutOf, type LowerRating, submittedInputs } from '@tanxiao/rulebook';

import { UsageError } from '../failures';
import { formatOf } from '../file-format';
import { type ChosenVersion, formOfRulebook, rulebookOption } from '../rulebook-choice';

type PeriodVersion = ChosenVersion & { readonly period: Period };

/** Quantities of one subject under one rulebook; nothing where its submission is not at hand. */
export type SubmittedQuantities = (rulebookId: string, code: string) => LowerRating['inputs'];

export const NOTHING_SUBMITTED: SubmittedQuantities = () => ({});

/** @param named `RULEBOOK=FILE`; several are divided by commas @throws UsageError, FileProblem */
export async function readSubmitted(
  named: string,
  chosen: PeriodVersion,
): Promise<SubmittedQuantities> {
  const found = new Map<string, LowerRating['inputs']>();
  for (const part of named.split(',')) {
    const [, rulebookId = '', file = ''] = /^([^=]*)=(.*)$/s.exec(part) ?? [];
    if (rulebookId === '' || file === '')
      throw new UsageError({
        zh: `--submitted 应写作 规范=文件，如 industrial-carbon-efficiency=填报.csv`,
        en: `--submitted is written RULEBOOK=FILE, such as industrial-carbon-efficiency=submitted.csv`,
      });
    for (const [code, inputs] of await quantitiesOf(rulebookId, file, chosen))
      found.set(`${rulebookId} ${code}`, inputs);
  }
  return (rulebookId, code) => found.get(`${rulebookId} ${code}`) ?? {};
}

/** By code. Rows that are refused have no rating either. */
async function quantitiesOf(
  rulebookId: string,
  file: string,
  chosen: PeriodVersion,
): Promise<ReadonlyMap<string, LowerRating['inputs']>> {
  const form = formOfRulebook(rulebookOption(rulebookId, chosen));
  const { period } = chosen;
  const layout = layoutOf(form.inputs);
  const sheet = await openSheet({ path: file }, formatOf(file));
  const found = new Map<string, LowerRating['inputs']>();
  for await (const reading of readSubmissions(form, sheet, { period: period.id })) {
    if (!('submission' in reading) || reading.submission.period !== period.id) continue;
    const { subject, inputs } = reading.submission;
    found.set(subject.code, quantities(submittedInputs(layout, inputs)));
  }
  return found;
}

function quantities(inputs: ReturnType<typeof submittedInputs>): LowerRating['inputs'] {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) =>
      typeof value === 'string' ? [] : [[name, value] as const],
    ),
  );
}
