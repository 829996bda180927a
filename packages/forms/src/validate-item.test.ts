import type { SubmissionItem } from '@tanxiao/contracts';

import { INDUSTRIAL, SMALL, testForm, testUscc } from './testing/forms';
import { validateItem } from './validate-item';

const small = testForm(SMALL);
const at = { pointer: '/submissions/3' };
const good: SubmissionItem = {
  uscc: testUscc(1),
  regionCode: '330502',
  industryCode: '1751',
  inputs: { revenue_10k_cny: '1,234.5', carrier_33: 2, carrier_15: null },
};

const issues = (change: Partial<SubmissionItem>, period = '2026Q3'): (string | undefined)[][] => {
  const reading = validateItem(small, { ...good, ...change }, period, at);
  return reading.ok ? [] : reading.issues.map(({ code, pointer }) => [code, pointer]);
};

describe('an item of a JSON request', () => {
  test('becomes the same submission that a row of a file becomes', () => {
    expect(validateItem(small, good, '2026Q3', at)).toEqual({
      ok: true,
      submission: {
        subject: { scheme: 'uscc', code: testUscc(1) },
        name: null,
        period: '2026Q3',
        regionCode: '330502',
        industryClassification: 'gbt4754-2017',
        industryCode: '1751',
        inputs: [1234.5, null, 2],
      },
    });
  });

  test('each issue points at its place, all at once', () => {
    expect(
      issues({ uscc: '1', regionCode: 'x', inputs: { carrier_33: 0.1 + 0.2, 'a/b~c': 1 } }),
    ).toEqual([
      ['uscc-length', '/submissions/3/uscc'],
      ['unknown-region', '/submissions/3/regionCode'],
      ['too-many-digits', '/submissions/3/inputs/carrier_33'],
      ['unknown-input', '/submissions/3/inputs/a~1b~0c'],
    ]);
  });

  test('names of the language itself are unknown inputs like any other', () => {
    const inputs = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}') as Record<
      string,
      number
    >;
    expect(issues({ inputs }).map(([code]) => code)).toEqual([
      'unknown-input',
      'unknown-input',
      'unknown-input',
    ]);
  });

  test('half a surrogate pair and writing-direction marks are refused in a name', () => {
    expect(issues({ name: 'a\ud800' })).toEqual([['forbidden-character', '/submissions/3/name']]);
    expect(issues({ name: 'a\u202eb' })).toEqual([['forbidden-character', '/submissions/3/name']]);
    expect(issues({ name: '厂😀' })).toEqual([]);
  });

  test('a period without a rulebook in force is an issue', () => {
    expect(issues({}, '2020')).toEqual([['rulebook-not-in-force', '/submissions/3']]);
    expect(issues({}, 'soon')).toEqual([['bad-period', '/submissions/3']]);
  });

  test('a failed check points at the inputs', () => {
    const reading = validateItem(
      testForm(INDUSTRIAL),
      { ...good, inputs: { carrier_01: 1, carrier_05: 2, carrier_33: 1 } },
      '2026Q3',
      at,
    );
    expect(reading).toMatchObject({
      ok: false,
      issues: [{ code: 'check-failed', pointer: '/submissions/3/inputs' }],
    });
  });
});
