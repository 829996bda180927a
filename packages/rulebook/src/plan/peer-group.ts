/** Peer groups: the key of the one that a subject belongs to at a level, and how a reader names it. */
import type { Bilingual } from '@tanxiao/contracts';

import type { NumericInput } from '../document/names';
import type { RulebookDocument } from '../document/schema';
import type { SubjectPlace } from './lookup';
import type { PeerChoice, PeerGroupLevel, RegionScope } from './plan';

type GroupDocument = RulebookDocument['peers'][number]['groups'][number];

const REGION_DIGITS: Readonly<Record<RegionScope, number>> = {
  county: 6,
  city: 4,
  province: 2,
  all: 0,
};

/**
 * Between place and options, between options, between a choice and its option: none of them may stand in a region
 * code, an input's name or an option's code, so two groups never share a key, and a key can be read back.
 */
const OPTIONS_FOLLOW = '?';
const NEXT_CHOICE = '&';
const IS = '=';

/** The levels as a plan holds them. `groups` name choices among `inputs` only: that is checked before. */
export function peerGroupLevels(
  groups: readonly GroupDocument[],
  inputs: readonly NumericInput[],
): PeerGroupLevel[] {
  const choice = (name: string): PeerChoice[] => {
    const input = inputs.findIndex((one) => one.name === name);
    const { options = null, missing } = inputs[input] ?? {};
    if (options === null) return [];
    const otherwise = missing && 'value' in missing ? missing.value : null;
    return [{ name, input, options, otherwise }];
  };
  return groups.map(({ by = [], ...group }) => ({ ...group, by: by.flatMap(choice) }));
}

/** Positions of the inputs that divide the peers of any of these statistics. */
export function peerChoicesOf(
  statistics: readonly { readonly groups: readonly PeerGroupLevel[] }[],
): ReadonlySet<number> {
  const levels = statistics.flatMap(({ groups }) => groups);
  return new Set(levels.flatMap(({ by }) => by.map(({ input }) => input)));
}

/**
 * The key of the group that a subject belongs to at a level: `class:gbt4754-2017:1751@330500`, or, divided by a choice,
 * `type:@330500?building_type=office`. Options stand by their codes, so their order may change. Null: an option is
 * unknown, and the subject is in no group of this level.
 */
export function peerGroupKey(
  group: PeerGroupLevel,
  subject: SubjectPlace & { readonly inputs: readonly (number | null)[] },
): string | null {
  if (group.by.length === 0) return placeKey(group, subject);
  const chosen: string[] = [];
  for (const { name, input, options, otherwise } of group.by) {
    const option = options[subject.inputs[input] ?? otherwise ?? -1];
    if (!option) return null;
    chosen.push(`${name}${IS}${option.code}`);
  }
  return `${placeKey(group, subject)}${OPTIONS_FOLLOW}${chosen.join(NEXT_CHOICE)}`;
}

/** With what the keys of a level's groups at a place begin; the key itself where no choice divides them. */
export function peerGroupKeyStart(group: PeerGroupLevel, place: SubjectPlace): string {
  return group.by.length === 0
    ? placeKey(group, place)
    : `${placeKey(group, place)}${OPTIONS_FOLLOW}`;
}

function placeKey({ level, industryDigits, region }: PeerGroupLevel, place: SubjectPlace): string {
  const industry =
    industryDigits === 0
      ? ''
      : `${place.industryClassification}:${place.industryCode.slice(0, industryDigits)}`;
  const regionCode =
    region === 'all' ? '' : place.regionCode.slice(0, REGION_DIGITS[region]).padEnd(6, '0');
  return `${level}:${industry}@${regionCode}`;
}

/**
 * What a group is called: its level's title, with the options that divide it: `本市同类型建筑（办公）`. A level or an option
 * that is not among `levels` (the benchmark is of another version's run) is called by its code.
 */
export function peerGroupTitle(
  levels: readonly PeerGroupLevel[],
  { level, groupKey }: { readonly level: string; readonly groupKey: string },
): Bilingual {
  const group = levels.find((one) => one.level === level);
  const title = group?.title ?? { zh: level, en: level };
  const chosen = optionsIn(groupKey).map(([name, code]): Bilingual => {
    const options = group?.by.find((choice) => choice.name === name)?.options;
    return options?.find((option) => option.code === code)?.title ?? { zh: code, en: code };
  });
  if (chosen.length === 0) return title;
  return {
    zh: `${title.zh}（${chosen.map(({ zh }) => zh).join('、')}）`,
    en: `${title.en} (${chosen.map(({ en }) => en).join(', ')})`,
  };
}

/** Names of choices with the codes of their options; after the last separator, as a classification's name may hold one. */
function optionsIn(groupKey: string): (readonly [string, string])[] {
  const start = groupKey.indexOf(OPTIONS_FOLLOW, groupKey.lastIndexOf('@'));
  if (start < 0) return [];
  return groupKey
    .slice(start + 1)
    .split(NEXT_CHOICE)
    .map((part) => {
      const [name = '', code = ''] = part.split(IS);
      return [name, code] as const;
    });
}
