import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { ProblemText } from './problem-text';
import { PROBLEM_TEXTS } from './problem-texts';

const entries = Object.entries<ProblemText>(PROBLEM_TEXTS);

test('every text of a problem is there in Chinese and in English', () => {
  for (const [code, { title, hint }] of entries) {
    for (const text of [title, hint]) {
      expect([code, text.zh]).toEqual([code, expect.stringMatching(/\p{Script=Han}/u)]);
      expect([code, text.en]).toEqual([code, expect.not.stringMatching(/\p{Script=Han}/u)]);
    }
  }
});

// That every code has a text the compiler sees to: codes are the keys of the table.
test('no text is kept for a code that nothing gives', () => {
  const source = sourcesBelow(path.join(__dirname, '..')).join('\n');
  const unused = entries
    .map(([code]) => code)
    .filter((code) => !code.startsWith('schema-') && !source.includes(`'${code}'`));
  expect(unused).toEqual([]);
});

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.ts$/.test(file) && !file.endsWith('problem-texts.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
}
