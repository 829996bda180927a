/** For tests: the forms of the shipped rulebooks, and items that pass them. */
import { type Period, usccCheckCharacter } from '@tanxiao/contracts';
import { compilePlan, inForce, parseFactorSet, parseRulebook, type Plan } from '@tanxiao/rulebook';
import { factorSetFiles, rulebookFiles } from '@tanxiao/standards';

import { type Form, formOf } from '../form';

export const INDUSTRIAL = 'industrial-carbon-efficiency';
export const BUILDINGS = 'building-carbon-efficiency';
export const SMALL = 'small-enterprise-carbon-efficiency';

const rulebooks = rulebookFiles().map(({ text, path }) => parseRulebook(text, path));
const factorSets = factorSetFiles().map(({ text, path }) => parseFactorSet(text, path));

export function planFor(rulebookId: string, period: Period): Plan | null {
  const rulebook = inForce(rulebooks, rulebookId, period);
  const set = factorSets.find(({ id }) => id === rulebook?.document.factorSet.id);
  return rulebook && set ? compilePlan(rulebook, set, period) : null;
}

export function testForm(rulebookId: string): Form {
  return formOf(
    rulebooks.find(({ id }) => id === rulebookId)!,
    planFor,
  );
}

/** A valid code for each number: Huzhou's district 330502 and the number, with its check character. */
export function testUscc(number: number): string {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  return first17 + usccCheckCharacter(first17);
}

/** The buildings' form for subjects that have no industry. */
export function formWithoutIndustry(): Form {
  const { text } = rulebookFiles().find(({ id }) => id === BUILDINGS)!;
  const without = text
    .replace(/classifications:\n(?: {4}- .*\n)+/, 'classifications: []\n')
    .replaceAll(/industryDigits: \d/g, 'industryDigits: 0');
  const rulebook = parseRulebook(without, 'without-industry.yaml');
  return formOf(rulebook, (_, period) => compilePlan(rulebook, factorSets[0]!, period));
}
