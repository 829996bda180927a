/** `tanxiao rulebook …`: the tools of those who write rules, and of those who put them into force. */
import { type ExitCode, UsageError } from '../failures';
import { takeCommand } from '../options';
import type { Terminal } from '../terminal';
import { checkCommand } from './check-command';
import { diffCommand } from './diff-command';
import { docsCommand } from './docs-command';
import { overviewCommand } from './overview-command';
import {
  approveCommand,
  proposalsCommand,
  proposeCommand,
  rejectCommand,
} from './proposal-commands';
import { testCommand } from './test-command';

type Command = (words: readonly string[], terminal: Terminal) => Promise<ExitCode>;

const COMMANDS: Readonly<Record<string, Command>> = {
  check: checkCommand,
  test: testCommand,
  diff: diffCommand,
  docs: docsCommand,
  overview: overviewCommand,
  propose: proposeCommand,
  proposals: proposalsCommand,
  approve: approveCommand,
  reject: rejectCommand,
};

/** @throws UsageError where it names none of the tools */
export function rulebookCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { name, rest } = takeCommand(words);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command(rest, terminal);
  const all = Object.keys(COMMANDS).join(', ');
  throw new UsageError({
    zh: `tanxiao rulebook 后面应为 ${all} 之一，见 tanxiao rulebook --help`,
    en: `tanxiao rulebook is followed by one of ${all}, see tanxiao rulebook --help`,
  });
}
