import { Rational } from '@tanxiao/rulebook';

import { convertExactly } from './exact-conversion';

describe('a conversion', () => {
  const same = Rational.ONE;

  it('rounds a tie to the even digit (GB/T 8170)', () => {
    expect(convertExactly('0.125', same, 2)).toBe('0.12');
    expect(convertExactly('0.135', same, 2)).toBe('0.14');
    expect(convertExactly('-0.125', same, 2)).toBe('-0.12');
    expect(convertExactly('2.5', same, 0)).toBe('2');
  });

  it('rounds once, by the exact value: just above a tie goes up', () => {
    expect(convertExactly('0.12500000000000000000000001', same, 2)).toBe('0.13');
    expect(convertExactly('1.015', same, 2)).toBe('1.02');
  });

  it('is exact for ratios that no decimal expresses', () => {
    expect(convertExactly('3', Rational.parse('1/3'), 6)).toBe('1');
    expect(convertExactly('1', Rational.parse('1/3'), 6)).toBe('0.333333');
  });

  it('without rounding loses nothing', () => {
    const tenThousandth = Rational.parse('1/10000');
    expect(convertExactly('33900000', tenThousandth)).toBe('3390');
    expect(convertExactly('1', tenThousandth)).toBe('0.0001');
    expect(convertExactly('-45850.221', tenThousandth)).toBe('-4.5850221');
    expect(convertExactly('0', tenThousandth)).toBe('0');
  });

  it('refuses what is no plain decimal', () => {
    for (const text of ['', 'abc', '1e5', '1,000', ' 1', '.5', '5.', '1/2'])
      expect(convertExactly(text, same, 6)).toBeNull();
  });
});
