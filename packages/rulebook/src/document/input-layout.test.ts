import { layoutOf, layoutReader, submittedInputs } from './input-layout';
import type { NumericInput } from './names';

const input = (name: string, options: readonly string[] | null = null): NumericInput => ({
  name,
  title: { zh: name, en: name },
  unit: '1',
  minimum: null,
  maximum: null,
  missing: { value: 0 },
  hint: null,
  informative: false,
  yearBefore: null,
  options: options?.map((code) => ({ code, title: { zh: code, en: code } })) ?? null,
});

const BEFORE = [input('area'), input('kind', ['office', 'school', 'hotel'])];
const layout = layoutOf(BEFORE);

test('inputs are read by name, options by their code, whatever their order in another version', () => {
  const after = [input('kind', ['hotel', 'office']), input('heat'), input('area')];
  const read = layoutReader(layout, after);
  expect(read([120, 2])).toEqual([0, null, 120]);
  expect(read([null, 0])).toEqual([1, null, null]);
});

test('an option that is gone, and an input that changed its kind, are unknown', () => {
  expect(layoutReader(layout, [input('kind', ['hotel', 'office'])])([1, 1])).toEqual([null]);
  expect(layoutReader(layout, [input('kind'), input('area', ['a', 'b'])])([1, 1])).toEqual([
    null,
    null,
  ]);
});

test('the same inputs are handed on as they are', () => {
  const values = [1, 2];
  expect(layoutReader(layout, BEFORE)(values)).toBe(values);
});

test('what was submitted is shown with codes for options', () => {
  expect(submittedInputs(layout, [120, 1])).toEqual({ area: 120, kind: 'school' });
  expect(submittedInputs(layout, [null, null])).toEqual({ area: null, kind: null });
});
