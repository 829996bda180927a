/** The rulebook and period that a command names, among those that ship. */
import { parsePeriod, type Period } from '@tanxiao/contracts';
import { type Form, formOf } from '@tanxiao/forms';
import {
  changePeriods,
  compilePlan,
  currentVersion,
  namedFactorSet,
  type Plan,
  type Rulebook,
} from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { UsageError } from './failures';
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

export interface ChosenVersion {
  readonly period: Period | null;
  /** Tells which version is taken where none is in force; its day counts where no period is named. */
  readonly terminal: Terminal;
}

/** The version in force in the period, or today where none is named; the newest where none is. @throws UsageError */
export function rulebookOption(id: string, { period, terminal }: ChosenVersion): Rulebook {
  requireRulebookId(id);
  const standards = loadStandards();
  if (period === null) return currentRulebook(id, terminal);
  const plan = standards.plan(id, period);
  if (plan) return plan.rulebook;
  throw new UsageError({
    zh: `评价规范“${id}”在评价期 ${period.id} 没有生效版本`,
    en: `rulebook "${id}" has no version in force in period ${period.id}`,
  });
}

/** @throws UsageError where no version has this id */
export function requireRulebookId(id: string): void {
  const { rulebooks } = loadStandards();
  if (rulebooks.some((rulebook) => rulebook.id === id)) return;
  const ids = [...new Set(rulebooks.map((rulebook) => rulebook.id))].join(', ');
  throw new UsageError({
    zh: `没有名为“${id}”的评价规范；可用：${ids}`,
    en: `there is no rulebook named "${id}"; available: ${ids}`,
  });
}

function currentRulebook(id: string, terminal: Terminal): Rulebook {
  const { version, inForce } = currentVersion(loadStandards().rulebooks, id, terminal.today)!;
  if (!inForce) {
    const { from } = version.document.effective;
    say(terminal, {
      zh: `评价规范“${id}”在今天（${terminal.today}）没有生效版本；按最新的 ${version.version} 版（${from} 起生效）`,
      en: `rulebook "${id}" has no version in force today (${terminal.today}); taking the newest, ${version.version}, effective from ${from}`,
    });
  }
  return version;
}

export function formOfRulebook(rulebook: Rulebook): Form {
  return formOf(rulebook, (id, period) => loadStandards().plan(id, period));
}

/** A plan of a rulebook version, of the period or else the first it rates: for what does not depend on the period. */
export function anyPlan(rulebook: Rulebook, period: Period | null): Plan {
  const [first] = changePeriods(rulebook);
  const of = period ?? first;
  const factorSet = namedFactorSet(rulebook, loadStandards().factorSets);
  if (of && factorSet) return compilePlan(rulebook, factorSet, of);
  throw new Error(`no plan for rulebook ${rulebook.id} ${rulebook.version}`);
}
