import { readFileSync } from 'node:fs';
import path from 'node:path';

import { isUsccAt, usccCheckCharacter, usccProblem } from './uscc';

const rows = readFileSync(path.join(__dirname, 'vectors', 'uscc_vectors.csv'), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.split(','));

describe('the unified social credit code of GB 32100-2015', () => {
  test('the vector file holds all 24 codes', () => {
    expect(rows).toHaveLength(24);
  });

  test.each(rows)('%s is %s', (code, expected) => {
    expect(usccProblem(code) === null ? 'valid' : 'invalid').toBe(expected);
  });

  test('a code within bytes is judged as its text is, whatever is wrong with it', () => {
    const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZaz -é\u0000';
    const valid = '91110000600037341L';
    const codes = [valid, ...rows.map(([code]) => code!)].filter(({ length }) => length === 18);
    for (let i = 0; i < 18; i++)
      for (const character of characters)
        codes.push(valid.slice(0, i) + character + valid.slice(i + 1));
    for (const code of codes)
      expect([code, isUsccAt(Buffer.from(`x${code}`, 'latin1'), 1)]).toEqual([
        code,
        usccProblem(code) === null,
      ]);
  });

  test('every single wrong character of a valid code is noticed', () => {
    const valid = '91110000600037341L';
    for (let i = 0; i < 18; i++) {
      for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (character !== valid[i]) {
          expect(usccProblem(valid.slice(0, i) + character + valid.slice(i + 1))).not.toBeNull();
        }
      }
    }
  });

  test('the kinds of mistake are told apart', () => {
    expect(usccProblem('12345678')).toBe('length');
    expect(usccProblem('91330100799655058I')).toBe('character');
    expect(usccProblem('A1110000A00037341L')).not.toBeNull();
    expect(usccProblem('91110000600037341l')).toBe('character');
    expect(usccCheckCharacter('91310000132206289')).toBe('R');
  });
});
