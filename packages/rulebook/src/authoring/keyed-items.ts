/** Lists of a document whose items have names: compared by name, not by position. */
import { isFields } from './document-value';

/** In this order: what names an item of one of a document's lists. */
const KEYS = ['name', 'reason', 'code', 'level', 'key', 'id'] as const;

/**
 * The items of a list by their keys, in the list's order; null where it is no list of items with keys of their own.
 * With `named` a mapping counts as such a list: its keys are names that authors give.
 */
export function keyedItems(
  list: unknown,
  of: { readonly named: boolean },
): ReadonlyMap<string, unknown> | null {
  if (of.named && isFields(list)) return new Map(Object.entries(list));
  if (!Array.isArray(list)) return null;
  const items = list.map((item: unknown) => [itemKey(item), item] as const);
  const byKey = new Map(items.flatMap(([key, item]) => (key === null ? [] : [[key, item]])));
  return byKey.size === list.length ? byKey : null;
}

function itemKey(item: unknown): string | null {
  if (!isFields(item)) return null;
  for (const key of KEYS) {
    const value = item[key];
    if (typeof value === 'string') return value;
  }
  // Worked examples have titles only.
  return isFields(item.title) && typeof item.title.zh === 'string' ? item.title.zh : null;
}
