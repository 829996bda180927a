import fc from 'fast-check';

import { closestName, editDistance } from './suggestion';

const known = [
  {
    name: 'value_added_10k_cny',
    title: { zh: '工业增加值（收入法）', en: 'Industrial value added' },
  },
  { name: 'carrier_33', title: { zh: '电力', en: 'Electricity' } },
  { name: 'carrier_01', title: { zh: '原煤', en: 'Raw coal' } },
];

describe('did you mean', () => {
  test('a misspelt name finds the closest one', () => {
    expect(closestName('carier_33', known)).toBe('carrier_33');
    expect(closestName('value_added', known)).toBeNull();
    expect(closestName('value_added_10k', known)).toBe('value_added_10k_cny');
  });

  test('a title finds its name, in either language', () => {
    expect(closestName('电力', known)).toBe('carrier_33');
    expect(closestName('raw coal', known)).toBe('carrier_01');
    expect(closestName('工业增加值(收入法)', known)).toBe('value_added_10k_cny');
  });

  test('what is like nothing gets no suggestion', () => {
    expect(closestName('备注', known)).toBeNull();
    expect(closestName('x'.repeat(10_000), known)).toBeNull();
  });

  test('the distance is symmetric, zero for equals alone, and never above the limit plus one', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.nat({ max: 8 }), (a, b, limit) => {
        const distance = editDistance(a, b, limit);
        expect(distance).toBe(editDistance(b, a, limit));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBe(Math.min(editDistance(a, b, 100), limit + 1));
      }),
    );
  });
});
