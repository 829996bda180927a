/** The rulebook and period that a command names: one that ships, or a file's. */
import { parsePeriod, type Period } from '@tanxiao/contracts';
import { type Form, formOf } from '@tanxiao/forms';
import {
  changePeriods,
  checkRulebook,
  compilePlan,
  currentVersion,
  namedFactorSet,
  type Plan,
  type Rulebook,
  RulebookError,
} from '@tanxiao/rulebook';
import { loadStandards, type Standards, standardsOf } from '@tanxiao/standards';

import { UsageError } from './failures';
import { readDocument } from './rulebook/documents';
import { say, type Terminal } from './terminal';

/** @throws UsageError */
export function periodOption(text: string): Period {
  const period = parsePeriod(text);
  if (period) return period;
  throw new UsageError({
    zh: `评价期“${text}”无效：应如 2026Q3、2026H1 或 2026`,
    en: `period "${text}" is not valid: write 2026Q3, 2026H1 or 2026`,
  });
}

/** What a command rates by. */
export interface ChosenRules {
  readonly id: string;
  readonly standards: Standards;
}

/**
 * An id of those that ship, or the path of a YAML file: its rulebook stands in place of all versions of its id.
 * @throws UsageError, Refusal, RulebookError with every problem of the file
 */
export async function chosenRules(word: string): Promise<ChosenRules> {
  const shipped = loadStandards();
  if (!/\.ya?ml$/i.test(word)) return { id: word, standards: shipped };
  const { rulebook, problems } = checkRulebook(await readDocument(word), shipped.factorSets);
  if (rulebook === null || problems.length > 0) throw new RulebookError(problems);
  const others = shipped.rulebooks.filter(({ id }) => id !== rulebook.id);
  return { id: rulebook.id, standards: standardsOf([...others, rulebook], shipped.factorSets) };
}

export interface ChosenVersion {
  /** Default: those that ship. */
  readonly standards?: Standards;
  readonly period: Period | null;
  /** Tells which version is taken where none is in force; its day counts where no period is named. */
  readonly terminal: Terminal;
}

/** The version in force in the period, or today where none is named; the newest where none is. @throws UsageError */
export function rulebookOption(
  id: string,
  { standards = loadStandards(), period, terminal }: ChosenVersion,
): Rulebook {
  requireRulebookId(id, standards);
  if (period === null) return currentRulebook({ id, standards }, terminal);
  const plan = standards.plan(id, period);
  if (plan) return plan.rulebook;
  throw new UsageError({
    zh: `评价规范“${id}”在评价期 ${period.id} 没有生效版本`,
    en: `rulebook "${id}" has no version in force in period ${period.id}`,
  });
}

/** @throws UsageError where no version has this id */
export function requireRulebookId(id: string, { rulebooks } = loadStandards()): void {
  if (rulebooks.some((rulebook) => rulebook.id === id)) return;
  const ids = [...new Set(rulebooks.map((rulebook) => rulebook.id))].join(', ');
  throw new UsageError({
    zh: `没有名为“${id}”的评价规范；可用：${ids}`,
    en: `there is no rulebook named "${id}"; available: ${ids}`,
  });
}

function currentRulebook({ id, standards }: ChosenRules, terminal: Terminal): Rulebook {
  const { version, inForce } = currentVersion(standards.rulebooks, id, terminal.today)!;
  if (!inForce) {
    const { from } = version.document.effective;
    say(terminal, {
      zh: `评价规范“${id}”在今天（${terminal.today}）没有生效版本；按最新的 ${version.version} 版（${from} 起生效）`,
      en: `rulebook "${id}" has no version in force today (${terminal.today}); taking the newest, ${version.version}, effective from ${from}`,
    });
  }
  return version;
}

export function formOfRulebook(rulebook: Rulebook, standards = loadStandards()): Form {
  return formOf(rulebook, (id, period) => standards.plan(id, period));
}

/** A plan of a rulebook version, of the period or else the first it rates: for what does not depend on the period. */
export function anyPlan(rulebook: Rulebook, period: Period | null): Plan {
  const [first] = changePeriods(rulebook);
  const of = period ?? first;
  const factorSet = namedFactorSet(rulebook, loadStandards().factorSets);
  if (of && factorSet) return compilePlan(rulebook, factorSet, of);
  throw new Error(`no plan for rulebook ${rulebook.id} ${rulebook.version}`);
}
