/** Reading a command's options; every mistake is a sentence that says what was expected. */
import { parseArgs } from 'node:util';

import { type Language, LANGUAGES } from '@tanxiao/contracts';

import { UsageError } from './failures';

export type OptionKinds = Readonly<Record<string, 'text' | 'flag'>>;

export interface Options {
  readonly positionals: readonly string[];
  text(name: string): string | null;
  flag(name: string): boolean;
  /** @throws UsageError where it is missing */
  required(name: string): string;
  /** @throws UsageError where it is none of the choices */
  choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T;
}

export interface OptionShape {
  readonly options: OptionKinds;
  /** How many words may follow the command. */
  readonly positionals: { readonly least: number; readonly most: number };
}

/** @throws UsageError */
export function readOptions(words: readonly string[], shape: OptionShape): Options {
  const { values, positionals } = parsed(words, shape.options);
  const { least, most } = shape.positionals;
  if (positionals.length > most) {
    const extra = positionals.slice(most).join(' ');
    throw new UsageError({ zh: `多余的参数：${extra}`, en: `unexpected argument: ${extra}` });
  }
  if (positionals.length < least) {
    throw new UsageError({ zh: '缺少参数，见 --help', en: 'an argument is missing, see --help' });
  }
  const text = (name: string): string | null => {
    const value = values[name];
    if (typeof value !== 'string') return null;
    if (value === '') throw new UsageError({ zh: `--${name} 不能为空`, en: `--${name} is empty` });
    return value;
  };
  return {
    positionals,
    text,
    flag: (name) => values[name] === true,
    required: (name) => {
      const value = text(name);
      if (value === null)
        throw new UsageError({ zh: `缺少 --${name}`, en: `--${name} is missing` });
      return value;
    },
    choice: (name, choices, otherwise) => {
      const value = text(name);
      if (value === null) return otherwise;
      const found = choices.find((choice) => choice === value);
      if (found !== undefined) return found;
      const all = choices.join(', ');
      throw new UsageError({
        zh: `--${name} 应为 ${all} 之一，实为“${value}”`,
        en: `--${name} must be one of ${all}, found "${value}"`,
      });
    },
  };
}

function parsed(
  words: readonly string[],
  options: OptionKinds,
): { values: Record<string, unknown>; positionals: string[] } {
  const kinds = Object.entries({ ...options, ...COMMON_OPTIONS }).map(([name, kind]) => [
    name,
    { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
  ]);
  try {
    return parseArgs({
      args: [...words],
      options: Object.fromEntries(kinds) as Record<string, { type: 'boolean' | 'string' }>,
      allowPositionals: true,
    });
  } catch (error) {
    const { code, message } = error as Partial<NodeJS.ErrnoException>;
    if (code?.startsWith('ERR_PARSE_ARGS') !== true || message === undefined) throw error;
    // Node's own sentence names the option at fault; the rest of it is advice on `--`.
    const reason = message.split('. ', 1)[0] ?? message;
    throw new UsageError({ zh: `参数有误：${reason}`, en: reason });
  }
}

const COMMON_OPTIONS: OptionKinds = { lang: 'text', help: 'flag' };

/** `--lang zh|en`, looked for before anything else so that every message is in that language. */
export function languageOption(words: readonly string[]): Language | null {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at < 0) return null;
  const word = words[at] ?? '';
  const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : words[at + 1];
  const language = LANGUAGES.find((one) => one === value);
  if (language !== undefined) return language;
  throw new UsageError({
    zh: `--lang 应为 zh 或 en，实为“${value ?? ''}”`,
    en: `--lang must be zh or en, found "${value ?? ''}"`,
  });
}

/** The command's word, wherever among the options it stands, and the words without it. */
export function takeCommand(words: readonly string[]): { name: string; rest: string[] } {
  const at = words.findIndex(
    (word, index) => !word.startsWith('-') && words[index - 1] !== '--lang',
  );
  return { name: words[at] ?? '', rest: words.filter((_, index) => index !== at) };
}
