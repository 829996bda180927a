/** The rulebook that has every shape of rule once, with the factor set that it names: for tests of other packages. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type FactorSet, parseFactorSet, parseRulebook, type Rulebook } from '@tanxiao/rulebook';

const FIXTURE = path.join(
  __dirname,
  '../../../packages/rulebook/src/document/shapes-rulebook.fixture.yaml',
);

/** It asks for no factor. */
const NO_FACTORS = `factorSet: few
version: 1.0.0
title: { zh: 无, en: None }
effective: { from: "2021-01-01" }
sources: {}
factors: []
`;

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
    factorSet: parseFactorSet(NO_FACTORS, 'few.yaml'),
  };
}
