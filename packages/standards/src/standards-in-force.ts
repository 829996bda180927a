/**
 * What ratings are made with now: the documents that ship, and those approved while the program runs. Where they are
 * kept is the caller's: this module asks how many are approved, and for the documents when there are more than before.
 */
import {
  type FactorSet,
  parseFactorSet,
  parseRulebook,
  type Plan,
  type Rulebook,
} from '@tanxiao/rulebook';

import { type Approval, type Standards, standardsOf } from './standards';

export interface ApprovedDocument extends Approval {
  readonly kind: 'rulebook' | 'factor-set';
  readonly id: string;
  readonly version: string;
  /** sha256 of the text, hex. */
  readonly hash: string;
  readonly text: string;
}

/** Where approvals are kept. They are only ever added. */
export interface Approvals {
  count(): Promise<number>;
  /** All of them, in the order of their decisions. */
  documents(): Promise<readonly ApprovedDocument[]>;
}

export interface StandardsInForce {
  /**
   * Asks for the number of approvals each time, so what was approved before the call is in the answer; documents are
   * read and parsed (150 ms each) only when there are more.
   * @throws RulebookError where this program can't read what an earlier one approved
   */
  current(): Promise<Standards>;
}

/** An approved document takes the place of one that ships under its id and version (after an upgrade). */
export function standardsInForce(shipped: Standards, approvals: Approvals): StandardsInForce {
  const rulebookOf = remembering(parseRulebook);
  const factorSetOf = remembering(parseFactorSet);
  const plans = new Map<string, Plan>();
  let known = { approvals: 0, standards: shipped };
  let loading: Promise<void> | null = null;

  const load = async (): Promise<void> => {
    const documents = await approvals.documents();
    const of = (kind: ApprovedDocument['kind']): readonly ApprovedDocument[] =>
      documents.filter((document) => document.kind === kind);
    const standards = standardsOf(
      joined<Rulebook>(shipped.rulebooks, of('rulebook').map(rulebookOf)),
      joined<FactorSet>(shipped.factorSets, of('factor-set').map(factorSetOf)),
      { approvals: new Map(documents.map((document) => [document.hash, document])), plans },
    );
    known = { approvals: documents.length, standards };
  };

  const countNow = startedAfterwards(() => approvals.count());
  return {
    async current() {
      const count = await countNow();
      // Again where a load under way began before the last approval.
      while (count > known.approvals)
        await (loading ??= load().finally(() => {
          loading = null;
        }));
      return known.standards;
    },
  };
}

/**
 * Calls `ask` such that every caller gets an answer asked for after its own call, one at a time: whoever comes while one
 * is under way shares the next. 2,500 requests a second then ask some hundred times.
 */
function startedAfterwards<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const start = (): Promise<T> => {
    const asked = ask().finally(() => {
      running = null;
    });
    running = asked;
    return asked;
  };
  const following = (before: Promise<T>): Promise<T> => {
    const afterwards = (): Promise<T> => {
      next = null;
      return start();
    };
    return before.then(afterwards, afterwards);
  };
  return () => {
    if (running === null) return start();
    return (next ??= following(running));
  };
}

function joined<T extends { readonly id: string; readonly version: string }>(
  shipped: readonly T[],
  approved: readonly T[],
): T[] {
  const replaced = new Set(approved.map(({ id, version }) => `${id} ${version}`));
  return [...shipped.filter(({ id, version }) => !replaced.has(`${id} ${version}`)), ...approved];
}

function remembering<T>(
  parse: (text: string, file: string) => T,
): (document: ApprovedDocument) => T {
  const known = new Map<string, T>();
  return ({ hash, id, version, text }) => {
    const parsed = known.get(hash) ?? parse(text, `${id}-${version}.yaml`);
    known.set(hash, parsed);
    return parsed;
  };
}
