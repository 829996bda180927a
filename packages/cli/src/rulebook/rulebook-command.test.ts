import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { factorSetFiles, rulebookFiles } from '@tanxiao/standards';

import { tanxiao } from '../testing/terminal';

const SMALL = rulebookFiles().find(({ id }) => id.startsWith('small-enterprise'))!;
const SHIPPED = `${SMALL.id}@${SMALL.version}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The small rulebook with edits, as a file. */
async function written(
  name: string,
  ...edits: readonly (readonly [string, string])[]
): Promise<string> {
  let { text } = SMALL;
  for (const [right, wrong] of edits) {
    expect(text).toContain(right);
    text = text.replace(right, wrong);
  }
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

const LATER = [
  'value: 0.6, source: project, clause: 碳效等级, status: assumed }',
  'value: 0.6, source: project, clause: 碳效等级, status: assumed }, { from: "2027-05-01", value: 0.55, source: changxing, clause: 碳效等级, status: reported }',
] as const;
const MISSPELT = ['carbon_intensity / benchmark', 'carbon_intensty / benchmark'] as const;
const WRONG_EXAMPLE = ['carbon_efficiency_ratio: "2"', 'carbon_efficiency_ratio: "2.1"'] as const;

describe('tanxiao rulebook check', () => {
  test('a sound rulebook is compiled for its effective date and every day a number changes', async () => {
    const file = await written('sound.yaml', LATER);
    const { code, stdout } = await tanxiao('rulebook', 'check', file);
    expect(code).toBe(0);
    expect(stdout).toContain('has no problem; compiled for 2021Q1, 2021, 2027Q2, 2027');
  });

  test('every problem of every file stands on a line of its own with place, remedy and the name meant', async () => {
    const file = await written('bad.yaml', MISSPELT, ['of: carbon_efficiency_ratio', 'of: ratio']);
    const { code, stdout } = await tanxiao('rulebook', 'check', file, SHIPPED, SMALL.path);
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    const line = (await readFile(file, 'utf8'))
      .split('\n')
      .findIndex((one) => one.includes('intensty'));
    expect(lines[0]).toMatch(
      new RegExp(
        `^${file}:${line + 1}:\\d+ unknown-name: .*"carbon_intensty".* Did you mean "carbon_intensity"\\? To mend it: `,
      ),
    );
    expect(lines[1]).toContain('there is no calculation named "ratio"');
    expect(lines[2]).toContain(`${SHIPPED}: `);
  });

  test('the same in Chinese', async () => {
    const { stdout } = await tanxiao(
      'rulebook',
      'check',
      await written('zh.yaml', MISSPELT),
      '--lang',
      'zh',
    );
    expect(stdout).toMatch(/unknown-name：名称不存在（.*）。是否应为“carbon_intensity”？改法：/);
  });

  test('for an editor the problems are objects with place, texts and suggestion', async () => {
    const file = await written('editor.yaml', MISSPELT);
    const { code, stdout } = await tanxiao('rulebook', 'check', file, '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      {
        file,
        line: expect.any(Number) as number,
        column: expect.any(Number) as number,
        code: 'unknown-name',
        message: 'there is no value named "carbon_intensty"',
        suggestion: 'carbon_intensity',
        title: 'a name that nothing defines',
        hint: expect.stringContaining('correct the spelling') as string,
      },
    ]);
    const sound = await tanxiao('rulebook', 'check', SHIPPED, '--format', 'json');
    expect([sound.code, sound.stdout]).toEqual([0, '[]\n']);
  });

  test('a factor set of one’s own is taken with --factors, and its problems are told', async () => {
    const own = factorSetFiles()[0]!.text.replace('version: 1.0.0', 'version: 9.0.0');
    const factors = path.join(folder, 'own.yaml');
    await writeFile(factors, own);
    const file = await written('own-factors.yaml', [
      'factorSet: { id: cn-industrial, version: 1.0.0 }',
      'factorSet: { id: cn-industrial, version: 9.0.0 }',
    ]);
    expect((await tanxiao('rulebook', 'check', file)).stdout).toContain('unknown-factor-set');
    expect((await tanxiao('rulebook', 'check', file, '--factors', factors)).code).toBe(0);
    expect((await tanxiao('rulebook', 'test', file, '--factors', factors)).code).toBe(0);
    await writeFile(factors, own.replace('status: reported', 'status: sure'));
    const broken = await tanxiao('rulebook', 'check', file, '--factors', factors);
    expect([broken.code, broken.stdout]).toEqual([1, expect.stringContaining(`${factors}:`)]);
  });

  test('a file in another encoding is refused with a sentence', async () => {
    const file = path.join(folder, 'gbk.yaml');
    await writeFile(file, Buffer.from([0xb9, 0xa4, 0xd2, 0xb5]));
    expect(await tanxiao('rulebook', 'check', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('save it as UTF-8') as string,
    });
  });
});

describe('tanxiao rulebook test', () => {
  test('passes where every example comes out as expected, and lists what none reaches', async () => {
    const { code, stdout } = await tanxiao('rulebook', 'test', SHIPPED);
    expect(code).toBe(0);
    expect(stdout).toContain('8 of 8 examples pass');
    expect(stdout).toContain('bands that no example reaches: carbon_efficiency_grade 3,');
    expect(stdout).toContain('not-rated reasons that no example reaches: missing-emission-factor');
  });

  test('fails with what was expected and what was found', async () => {
    const file = await written('wrong.yaml', WRONG_EXAMPLE);
    const { code, stdout } = await tanxiao('rulebook', 'test', file);
    expect(code).toBe(1);
    expect(stdout).toContain('7 of 8 examples pass');
    expect(stdout).toMatch(
      /FAIL {2}K 2 is grade 4 \(2026Q3\)\n +result carbon_efficiency_ratio: expected 2\.1, found 2\n/,
    );
    const chinese = await tanxiao('rulebook', 'test', file, '--lang', 'zh');
    expect(chinese.stdout).toContain('结果 carbon_efficiency_ratio：期望 2.1，实得 2');
    const json = await tanxiao('rulebook', 'test', file, '--format', 'json');
    const [tested] = JSON.parse(json.stdout) as [{ examples: { passes: boolean }[] }];
    expect(tested.examples.filter(({ passes }) => !passes)).toHaveLength(1);
  });

  test('a rulebook with problems has them told, and fails', async () => {
    const { code, stdout } = await tanxiao('rulebook', 'test', await written('no.yaml', MISSPELT));
    expect([code, stdout]).toEqual([1, expect.stringContaining('unknown-name')]);
  });
});

describe('tanxiao rulebook diff', () => {
  test('lists a changed number by its clause, with both values, day, source and status', async () => {
    const file = await written('next.yaml', LATER, ['version: 1.0.0', 'version: 1.1.0']);
    const { code, stdout } = await tanxiao('rulebook', 'diff', SHIPPED, file);
    expect(code).toBe(0);
    expect(stdout).toContain(`${SHIPPED} → ${SMALL.id}@1.1.0`);
    expect(stdout).toContain(
      `Clause: 碳效等级\n  ~ Upper limit of grade 1 grade_1_limit: 0.6 [project, assumed by this project] → 0.55 [changxing, reported] (from 2027-05-01)`,
    );
    const json = JSON.parse(
      (await tanxiao('rulebook', 'diff', SHIPPED, file, '--format', 'json')).stdout,
    ) as {
      changes: { part: string }[];
    };
    expect(json.changes.map(({ part }) => part)).toEqual(['version', 'parameters']);
  });

  test('says so where the rules are the same, whatever the comments', async () => {
    const file = await written('comment.yaml', ['rulebook: ', '# a comment\nrulebook: ']);
    expect((await tanxiao('rulebook', 'diff', SHIPPED, file)).stdout).toContain(
      'the rules are the same; the files differ in comments or layout',
    );
    expect(
      (await tanxiao('rulebook', 'diff', SHIPPED, SMALL.path, '--lang', 'zh')).stdout,
    ).toContain('规则没有差别; 两个文件逐字节相同');
  });

  test('a rulebook with problems has them told, and fails', async () => {
    const { code, stderr } = await tanxiao(
      'rulebook',
      'diff',
      SHIPPED,
      await written('no.yaml', MISSPELT),
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining('unknown-name')]);
  });
});

describe('tanxiao rulebook docs', () => {
  test('writes both languages, or the one asked for, to stdout or a file', async () => {
    const both = (await tanxiao('rulebook', 'docs', SHIPPED)).stdout;
    expect(both).toContain('# 小微企业碳效评价');
    expect(both).toContain('# Carbon efficiency of small enterprises');
    const output = path.join(folder, 'rules.md');
    expect((await tanxiao('rulebook', 'docs', SHIPPED, '--output', output)).code).toBe(0);
    expect(await readFile(output, 'utf8')).toBe(both);
    const chinese = (await tanxiao('rulebook', 'docs', SHIPPED, '--lang', 'zh')).stdout;
    expect(chinese).toContain('# 小微企业碳效评价');
    expect(chinese).not.toContain('# Carbon efficiency of small enterprises');
  });

  test('of rules with problems there is no page', async () => {
    const output = path.join(folder, 'none.md');
    const file = await written('no.yaml', MISSPELT);
    const { code, stderr } = await tanxiao('rulebook', 'docs', file, '--output', output);
    expect([code, stderr]).toEqual([1, expect.stringContaining('unknown-name')]);
    await expect(readFile(output)).rejects.toThrow('ENOENT');
  });
});

test.each([
  [['rulebook'], 'is followed by one of check, test, diff, docs'],
  [['rulebook', 'cheque', 'x.yaml'], 'is followed by one of check, test, diff, docs'],
  [['rulebook', 'check'], 'an argument is missing'],
  [['rulebook', 'check', '/none.yaml'], 'cannot read /none.yaml (ENOENT); rulebooks that ship: '],
  [['rulebook', 'check', SHIPPED, '--format', 'xml'], '--format must be one of text, json'],
  [['rulebook', 'diff', SHIPPED], 'an argument is missing'],
])('%j is wrong usage: %s', async (words, sentence) => {
  const { code, stderr } = await tanxiao(...words);
  expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
});
