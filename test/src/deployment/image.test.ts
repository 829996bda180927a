/** The Dockerfile: what must not be in an image, and who runs it. No Docker engine runs where the tests do. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { type CommandEntry, parse } from 'docker-file-parser';

import { REPOSITORY } from './processes';

const text = readFileSync(path.join(REPOSITORY, 'infra/containers/Dockerfile'), 'utf8');
const commands = parse(text);
const stages = commands.reduce<CommandEntry[][]>(
  (found, command) =>
    command.name === 'FROM'
      ? [...found, [command]]
      : [...found.slice(0, -1), [...found.at(-1)!, command]],
  [],
);
const last = stages.at(-1)!;
const argumentsOf = (name: string, stage = last): string[] =>
  stage
    .filter((one) => one.name === name)
    .map(({ args }) => (typeof args === 'string' ? args : Object.values(args).join(' ')));

it('is read without an error, and every stage starts from the same pinned image with glibc', () => {
  expect(commands.flatMap(({ error }) => (error === undefined ? [] : [error]))).toEqual([]);
  for (const stage of stages)
    expect(argumentsOf('FROM', stage)[0]).toMatch(/^node:20\.\d+\.\d+-bookworm-slim( AS build)?$/);
});

it('installs what the lock file says, the last time without what only builds and tests need', () => {
  const installs = argumentsOf('RUN', stages[0])
    .join(' && ')
    .split('&&')
    .filter((one) => /\bnpm\b/.test(one));
  for (const install of installs)
    expect(install).toMatch(/npm ci .*--ignore-scripts|npm ci --ignore-scripts/);
  expect(installs.at(-1)).toMatch(/--omit=dev --omit=optional/);
});

it('the image that runs is made of the build stage alone, and not as root', () => {
  const copies = argumentsOf('COPY');
  expect(copies.length).toBeGreaterThan(0);
  for (const copy of copies) expect(copy).toMatch(/^--from=build /);
  expect(argumentsOf('RUN')).toEqual([]);
  expect(argumentsOf('ADD')).toEqual([]);
  expect(argumentsOf('USER')).toEqual(['1000:1000']);
});

it('starts a file that is built', () => {
  const [file] = argumentsOf('CMD');
  expect(
    existsSync(path.join(REPOSITORY, file!.replace('/dist/', '/src/').replace(/js$/, 'ts'))),
  ).toBe(true);
});

it('what a checkout holds besides sources is not sent to the build', () => {
  const ignored = readFileSync(path.join(REPOSITORY, '.dockerignore'), 'utf8').split('\n');
  expect(ignored).toEqual(
    expect.arrayContaining(['**/node_modules', '**/dist', '**/.env', '.git', '.tanxiao']),
  );
});
