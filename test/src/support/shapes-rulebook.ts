/** The rulebook that has every shape of rule once, with the factor set that it names: for tests of other packages. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type FactorSet, parseFactorSet, parseRulebook, type Rulebook } from '@tanxiao/rulebook';

const FIXTURE = path.join(
  __dirname,
  '../../../packages/rulebook/src/document/shapes-rulebook.fixture.yaml',
);

/** The factors of its two fuels. */
const FACTORS = `factorSet: few
version: 1.0.0
title: { zh: 因子, en: Factors }
effective: { from: "2021-01-01" }
sources:
  book: { title: { zh: 书, en: Book }, citation: a book, status: assumed }
factors:
${['01', '03'].map(factor).join('')}`;

function factor(carrier: string): string {
  return `  - id: emission.${carrier}
    quantity: emission
    carrier: "${carrier}"
    unit: tCO2/t
    product:
      - { name: carbon, title: { zh: 含碳, en: Carbon }, value: 0.9, unit: tC/t, source: book, status: reported }
      - { name: molar, title: { zh: 换算, en: Molar }, value: 44, over: 12, unit: tCO2/tC, source: book, status: official }
`;
}

export interface ShapesDocuments {
  readonly rulebook: Rulebook;
  readonly factorSet: FactorSet;
}

/** @param edit of the rulebook's text. Its first result is `growth`: energy to `energy_before`, that of a year before. */
export function shapesDocuments(edit = (text: string): string => text): ShapesDocuments {
  const text = readFileSync(FIXTURE, 'utf8').replace(
    '  columns:\n',
    '  columns:\n    - { name: growth, decimals: 2 }\n',
  );
  return {
    rulebook: parseRulebook(edit(text), 'shapes.yaml'),
    factorSet: parseFactorSet(FACTORS, 'few.yaml'),
  };
}
