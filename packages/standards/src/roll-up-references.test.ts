/** What the shipped rulebooks roll up from one another; `check` sees one rulebook at a time and cannot know the other. */
import type { Rulebook } from '@tanxiao/rulebook';

import { loadStandards } from './standards';

const { rulebooks } = loadStandards();
const rollUps = rulebooks.flatMap((higher) =>
  higher.document.rollUps.map((rollUp) => ({ higher, rollUp })),
);
const versionsOf = (id: string): Rulebook[] => rulebooks.filter((one) => one.id === id);

test('the park and the district are filled from below', () => {
  expect(rollUps.map(({ higher }) => higher.id)).toEqual(
    expect.arrayContaining(['green-park', 'smart-green-district']),
  );
});

describe.each(rollUps.map((one) => [`${one.higher.id} ${one.rollUp.input}`, one.rollUp] as const))(
  '%s',
  (_, rollUp) => {
    test('comes from a rulebook that ships, in every version, with the gradings, bands and values that are named', () => {
      const lower = versionsOf(rollUp.from);
      expect(lower.length).toBeGreaterThan(0);
      for (const { document } of lower) {
        if (rollUp.where) {
          const { grading, bands } = rollUp.where;
          const codes = document.gradings.find(({ name }) => name === grading)?.bands ?? [];
          expect(codes.map(({ code }) => code)).toEqual(expect.arrayContaining(bands));
        }
        const known = [...document.results.columns, ...document.inputs].map(({ name }) => name);
        expect(known).toEqual(expect.arrayContaining(valuesOf(rollUp)));
      }
    });
  },
);

function valuesOf(rollUp: (typeof rollUps)[number]['rollUp']): string[] {
  switch (rollUp.aggregate) {
    case 'count':
    case 'share':
      return [];
    case 'sum':
    case 'mean':
      return [rollUp.of];
    case 'ratio-of-totals':
      return [rollUp.numerator, rollUp.denominator];
  }
}
