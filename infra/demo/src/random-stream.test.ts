import { exponential, RandomStream } from './random-stream';

describe('a random stream', () => {
  it('is fixed by its key to the bit', () => {
    const stream = new RandomStream('key');
    const drawn = [stream.uniform(), stream.uniform(), stream.normal()];
    const again = new RandomStream('key');
    expect([again.uniform(), again.uniform(), again.normal()]).toEqual(drawn);
    expect(new RandomStream('kez').uniform()).not.toBe(drawn[0]);
  });

  it('is even over [0, 1), also across streams of neighbouring keys', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 20_000; i++) {
      const value = new RandomStream(`seed/enterprise/${i}`).uniform();
      tenths[Math.floor(value * 10)]! += 1;
    }
    // 2,000 expected in each; standard deviation 42.
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(210);
  });

  it('draws near-normal values: mean 0, variance 1', () => {
    const stream = new RandomStream('normal');
    const values = Array.from({ length: 20_000 }, () => stream.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('picks in proportion to the weights', () => {
    const stream = new RandomStream('weights');
    const picks = Array.from({ length: 10_000 }, () => stream.pick([1, 3], (weight) => weight));
    expect(picks.filter((weight) => weight === 3).length / 10_000).toBeCloseTo(0.75, 1);
    expect(() => stream.pick([], () => 1)).toThrow(RangeError);
  });
});

it('exponential agrees with Math.exp to 12 digits', () => {
  for (const x of [-20, -3.3, -0.25, -1e-9, 0, 1e-9, 0.25, 1, 2.5, 20])
    expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-12);
});
