/** The server as the commands see it, and its failures as sentences. */
import { ClientError, ConnectionError, TanxiaoClient, WaitTimeoutError } from '@tanxiao/client';
import { type Bilingual, isId } from '@tanxiao/contracts';

import { Refusal, UsageError } from '../failures';
import type { Terminal } from '../terminal';

/** @throws UsageError where the address is none */
export function clientOf(server: string, terminal: Terminal): TanxiaoClient {
  const url = URL.canParse(server) ? new URL(server) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError({
      zh: `--server 应为 http(s) 地址，实为“${server}”`,
      en: `--server must be an http(s) address, found "${server}"`,
    });
  }
  return new TanxiaoClient({ baseUrl: server, language: terminal.language });
}

/** @throws UsageError */
export function idArgument(text: string): string {
  const id = text.toLowerCase();
  if (isId(id)) return id;
  throw new UsageError({ zh: `“${text}”不是编号`, en: `"${text}" is not an id` });
}

/** What the server or the way to it said, as a refusal; anything else as it is. */
export function serverFailure(error: unknown): unknown {
  if (error instanceof ClientError) {
    const { title, detail, errors = [] } = error.problem;
    const lines = errors.map(({ message, hint }) => `\n  ${message}; ${hint}`);
    // The server has answered in the language asked for already.
    return refusal(`${title}: ${detail}${lines.join('')}`);
  }
  if (error instanceof ConnectionError || error instanceof WaitTimeoutError) {
    return new Refusal({ zh: `服务器没有应答：${error.message}`, en: error.message });
  }
  return error;
}

function refusal(text: string): Refusal {
  const both: Bilingual = { zh: text, en: text };
  return new Refusal(both);
}
