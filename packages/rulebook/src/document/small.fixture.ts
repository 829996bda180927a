/** A small rulebook and factor set for the tests of this package. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const SMALL_RULEBOOK = readFileSync(
  path.join(__dirname, 'small-rulebook.fixture.yaml'),
  'utf8',
);

export const SMALL_FACTOR_SET = `factorSet: few
version: 1.0.0
title: { zh: 因子, en: Factors }
effective: { from: "2021-01-01" }
sources:
  book: { title: { zh: 书, en: Book }, citation: a book, status: assumed }
factors:
  - id: emission.01
    quantity: emission
    carrier: "01"
    unit: tCO2/t
    product:
      - { name: carbon, title: { zh: 含碳, en: Carbon }, value: 0.6, unit: tC/t, source: book, status: assumed }
      - { name: molar, title: { zh: 换算, en: Molar }, value: 44, over: 12, unit: tCO2/tC, source: book, status: official }
  - id: emission.03
    quantity: emission
    carrier: "03"
    unit: tCO2/t
    product:
      - { name: carbon, title: { zh: 含碳, en: Carbon }, value: 0.9, unit: tC/t, source: book, status: reported }
      - { name: molar, title: { zh: 换算, en: Molar }, value: 44, over: 12, unit: tCO2/tC, source: book, status: official }
  - id: emission.02
    quantity: emission
    carrier: "02"
    unit: tCO2/10k_m3
    by: region-year
    yearRule: latest-not-after
    table:
      - { region: "330000", year: 2021, value: 20, source: book, status: reported }
      - { region: "330000", year: 2023, value: 21, source: book, status: reported }
`;
