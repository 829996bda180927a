import { createHash } from 'node:crypto';

import { usccProblem } from '@tanxiao/contracts';

import { cityFiles, madeEnterprises, quarterFile } from './city';
import { loadCityModel } from './city-model';
import { madeEnterprise } from './enterprise';

const model = loadCityModel();
const files = cityFiles(model);
const enterprises = madeEnterprises(model);

/** Beyond four standard deviations of a binomial share a distribution is not the stated one. */
function expectShare(count: number, of: number, share: number): void {
  const deviation = Math.sqrt((share * (1 - share)) / of);
  expect(Math.abs(count / of - share)).toBeLessThan(4 * deviation + 1e-9);
}

describe('the same seed', () => {
  it('gives the same bytes, on every machine and in every order', () => {
    const digest = files.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
    // Changes when the model or the generator does, and only then.
    expect(digest.map((hex) => hex.slice(0, 16))).toMatchInlineSnapshot(`
     [
       "b01e63d849b0387d",
       "9098ea31d7fe2ec2",
       "0b74112df075d8a0",
       "6d19539e3430ee48",
     ]
    `);
  });

  it('gives an enterprise that does not depend on the others', () => {
    for (const serial of [4254, 17, 1])
      expect(madeEnterprise(model, 'tanxiao-demo-1', serial)).toEqual(enterprises[serial - 1]);
    const alone = quarterFile(model, [enterprises[99]!], model.quarters[3]!);
    const among = files[3]!.rows.filter(({ enterprise }) => enterprise.serial === 100);
    expect(alone.rows.map(({ cells }) => cells)).toEqual(among.map(({ cells }) => cells));
  });

  it('and another seed give another city', () => {
    expect(madeEnterprise(model, 'other', 1)).not.toEqual(enterprises[0]);
  });
});

describe('the enterprises', () => {
  it('are 4,254 with valid credit codes, each once', () => {
    expect(enterprises).toHaveLength(4254);
    expect(new Set(enterprises.map(({ uscc }) => uscc)).size).toBe(4254);
    expect(enterprises.filter(({ uscc }) => usccProblem(uscc) !== null)).toEqual([]);
    expect(enterprises.filter((one) => one.uscc.slice(2, 8) !== one.regionCode)).toEqual([]);
  });

  it('spread over divisions as stated', () => {
    for (const { division, share } of model.divisions)
      expectShare(
        enterprises.filter((enterprise) => enterprise.division === division).length,
        enterprises.length,
        share / 100,
      );
  });

  it('have the stated medians of value added and intensity', () => {
    for (const { division, valueAdded, classes } of model.divisions) {
      const own = enterprises.filter((enterprise) => enterprise.division === division);
      if (own.length < 100) continue;
      const sorted = own.map((enterprise) => enterprise.valueAdded10kCny).sort((a, b) => a - b);
      const median = sorted[Math.floor(sorted.length / 2)]!;
      // The logarithm of a sample median scatters by 1.25 spread / sqrt(n).
      const tolerance = (4 * 1.25 * valueAdded.spread) / Math.sqrt(own.length);
      expect(Math.abs(Math.log(median / valueAdded.median))).toBeLessThan(tolerance);
      expect(classes.map(({ code }) => code)).toEqual(
        expect.arrayContaining([...new Set(own.map(({ industryCode }) => industryCode))]),
      );
    }
  });

  it('use energy whose shares add up to one, electricity always among it', () => {
    const wrong = enterprises.filter(({ energy }) => {
      const total = energy.reduce((sum, { share }) => sum + share, 0);
      return Math.abs(total - 1) > 1e-12 || !energy.some(({ carrier }) => carrier === '33');
    });
    expect(wrong).toEqual([]);
  });

  it('own photovoltaic power as often as stated', () => {
    const expected = enterprises.reduce((sum, enterprise) => {
      const stated = model.divisions.find(({ division }) => division === enterprise.division)!;
      return sum + stated.pv.enterprises;
    }, 0);
    const owners = enterprises.filter(({ pvShare }) => pvShare > 0).length;
    expectShare(owners, enterprises.length, expected / enterprises.length);
  });
});

describe('the four files', () => {
  it('are four consecutive quarters', () => {
    expect(files.map(({ period }) => period)).toEqual(['2025Q4', '2026Q1', '2026Q2', '2026Q3']);
  });

  it('hold each kind of dirt at the stated share', () => {
    for (const { kind, share } of model.dirt) {
      const count = files.reduce((sum, { dirt }) => sum + (dirt[kind] ?? 0), 0);
      expect(count).toBeGreaterThan(0);
      expectShare(count, 4 * model.enterprises, share);
    }
  });

  it('lack the missing rows and hold duplicate rows twice', () => {
    for (const { rows, dirt } of files)
      expect(rows).toHaveLength(4254 - (dirt['missing-row'] ?? 0) + (dirt['duplicate-row'] ?? 0));
  });

  it('decode, each in its own encoding, to one line a row and a header', () => {
    for (const { bytes, rows, columns, period } of files) {
      const { encoding } = model.quarters.find((quarter) => quarter.period === period)!;
      const text = new TextDecoder(encoding === 'gbk' ? 'gbk' : 'utf-8', { fatal: true }).decode(
        bytes,
      );
      const lines = text.split(/\r?\n/);
      expect(lines).toHaveLength(rows.length + 2);
      expect(lines[0]).toBe(columns.join(','));
      expect(text).toContain('示例');
    }
  });

  it('state an “of which” never above its whole, and green power never above the purchase', () => {
    const wrong = files
      .flatMap(({ rows }) => rows)
      .filter(({ cells, dirt }) => {
        const number = (column: string): number => Number(cells.get(column) ?? '0');
        return (
          dirt === null &&
          (number('carrier_04') > number('carrier_01') ||
            number('green_power_10mwh') > number('carrier_33') ||
            !(number('value_added_10k_cny') > 0 && number('carrier_33') > 0))
        );
      });
    expect(wrong).toEqual([]);
  });
});
