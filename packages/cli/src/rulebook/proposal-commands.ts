/** `tanxiao rulebook propose, proposals, approve, reject`: rules that take force by two people's word, on a server. */
import type { TanxiaoClient } from '@tanxiao/client';
import { PROPOSAL_KINDS, PROPOSAL_STATES } from '@tanxiao/contracts';

import { EXIT, type ExitCode } from '../failures';
import { type Options, type OptionShape, readOptions } from '../options';
import { clientOf, idArgument, serverFailure } from '../server/server-client';
import { say, type Terminal, writeContent } from '../terminal';
import { REPORT_FORMATS } from './check-command';
import { readDocument } from './documents';
import { proposalLine, proposalText } from './proposal-text';

const ONE = { least: 1, most: 1 };
const PROPOSE: OptionShape = {
  options: { server: 'text', by: 'text', reason: 'text', kind: 'text', format: 'text' },
  positionals: ONE,
};
const LIST: OptionShape = {
  options: { server: 'text', state: 'text', format: 'text' },
  positionals: { least: 0, most: 1 },
};
const DECIDE: OptionShape = {
  options: { server: 'text', by: 'text', reason: 'text', format: 'text' },
  positionals: ONE,
};

/** @throws Refusal with every problem of the text */
export async function proposeCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, PROPOSE);
  const proposedBy = options.required('by');
  const reason = options.required('reason');
  const kind = options.choice('kind', PROPOSAL_KINDS, 'rulebook');
  const { text } = await readDocument(options.positionals[0]!);
  const proposal = await asked(options, terminal, (client) =>
    client.post('/v1/rulebook-proposals', { body: { kind, text, reason, proposedBy } }),
  );
  await writeContent(
    terminal.stdout,
    shown(options, proposal, () => proposalText(proposal, terminal.language)),
  );
  say(terminal, {
    zh: `已提出，编号 ${proposal.id}；须由另一人 tanxiao rulebook approve ${proposal.id} --by 姓名`,
    en: `proposed as ${proposal.id}; another person approves: tanxiao rulebook approve ${proposal.id} --by NAME`,
  });
  return EXIT.ok;
}

/** All of them, or one in full. */
export async function proposalsCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, LIST);
  const [word] = options.positionals;
  const text = word === undefined ? listed(options, terminal) : detailed(options, terminal, word);
  await writeContent(terminal.stdout, await text);
  return EXIT.ok;
}

async function listed(options: Options, terminal: Terminal): Promise<string> {
  const given = options.text('state');
  const state = given === null ? {} : { state: options.choice('state', PROPOSAL_STATES, 'open') };
  const items = await asked(options, terminal, async (client) => {
    const all = [];
    let cursor: string | null = null;
    do {
      const query: { cursor?: string; state?: (typeof PROPOSAL_STATES)[number] } = {
        ...state,
        ...(cursor === null ? {} : { cursor }),
      };
      const page = await client.get('/v1/rulebook-proposals', { query });
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return all;
  });
  return shown(options, items, () =>
    items.map((item) => proposalLine(item, terminal.language)).join(''),
  );
}

async function detailed(options: Options, terminal: Terminal, word: string): Promise<string> {
  const id = idArgument(word);
  const proposal = await asked(options, terminal, (client) =>
    client.get('/v1/rulebook-proposals/{id}', { path: { id } }),
  );
  return shown(options, proposal, () => proposalText(proposal, terminal.language));
}

export function approveCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  return decided(readOptions(words, DECIDE), 'approved', terminal);
}

export function rejectCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = readOptions(words, DECIDE);
  options.required('reason');
  return decided(options, 'rejected', terminal);
}

async function decided(
  options: Options,
  decision: 'approved' | 'rejected',
  terminal: Terminal,
): Promise<ExitCode> {
  const id = idArgument(options.positionals[0]!);
  const decidedBy = options.required('by');
  const reason = options.text('reason');
  const proposal = await asked(options, terminal, (client) =>
    client.post('/v1/rulebook-proposals/{id}/decision', {
      path: { id },
      body: { decision, decidedBy, ...(reason === null ? {} : { reason }) },
    }),
  );
  await writeContent(
    terminal.stdout,
    shown(options, proposal, () => proposalText(proposal, terminal.language)),
  );
  return EXIT.ok;
}

/** @throws UsageError where the server is not named, Refusal with what it answered */
async function asked<T>(
  options: Options,
  terminal: Terminal,
  ask: (client: TanxiaoClient) => Promise<T>,
): Promise<T> {
  try {
    return await ask(clientOf(options.required('server'), terminal));
  } catch (error) {
    throw serverFailure(error);
  }
}

function shown(options: Options, content: unknown, text: () => string): string {
  const format = options.choice('format', REPORT_FORMATS, 'text');
  return format === 'json' ? `${JSON.stringify(content, null, 2)}\n` : text();
}
