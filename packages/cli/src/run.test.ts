import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { tanxiao, tanxiaoOn, TODAY } from './testing/terminal';

describe('the command line', () => {
  test.each([
    'rate',
    'dry-run',
    'template',
    'rulebooks',
    'factors',
    'rulebook',
    'roll-up',
    'import',
    'replay',
  ])('%s explains itself in both languages', async (command) => {
    const english = await tanxiao(command, '--help');
    const chinese = await tanxiao('--lang', 'zh', command, '--help');
    expect(english).toMatchObject({ code: 0, stderr: '' });
    expect(english.stdout).toContain(`Usage: tanxiao ${command}`);
    expect(chinese.stdout).toContain(`用法：tanxiao ${command}`);
  });

  test.each([
    [[], 2, 'name a command'],
    [['constructor'], 2, 'there is no command "constructor"'],
    [['rate', '--lang', 'fr'], 2, '--lang must be zh or en'],
    [['factors', '--format', 'xml'], 2, '--format must be one of table, csv, json'],
  ])('%j exits with %i: %s', async (words, code, sentence) => {
    expect(await tanxiao(...words)).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(sentence) as string,
    });
  });

  test('--version and --help stand without a command', async () => {
    expect((await tanxiao('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await tanxiao('--help')).stdout).toContain('Usage: tanxiao COMMAND');
  });
});

describe('what is loaded', () => {
  test('every number of every rulebook is listed with its source and status', async () => {
    const { stdout } = await tanxiao('rulebooks', '--format', 'json');
    const { numbers } = JSON.parse(stdout) as { numbers: Record<string, string>[] };
    expect(numbers.length).toBeGreaterThan(8);
    for (const number of numbers) {
      expect(number.status).toMatch(/^(official|reported|assumed)$/);
      expect(number.source).toBeTruthy();
      expect(number.value).toMatch(/^-?\d+(\.\d+)?$/);
    }
  });

  test('every factor has a row for each number it is made of; the catalogue has all 661', async () => {
    const factors = (await tanxiao('factors', '--format', 'csv')).stdout.trimEnd().split('\n');
    expect(factors[0]).toBe(
      'factor_set,factor,quantity,carrier,region,year,component,value,over,unit,status,clause,source,citation',
    );
    expect(factors.length).toBeGreaterThan(100);
    const catalogue = await tanxiao('factors', '--catalogue', '--format', 'json');
    expect(JSON.parse(catalogue.stdout)).toHaveLength(661);
  });

  test('a template is written to a file, or to stdout as CSV', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-cli-'));
    const output = path.join(folder, 't.xlsx');
    const rulebook = 'industrial-carbon-efficiency';
    expect((await tanxiao('template', '--rulebook', rulebook, '--output', output)).code).toBe(0);
    expect((await readFile(output)).subarray(0, 2).toString()).toBe('PK');
    const csv = await tanxiao('template', '--rulebook', rulebook, '--format', 'csv');
    expect(csv.stdout).toContain('value_added_10k_cny');
    // Measured heat values are asked for from the last quarter of 2026 on.
    const [third, fourth] = await Promise.all(
      ['2026Q3', '2026Q4'].map((period) =>
        tanxiao('template', '--rulebook', rulebook, '--format', 'csv', '--period', period),
      ),
    );
    expect(third!.stdout).not.toContain('measured_heat_value_06');
    expect(fourth!.stdout).toContain('measured_heat_value_06');
    await rm(folder, { recursive: true });
  });
});

describe('the version where no period is named', () => {
  const template = (...words: string[]) => ['template', '--format', 'csv', ...words];

  test('is the one in force today, or of the period that is named', async () => {
    const id = 'gbt-36132';
    const of2018 = (await tanxiaoOn('2025-12-30', ...template('--rulebook', id))).stdout;
    const of2025 = (await tanxiaoOn('2025-12-31', ...template('--rulebook', id))).stdout;
    expect(of2018).not.toBe(of2025);
    const named = await tanxiao(...template('--rulebook', id, '--period', '2025Q3'));
    expect(named.stdout.split('\n')[0]).toBe(of2018.split('\n')[0]);
    expect(named.stderr).toBe('');
  });

  test('is the newest where none is in force yet, and that is said', async () => {
    const { code, stderr } = await tanxiao(...template('--rulebook', 'db33t-1347'));
    expect(code).toBe(0);
    expect(stderr).toContain(`no version in force today (${TODAY})`);
    expect(stderr).toContain('2099-01-01');
  });

  test('a period without a version in force is wrong usage', async () => {
    const { code, stderr } = await tanxiao(
      ...template('--rulebook', 'db33t-1347', '--period', '2026Q3'),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('no version in force in period 2026Q3');
  });
});
