/** For tests: a command run with its streams caught. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { usccCheckCharacter } from '@tanxiao/contracts';

import { type ExitCode } from '../failures';
import { run } from '../run';

export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** The day on which {@link tanxiao} runs a command. */
export const TODAY = '2026-11-25';

export async function tanxiao(...words: string[]): Promise<Ran> {
  return tanxiaoOn(TODAY, ...words);
}

export async function tanxiaoOn(today: string, ...words: string[]): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const caught = Promise.all([text(stdout), text(stderr)]);
  const code = await run(words, { stdout, stderr, language: 'en', today });
  stdout.end();
  stderr.end();
  const [out, err] = await caught;
  return { code, stdout: out, stderr: err };
}

/** A valid code for each number. */
export function testUscc(number: number): string {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  return first17 + usccCheckCharacter(first17);
}
