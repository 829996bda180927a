/** Finds the command, runs it, and turns every failure into a sentence and an exit code. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Bilingual } from '@tanxiao/contracts';
import { FileProblem } from '@tanxiao/forms';
import { dataProblem } from '@tanxiao/standards';

import { dryRunCommand } from './dry-run/dry-run-command';
import { EXIT, type ExitCode, Refusal, UsageError } from './failures';
import { helpText } from './help';
import { factorsCommand, rulebooksCommand } from './listings/listing-commands';
import { languageOption, takeCommand } from './options';
import { rateCommand } from './rate/rate-command';
import { rollUpCommand } from './roll-up/roll-up-command';
import { rulebookCommand } from './rulebook/rulebook-command';
import { importCommand } from './server/import-command';
import { replayCommand } from './server/replay-command';
import { runCommands } from './server/run-commands';
import { templateCommand } from './template-command';
import { say, type Terminal, writeContent } from './terminal';

type Command = (words: readonly string[], terminal: Terminal) => Promise<ExitCode>;

const COMMANDS: Readonly<Record<string, Command>> = {
  rate: rateCommand,
  'dry-run': dryRunCommand,
  template: templateCommand,
  rulebooks: rulebooksCommand,
  factors: factorsCommand,
  rulebook: rulebookCommand,
  'roll-up': rollUpCommand,
  import: importCommand,
  run: runCommands,
  replay: replayCommand,
};

/** @param words the command line after the program's name */
export async function run(words: readonly string[], given: Terminal): Promise<ExitCode> {
  let terminal = given;
  try {
    terminal = { ...given, language: languageOption(words) ?? given.language };
    return await runCommand(words, terminal);
  } catch (error) {
    const told = failureOf(error);
    if (told === null) throw error;
    say(terminal, told.text);
    return told.code;
  }
}

async function runCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { name, rest } = takeCommand(words);
  if (name === '' && rest.includes('--version')) {
    await writeContent(terminal.stdout, `${packageVersion()}\n`);
    return EXIT.ok;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (rest.includes('--help') || name === 'help') {
    await writeContent(terminal.stdout, helpText(name)[terminal.language]);
    return EXIT.ok;
  }
  if (command) return command(rest, terminal);
  throw new UsageError(
    name === ''
      ? { zh: '请给出命令，见 tanxiao --help', en: 'name a command, see tanxiao --help' }
      : {
          zh: `没有命令“${name}”；可用：${Object.keys(COMMANDS).join('、')}`,
          en: `there is no command "${name}"; available: ${Object.keys(COMMANDS).join(', ')}`,
        },
  );
}

function failureOf(error: unknown): { text: Bilingual; code: ExitCode } | null {
  if (error instanceof UsageError) return { text: error.text, code: EXIT.usage };
  if (error instanceof Refusal || error instanceof FileProblem) {
    return { text: error.text, code: EXIT.failed };
  }
  const data = dataProblem(error);
  if (data !== null) return { text: data, code: EXIT.failed };
  if (error instanceof Error && 'code' in error && 'syscall' in error) {
    return { text: { zh: error.message, en: error.message }, code: EXIT.failed };
  }
  return null;
}

function packageVersion(): string {
  const text = readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
