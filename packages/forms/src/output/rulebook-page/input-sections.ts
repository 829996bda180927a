/** What a subject submits: inputs, checks on arrival, the factors they are multiplied with. */
import { decimalText, unitTitle } from '@tanxiao/contracts';
import {
  type ChoiceOption,
  type FactorSetDocument,
  type NumericInput,
  partialFactor,
} from '@tanxiao/rulebook';

import { code, plain, table } from './markdown';
import type { Page } from './page';
import { codeWords } from './page-words';

export function inputsSection(page: Page): string[] {
  const head = ['name', 'title', 'unit', 'least', 'greatest', 'blank', 'remark'] as const;
  const rows = page.content.rulebook.inputs.map((input) => [
    code(input.name),
    page.text(input.title),
    input.options === null ? unit(page, input.unit) : options(page, input.options),
    input.minimum === null || input.options ? '' : decimalText(input.minimum),
    input.maximum === null || input.options ? '' : decimalText(input.maximum),
    blankMeaning(page, input),
    input.hint === null ? '' : page.text(input.hint),
  ]);
  const families = page.document.families.map(
    (family) =>
      `- ${page.say('family')} ${code(family.name)}: ${page.text(family.title)}; ${page.basis(family)}`,
  );
  return [
    `## ${page.say('inputs')}`,
    '',
    ...families,
    '',
    ...table(
      head.map((word) => page.say(word)),
      rows,
    ),
  ];
}

/** `code` title, for each option of a choice. */
function options(page: Page, list: readonly ChoiceOption[]): string {
  const all = list.map((option) => `${code(option.code)} ${page.text(option.title)}`);
  return `${page.say('choice')}: ${all.join(', ')}`;
}

function blankMeaning(page: Page, input: NumericInput): string {
  const missing = missingMeaning(page, input);
  return input.yearBefore === null
    ? missing
    : page.say('yearBefore', { input: code(input.yearBefore), missing });
}

function missingMeaning(page: Page, { missing, informative, options: list }: NumericInput): string {
  if (informative) return page.say('informative');
  const option = 'value' in missing ? list?.[missing.value] : undefined;
  if (option) return page.say('countsAs', { value: page.text(option.title) });
  if ('value' in missing) return page.say('countsAs', { value: decimalText(missing.value) });
  return 'notRated' in missing
    ? page.say('notRatedFor', { reason: page.reason(missing.notRated) })
    : codeWords('unknown')[page.language];
}

export function unit(page: Page, name: string): string {
  return plain(unitTitle(name)[page.language]);
}

export function checksSection(page: Page): string[] {
  const { checks } = page.document;
  if (checks.length === 0) return [];
  const rows = checks.map((check) => [
    code(check.code),
    code(check.require),
    page.text(check.message),
  ]);
  return [
    `## ${page.say('checks')}`,
    '',
    ...table([page.say('name'), page.say('demand'), page.say('message')], rows),
  ];
}

export function factorsSection(page: Page): string[] {
  const { rulebook, factorSet } = page.content;
  const head = ['name', 'title', 'value', 'unit', 'status'] as const;
  const rows = rulebook.factorNames.flatMap(({ name, title, quantity, carrier, parts }) => {
    const whole = factorSet.document.factors.find(
      (one) => one.quantity === quantity && one.carrier === carrier,
    );
    const factor = whole && (parts ? partsOf(whole, parts) : whole);
    if (!factor) return [];
    const statuses = [...new Set(statusesOf(factor))].map((status) => page.status(status));
    return [
      [
        code(name),
        page.text(title),
        valueOf(page, factor),
        unit(page, factor.unit),
        statuses.join(', '),
      ],
    ];
  });
  if (rows.length === 0) return [];
  const rules = page.document.factors.map(({ title, name, parts, missing }) => {
    const only = parts ? `${page.say('factorParts')} ${parts.map(code).join(' × ')}; ` : '';
    const reason = page.say('notRatedFor', { reason: page.reason(missing.notRated) });
    return `- ${page.text(title)} ${code(name)}: ${only}${reason}`;
  });
  return [
    `## ${page.say('factors')}`,
    '',
    `${page.text(factorSet.title)} ${code(factorSet.id)} ${factorSet.version}`,
    '',
    ...rules,
    '',
    ...table(
      head.map((word) => page.say(word)),
      rows,
    ),
  ];
}

type Factor = FactorSetDocument['factors'][number];

/** A factor as if those parts were all that it is the product of. */
function partsOf(factor: Factor, parts: readonly string[]): Factor | null {
  const partial = partialFactor(factor, parts);
  if (!('product' in factor) || !('value' in partial) || !partial.value) return null;
  const product = factor.product.filter(({ name }) => parts.includes(name));
  return { ...factor, unit: partial.value.unit, product };
}

function statusesOf(factor: Factor): string[] {
  if ('product' in factor) return factor.product.map(({ status }) => status);
  return 'table' in factor ? factor.table.map(({ status }) => status) : [factor.status];
}

/** A product as it is written, not multiplied out: what stands in the sources can be found there. */
function valueOf(page: Page, factor: Factor): string {
  if ('product' in factor) {
    return factor.product
      .map(
        ({ value, over }) =>
          decimalText(value) + (over === undefined ? '' : `/${decimalText(over)}`),
      )
      .join(' × ');
  }
  if ('table' in factor) return page.say('byRegion', { rows: String(factor.table.length) });
  return decimalText(factor.value);
}
