/** A rulebook's document as its author wrote it, without what its scores stand for. */
import type { Rulebook } from '../document/rulebook';
import type { RulebookDocument } from '../document/schema';

type Generated = keyof Rulebook['places'];

export function writtenDocument({ document, places }: Rulebook): RulebookDocument {
  const isWritten = (list: Generated, index: number): boolean => places[list][index]?.[0] === list;
  return {
    ...document,
    parameters: document.parameters.filter((_, i) => isWritten('parameters', i)),
    calculations: document.calculations.filter((_, i) => isWritten('calculations', i)),
    peers: document.peers.filter((_, i) => isWritten('peers', i)),
  };
}
