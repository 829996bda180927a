/**
 * What changed between two rulebooks, found by comparing the documents as they are: a rule shape that is added later is
 * compared without a change here, so no difference is ever passed over. Comments and layout are no differences.
 */
import { isDeepStrictEqual } from 'node:util';

import type { Bilingual } from '@tanxiao/contracts';

import type { FactorSet } from '../document/factor-set';
import type { Rulebook } from '../document/rulebook';
import { datedNumbers, type NumberFact, numberFact, valueOn } from './dated-numbers';
import { type Fields, isFields } from './document-value';
import { keyedItems } from './keyed-items';
import { writtenDocument } from './written-document';

interface ChangeBase {
  /** The document's field, such as `parameters` or `gradings`. */
  readonly part: string;
  /** Name, code or reason of the item within it; empty where the part has no items. */
  readonly name: string;
  readonly title: Bilingual | null;
  readonly clause: string | null;
}

export type RulebookChange = ChangeBase &
  (
    | {
        readonly kind: 'number';
        /** Where within the item the number stands; empty for a parameter's own. */
        readonly field: string;
        /** From this day on, ISO 8601; null: as long as the rulebook is in force. */
        readonly from: string | null;
        readonly before: NumberFact | null;
        readonly after: NumberFact | null;
      }
    | { readonly kind: 'added' | 'removed'; readonly item: unknown }
    | {
        readonly kind: 'changed';
        readonly field: string;
        /** Undefined where there was none. */
        readonly before: unknown;
        readonly after: unknown;
      }
    /** The same items in another order: bands and reasons are asked in theirs. */
    | {
        readonly kind: 'order';
        readonly field: string;
        readonly before: readonly string[];
        readonly after: readonly string[];
      }
  );

export interface RulebookDiff {
  readonly before: { readonly id: string; readonly version: string; readonly hash: string };
  readonly after: { readonly id: string; readonly version: string; readonly hash: string };
  /** In the order of the later document's parts. */
  readonly changes: readonly RulebookChange[];
}

export function diffRulebooks(before: Rulebook, after: Rulebook): RulebookDiff {
  return diffDocuments(before, after, [writtenDocument(before), writtenDocument(after)]);
}

/** The same of two factor sets: factors by their ids; a regional table that differs is told as a whole. */
export function diffFactorSets(before: FactorSet, after: FactorSet): RulebookDiff {
  return diffDocuments(before, after, [before.document, after.document]);
}

function diffDocuments(
  before: RulebookDiff['before'],
  after: RulebookDiff['after'],
  [old, now]: readonly [Fields, Fields],
): RulebookDiff {
  const parts = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  return {
    before: { id: before.id, version: before.version, hash: before.hash },
    after: { id: after.id, version: after.version, hash: after.hash },
    changes: parts.flatMap((part) => partChanges(part, old[part], now[part])),
  };
}

function partChanges(part: string, before: unknown, after: unknown): RulebookChange[] {
  const items = keyedItems(before, { named: part === 'sources' });
  const itemsNow = keyedItems(after, { named: part === 'sources' });
  if (!items || !itemsNow) {
    const base = { part, name: '', title: null, clause: clauseIn(after, before) };
    return fieldChanges(base, '', before, after);
  }
  const keys = [...new Set([...itemsNow.keys(), ...items.keys()])];
  const base = { part, name: '', title: null, clause: null };
  return [
    ...keys.flatMap((key) => itemChanges(part, key, items.get(key), itemsNow.get(key))),
    ...orderChanges(base, '', [...items.keys()], [...itemsNow.keys()]),
  ];
}

function itemChanges(
  part: string,
  name: string,
  before: unknown,
  after: unknown,
): RulebookChange[] {
  const base = { part, name, title: titleOf(after ?? before), clause: clauseIn(after, before) };
  if (before === undefined) return [{ ...base, kind: 'added', item: after }];
  if (after === undefined) return [{ ...base, kind: 'removed', item: before }];
  return fieldChanges(base, '', before, after);
}

function fieldChanges(
  base: ChangeBase,
  field: string,
  before: unknown,
  after: unknown,
): RulebookChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const numbers = numberChanges(base, field, before, after);
  if (numbers) return numbers;
  const items = keyedItems(before, { named: false });
  const itemsNow = keyedItems(after, { named: false });
  if (items && itemsNow) {
    return [
      ...[...new Set([...itemsNow.keys(), ...items.keys()])].flatMap((key) =>
        fieldChanges(base, `${field}[${key}]`, items.get(key), itemsNow.get(key)),
      ),
      ...orderChanges(base, field, [...items.keys()], [...itemsNow.keys()]),
    ];
  }
  if (isFields(before) && isFields(after)) {
    return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap((key) =>
      fieldChanges(base, field === '' ? key : `${field}.${key}`, before[key], after[key]),
    );
  }
  return [{ ...base, kind: 'changed', field, before, after }];
}

/** Null where what stands here are no numbers with source and status. */
function numberChanges(
  base: ChangeBase,
  field: string,
  before: unknown,
  after: unknown,
): RulebookChange[] | null {
  const old = datedNumbers(before);
  const now = datedNumbers(after);
  const change = (
    from: string | null,
    pair: { before: NumberFact | null; after: NumberFact | null },
  ): RulebookChange => ({
    ...base,
    kind: 'number',
    field: field === 'values' ? '' : field,
    clause: pair.after?.clause ?? pair.before?.clause ?? base.clause,
    from,
    ...pair,
  });
  if (old && now) {
    const days = [...new Set([...old, ...now].map(({ from }) => from))].sort();
    const pairs = days.map((day) => ({ before: valueOn(old, day), after: valueOn(now, day) }));
    // On later days the same difference still holds: it is told once, from the day it begins.
    return pairs.flatMap((pair, i) =>
      isDeepStrictEqual(pair.before, pair.after) || isDeepStrictEqual(pair, pairs[i - 1])
        ? []
        : [change(days[i]!, pair)],
    );
  }
  const pair = { before: numberFact(before), after: numberFact(after) };
  return pair.before && pair.after ? [change(null, pair)] : null;
}

function orderChanges(
  base: ChangeBase,
  field: string,
  before: readonly string[],
  after: readonly string[],
): RulebookChange[] {
  const kept = before.filter((key) => after.includes(key));
  const keptNow = after.filter((key) => before.includes(key));
  return isDeepStrictEqual(kept, keptNow)
    ? []
    : [{ ...base, kind: 'order', field, before: kept, after: keptNow }];
}

function clauseIn(...items: readonly unknown[]): string | null {
  for (const item of items) {
    if (isFields(item) && typeof item.clause === 'string') return item.clause;
  }
  return null;
}

function titleOf(item: unknown): Bilingual | null {
  const title = isFields(item) ? (item.title ?? item.message) : null;
  return isFields(title) && typeof title.zh === 'string' && typeof title.en === 'string'
    ? { zh: title.zh, en: title.en }
    : null;
}
