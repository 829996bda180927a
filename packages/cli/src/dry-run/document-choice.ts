/** The two versions that a dry run compares: of those that ship by id and version, or of a file. */
import { readFile } from 'node:fs/promises';

import type { Period } from '@tanxiao/contracts';
import {
  compilePlan,
  type FactorSet,
  parseFactorSet,
  parseRulebook,
  type Plan,
  type Rulebook,
  RulebookError,
  trialPeriod,
} from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { Refusal, UsageError } from '../failures';
import { type ChosenVersion, rulebookOption } from '../rulebook-choice';

/** `ID`, `ID@VERSION` or the path of a YAML file. @throws UsageError, Refusal */
export async function chosenRulebook(word: string, chosen: ChosenVersion): Promise<Rulebook> {
  if (isFile(word)) return parsed(word, parseRulebook);
  const [id = '', version] = word.split('@', 2);
  if (version === undefined) return rulebookOption(id, chosen);
  return requireVersion(loadStandards().rulebooks, id, version);
}

/** The factor set that a rulebook names, or another in its place. @throws UsageError, Refusal */
export async function chosenFactorSet(rulebook: Rulebook, word: string | null): Promise<FactorSet> {
  if (word !== null && isFile(word)) return parsed(word, parseFactorSet);
  const named = rulebook.document.factorSet;
  const [id = '', version = ''] = word === null ? [named.id, named.version] : word.split('@', 2);
  return requireVersion(loadStandards().factorSets, id, version);
}

/** A version that begins after the period is applied as on its first day. @throws Refusal */
export function trialPlan(rulebook: Rulebook, factorSet: FactorSet, period: Period): Plan {
  return refusing(() => compilePlan(rulebook, factorSet, trialPeriod(rulebook, period)));
}

function isFile(word: string): boolean {
  return /\.ya?ml$/i.test(word);
}

async function parsed<T>(file: string, parse: (text: string, file: string) => T): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError({
      zh: `无法读取 ${file}：${reason}`,
      en: `cannot read ${file}: ${reason}`,
    });
  });
  return refusing(() => parse(text, file));
}

/** Every problem of a document with its line and column, as a refusal. */
function refusing<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RulebookError)) throw error;
    const lines = `\n${error.message}`;
    throw new Refusal({
      zh: `文档有 ${error.problems.length} 处错误：${lines}`,
      en: `the document has ${error.problems.length} problems:${lines}`,
    });
  }
}

function requireVersion<T extends Rulebook | FactorSet>(
  documents: readonly T[],
  id: string,
  version: string,
): T {
  const found = documents.find((one) => one.id === id && one.version === version);
  if (found) return found;
  const all = documents.map((one) => `${one.id}@${one.version}`).join(', ');
  throw new UsageError({
    zh: `没有 ${id}@${version}；可用：${all}，或一个 .yaml 文件`,
    en: `there is no ${id}@${version}; available: ${all}, or a .yaml file`,
  });
}
