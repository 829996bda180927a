/** What a command is given of the world: where it writes, in which language, on which day; a test gives its own. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';

import type { Bilingual, Language } from '@tanxiao/contracts';

export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly language: Language;
  /** The day on which the program runs, ISO 8601. */
  readonly today: string;
}

export function say(terminal: Terminal, text: Bilingual): void {
  terminal.stderr.write(`${text[terminal.language]}\n`);
}

/** Waits where the stream asks for it, so that a slow reader never fills the memory. */
export async function writeContent(stream: Writable, content: string | Uint8Array): Promise<void> {
  if (!stream.write(content)) await once(stream, 'drain');
}

/** `LC_ALL`, `LC_MESSAGES`, `LANG`: Chinese where they say so, English elsewhere. */
export function languageOfEnvironment(environment: NodeJS.ProcessEnv): Language {
  const locale = [environment.LC_ALL, environment.LC_MESSAGES, environment.LANG].find(
    (value) => value !== undefined && value !== '',
  );
  return locale?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
