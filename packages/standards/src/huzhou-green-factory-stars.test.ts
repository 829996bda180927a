/**
 * The cap of Huzhou's stars by carbon-efficiency grade. Its switch is a number of the rulebook, off by default, so it is
 * tried in a copy of the text in which that one number is changed: what a jurisdiction would do to turn it on.
 */
import { parsePeriod } from '@tanxiao/contracts';
import { compilePlan, namedFactorSet, parseRulebook, subjectRater } from '@tanxiao/rulebook';

import { rulebookFiles } from './documents';
import { loadStandards } from './standards';

const ID = 'huzhou-green-factory-stars';
const { text } = rulebookFiles().find(({ id }) => id === ID)!;
const SWITCH_OFF = 'value: 0, source: project, clause: 碳效等级与星级挂钩, status: assumed';

function starsBy(rulebookText: string): (score: number, carbonGrade: number | null) => string {
  const rulebook = parseRulebook(rulebookText, `${ID}.yaml`);
  const factorSet = namedFactorSet(rulebook, loadStandards().factorSets)!;
  const plan = compilePlan(rulebook, factorSet, parsePeriod('2026')!);
  const rateOne = subjectRater(plan, null);
  const passed = 0;
  return (score, carbonGrade) => {
    const inputs = plan.inputs.map(({ name }) => {
      if (name === 'green_factory_score') return score;
      if (name === 'basic_requirements') return passed;
      return name === 'carbon_efficiency_grade' && carbonGrade !== null ? carbonGrade - 1 : null;
    });
    const { bands } = rateOne({
      ...{ regionCode: '330502', industryClassification: 'gbt4754-2017', industryCode: '1751' },
      inputs,
    });
    return plan.gradings.map(({ bands: all }, g) => all[bands[g]!]!.code).join(' ');
  };
}

test('off by default: the carbon-efficiency grade changes no star', () => {
  const stars = starsBy(text);
  for (const grade of [null, 1, 4, 5]) expect(stars(95, grade)).toBe('5 lead not-due');
});

describe('with the switch on', () => {
  const stars = starsBy(text.replace(SWITCH_OFF, SWITCH_OFF.replace('value: 0', 'value: 1')));

  test('one number of the text is changed', () => {
    expect(text.split(SWITCH_OFF)).toHaveLength(2);
  });

  test('grade 5 has at most the stars that the table gives it, and the class that goes with them', () => {
    expect(stars(95, 5)).toBe('2 improve not-due');
    expect(stars(70, 5)).toBe('2 improve not-due');
  });

  test('the cap takes stars away, it gives none', () => {
    expect(stars(55, 5)).toBe('1 rectify not-due');
    expect(stars(10, 5)).toBe('0 rectify not-due');
  });

  test('better grades, and factories without a grade, keep their stars', () => {
    for (const grade of [null, 1, 2, 3, 4]) expect(stars(95, grade)).toBe('5 lead not-due');
  });
});
