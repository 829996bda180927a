/** The rulebook and period that a command names, among those that ship. */
import { parsePeriod, type Period } from '@tanxiao/contracts';
import { type Form, formOf } from '@tanxiao/forms';
import type { Plan, Rulebook } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { UsageError } from './failures';

/** @throws UsageError */
export function periodOption(text: string): Period {
  const period = parsePeriod(text);
  if (period) return period;
  throw new UsageError({
    zh: `评价期“${text}”无效：应如 2026Q3、2026H1 或 2026`,
    en: `period "${text}" is not valid: write 2026Q3, 2026H1 or 2026`,
  });
}

/** The version in force in the period, or the newest where none is named. @throws UsageError */
export function rulebookOption(id: string, period: Period | null): Rulebook {
  const standards = loadStandards();
  const versions = standards.rulebooks.filter((rulebook) => rulebook.id === id);
  if (versions.length === 0) {
    const ids = [...new Set(standards.rulebooks.map((rulebook) => rulebook.id))].join(', ');
    throw new UsageError({
      zh: `没有名为“${id}”的评价规范；可用：${ids}`,
      en: `there is no rulebook named "${id}"; available: ${ids}`,
    });
  }
  if (period === null) {
    return versions.reduce((newest, next) =>
      next.document.effective.from >= newest.document.effective.from ? next : newest,
    );
  }
  const plan = standards.plan(id, period);
  if (plan) return plan.rulebook;
  throw new UsageError({
    zh: `评价规范“${id}”在评价期 ${period.id} 没有生效版本`,
    en: `rulebook "${id}" has no version in force in period ${period.id}`,
  });
}

export function formOfRulebook(rulebook: Rulebook): Form {
  return formOf(rulebook, (id, period) => loadStandards().plan(id, period));
}

/** Any plan of a rulebook version: for what does not depend on the period, such as result columns. */
export function anyPlan(rulebook: Rulebook, period: Period | null): Plan {
  const first = period ?? parsePeriod(rulebook.document.effective.from.slice(0, 4));
  const plan = first && loadStandards().plan(rulebook.id, first);
  if (plan) return plan;
  throw new Error(`no plan for rulebook ${rulebook.id} ${rulebook.version}`);
}
