/** That keys are unique: of what is kept of a rating, and of a factor's parts. */
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';

/** A peer group is found by its level's code, a result by its column; a factor's part counts once. */
export function checkUniqueKeys(
  { peers, results, factors }: RulebookDocument,
  problems: ProblemList,
): void {
  const check = (path: DocumentPath, names: readonly string[]): void =>
    names.forEach((name, i) => {
      if (names.indexOf(name) < i)
        problems.add([...path, i], 'duplicate-name', `"${name}" is there twice`);
    });
  peers.forEach(({ groups }, i) =>
    check(
      ['peers', i, 'groups'],
      groups.map((group) => group.level),
    ),
  );
  factors.forEach(({ parts = [] }, i) => check(['factors', i, 'parts'], parts));
  check(
    ['results', 'columns'],
    results.columns.map((column) => column.name),
  );
}
