/** `tanxiao run …`: starts the re-scoring of a period on a server, follows it, and does what a regulator does with it. */
import type { Run, TanxiaoClient } from '@tanxiao/client';
import { newId } from '@tanxiao/contracts';

import { EXIT, type ExitCode, UsageError } from '../failures';
import { type OptionShape, readOptions, takeCommand } from '../options';
import { periodOption } from '../rulebook-choice';
import { say, type Terminal, writeContent } from '../terminal';
import { runProgress } from './run-progress';
import { clientOf, idArgument, serverFailure } from './server-client';

type Command = (words: readonly string[], terminal: Terminal) => Promise<ExitCode>;

const COMMANDS: Readonly<Record<string, Command>> = {
  start: startCommand,
  watch: watchCommand,
  list: listCommand,
  moves: movesCommand,
  cancel: (words, terminal) =>
    change(words, terminal, (client, id) => client.post('/v1/runs/{id}/cancel', { path: { id } })),
  publish: (words, terminal) => change(words, terminal, (client, id) => client.publish(id)),
  notice: noticeCommand,
};

/** @throws UsageError where it names none of them */
export function runCommands(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { name, rest } = takeCommand(words);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command(rest, terminal);
  const all = Object.keys(COMMANDS).join(', ');
  throw new UsageError({
    zh: `tanxiao run 后面应为 ${all} 之一，见 tanxiao run --help`,
    en: `tanxiao run is followed by one of ${all}, see tanxiao run --help`,
  });
}

async function startCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = readOptions(words, {
    options: { server: 'text', rulebook: 'text', period: 'text', key: 'text', detach: 'flag' },
    positionals: { least: 0, most: 0 },
  });
  const client = clientOf(options.required('server'), terminal);
  const body = {
    rulebook: options.required('rulebook'),
    period: periodOption(options.required('period')).id,
  };
  const idempotencyKey = options.text('key') ?? newId();
  const run = await asked(client.createRun(body, { idempotencyKey }));
  await writeContent(terminal.stdout, `${run.id}\n`);
  return options.flag('detach') ? EXIT.ok : follow(client, run.id, terminal);
}

async function watchCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { client, id } = oneRun(words, terminal);
  return follow(client, id, terminal);
}

async function follow(client: TanxiaoClient, id: string, terminal: Terminal): Promise<ExitCode> {
  const progress = runProgress(terminal);
  let last: Run | null = null;
  try {
    for await (const run of client.watchRun(id)) {
      progress.tell(run);
      last = run;
    }
  } catch (error) {
    throw serverFailure(error);
  } finally {
    progress.end();
  }
  if (last) tellState(last, terminal);
  return last?.state === 'failed' || last?.state === 'cancelled' ? EXIT.failed : EXIT.ok;
}

function tellState(run: Run, terminal: Terminal): void {
  const { id, state, subjects, failure } = run;
  say(terminal, {
    zh: `批次 ${id}：${state}，共 ${subjects.total} 户，评级 ${subjects.rated}，不予评级 ${subjects.notRated}，失败 ${subjects.failed}`,
    en: `run ${id}: ${state}, ${subjects.total} subjects, ${subjects.rated} rated, ${subjects.notRated} not rated, ${subjects.failed} failed`,
  });
  if (failure !== null) say(terminal, { zh: failure, en: failure });
}

async function listCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = readOptions(words, {
    options: { server: 'text', rulebook: 'text', period: 'text' },
    positionals: { least: 0, most: 0 },
  });
  const client = clientOf(options.required('server'), terminal);
  const [rulebook, period] = [options.text('rulebook'), options.text('period')];
  const { items } = await asked(
    client.get('/v1/runs', {
      query: { ...(rulebook && { rulebook }), ...(period && { period }), limit: 50 },
    }),
  );
  for (const { id, rulebook: of, period: when, state, subjects, current } of items)
    await writeContent(
      terminal.stdout,
      `${[id, `${of.id}@${of.version}`, when, state, `${subjects.done}/${subjects.total}`, current ? 'current' : ''].join('\t').trimEnd()}\n`,
    );
  return EXIT.ok;
}

/** As tab-separated lines: grade before, grade now, subjects. */
async function movesCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { client, id } = oneRun(words, terminal);
  const { previousRunId, moves } = await asked(client.get('/v1/runs/{id}/moves', { path: { id } }));
  say(
    terminal,
    previousRunId === null
      ? { zh: '没有可比的上期已发布批次', en: 'there is no published run of an earlier period' }
      : { zh: `与批次 ${previousRunId} 相比`, en: `against run ${previousRunId}` },
  );
  const named = (of: (typeof moves)[number]['now']): string => of.grade ?? of.outcome;
  for (const { before, now, subjects } of moves)
    await writeContent(terminal.stdout, `${named(before)}\t${named(now)}\t${subjects}\n`);
  return EXIT.ok;
}

async function noticeCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { client, id, until } = oneRun(words, terminal, { until: 'text' });
  const run = await asked(
    client.post('/v1/runs/{id}/notice', { path: { id }, body: { until: until ?? null } }),
  );
  tellState(run, terminal);
  return EXIT.ok;
}

async function change(
  words: readonly string[],
  terminal: Terminal,
  what: (client: TanxiaoClient, id: string) => Promise<Run>,
): Promise<ExitCode> {
  const { client, id } = oneRun(words, terminal);
  tellState(await asked(what(client, id)), terminal);
  return EXIT.ok;
}

function oneRun(
  words: readonly string[],
  terminal: Terminal,
  more: OptionShape['options'] = {},
): { readonly client: TanxiaoClient; readonly id: string; readonly until: string | null } {
  const options = readOptions(words, {
    options: { server: 'text', ...more },
    positionals: { least: 1, most: 1 },
  });
  return {
    id: idArgument(options.positionals[0]!),
    client: clientOf(options.required('server'), terminal),
    until: 'until' in more ? options.text('until') : null,
  };
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw serverFailure(error);
  });
}
