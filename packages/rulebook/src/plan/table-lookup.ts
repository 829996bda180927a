/** A rulebook's table on a day: each row's value in force then. */
import { datedOn } from '../document/check-bands';
import type { NumericInput } from '../document/names';
import type { RulebookDocument } from '../document/schema';
import type { DatedNumber } from '../document/schema-parts';
import { Rational } from '../exact/rational';
import type { Lookup, TableValue } from './lookup';

/** @param on.day ISO 8601 */
export function tableLookup(
  table: RulebookDocument['tables'][number],
  on: {
    readonly document: RulebookDocument;
    readonly inputs: readonly NumericInput[];
    readonly day: string;
  },
): Extract<Lookup, { kind: 'table' }> {
  const valueOf = (values: readonly DatedNumber[]): TableValue => {
    const dated = datedOn(values, on.day);
    return { ...dated, exact: Rational.fromNumber(dated.value) };
  };
  const { by, rows, otherwise } = table;
  const { from } = on.document.effective;
  return {
    kind: 'table',
    by: typeof by === 'object' ? choiceOf(by.input, on.inputs) : by,
    rows: new Map(rows.map(({ key, values }) => [key, valueOf(values)])),
    otherwise:
      'notRated' in otherwise
        ? null
        : valueOf(Array.isArray(otherwise) ? otherwise : [{ from, ...otherwise }]),
  };
}

function choiceOf(name: string, inputs: readonly NumericInput[]) {
  const input = inputs.findIndex((one) => one.name === name);
  return { input, options: inputs[input]!.options! };
}
