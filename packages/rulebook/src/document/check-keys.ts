/** That the keys of what is kept of a rating are unique. */
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';

/** What keys of kept rows are made of: a peer group is found by its level's code, a result by its column. */
export function checkUniqueKeys({ peers, results }: RulebookDocument, problems: ProblemList): void {
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
  check(
    ['results', 'columns'],
    results.columns.map((column) => column.name),
  );
}
