/** The documents that the rulebook tools name: a file, or `ID@VERSION` of one that ships; and the factor sets at hand. */
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';

import { type FactorSet, parseFactorSet, parseRulebook, type Rulebook } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { Refusal, UsageError } from '../failures';

export interface NamedDocument {
  /** As the command line names it: problems begin with it. */
  readonly file: string;
  readonly text: string;
}

/** @throws UsageError where there is no such file, Refusal where it is no UTF-8 text */
export async function readDocument(name: string): Promise<NamedDocument> {
  const shipped = loadStandards().rulebooks.find((one) => `${one.id}@${one.version}` === name);
  if (shipped) return { file: name, text: shipped.text };
  const bytes = await readFile(name).catch((error: unknown) => {
    throw missingDocument(name, error);
  });
  if (isUtf8(bytes)) return { file: name, text: bytes.toString('utf8') };
  throw new Refusal({
    zh: `${name} 不是 UTF-8 文本；请以 UTF-8 编码另存`,
    en: `${name} is not UTF-8 text; save it as UTF-8`,
  });
}

function missingDocument(name: string, error: unknown): UsageError {
  const reason = (error as Partial<NodeJS.ErrnoException>).code ?? String(error);
  const shipped = loadStandards()
    .rulebooks.map(({ id, version }) => `${id}@${version}`)
    .join(', ');
  return new UsageError({
    zh: `无法读取 ${name}（${reason}）；随附的评价规范：${shipped}`,
    en: `cannot read ${name} (${reason}); rulebooks that ship: ${shipped}`,
  });
}

/** The given set before those that ship: it is taken where both have one id and version. @throws RulebookError */
export async function factorSetsAtHand(file: string | null): Promise<readonly FactorSet[]> {
  const shipped = loadStandards().factorSets;
  if (file === null) return shipped;
  const { text } = await readDocument(file);
  return [parseFactorSet(text, file), ...shipped];
}

/** @throws RulebookError with every problem of its text */
export async function readRulebook(name: string): Promise<Rulebook> {
  const { text, file } = await readDocument(name);
  return parseRulebook(text, file);
}
