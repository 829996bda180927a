/** Names that a document refers to exist, stand for what is wanted there, and every input is read by something. */
import { type Expression, namesIn } from '../formula/expression';
import type { CheckedDocument } from './checked-document';
import { valuesOf } from './order';
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';

export function checkReferences(
  { expanded: { document, places }, inputs }: CheckedDocument,
  known: ReadonlySet<string>,
  problems: ProblemList,
): void {
  const named = (list: readonly { readonly name: string }[]): Set<string> =>
    new Set(list.map(({ name }) => name));
  const calculated = named([...document.calculations, ...document.peers]);
  const calculations = named(document.calculations);
  const parameters = named(document.parameters);
  const gradings = named(document.gradings);
  const results = named(document.results.columns);
  const families = named(document.families);
  const choices = named(inputs.filter(({ options }) => options !== null));
  const need = (
    path: DocumentPath,
    kind: string,
    name: string,
    names: ReadonlySet<string>,
  ): void => {
    if (names.has(name)) return;
    const message = `there is no ${kind} named "${name}"`;
    problems.add(path, 'unknown-name', message, { seen: name, known: names });
  };
  document.sets.forEach((s, i) => need(['sets', i, 'of'], 'family', s.of, families));
  document.factors.forEach((f, i) => need(['factors', i, 'for'], 'family', f.for, families));
  document.tables.forEach((t, i) => {
    if (typeof t.by === 'object') need(['tables', i, 'by'], 'choice', t.by.input, choices);
  });
  checkTableKeys({ document, inputs }, problems);
  document.peers.forEach((p, i) => {
    const at = places.peers[i]!;
    for (const name of valuesOf(p)) need(at, 'value', name, known);
    need([...at, 'minimumPeers'], 'parameter', p.minimumPeers, parameters);
    if (p.statistic === 'top-share') need([...at, 'share'], 'parameter', p.share, parameters);
  });
  checkPeerChoices({ document, places, inputs }, problems);
  document.notRated.forEach((rule, i) =>
    rule.withholds?.forEach((name, j) =>
      need(['notRated', i, 'withholds', j], 'calculation', name, calculations),
    ),
  );
  document.gradings.forEach((grading, i) => {
    if (grading.of !== undefined)
      need(['gradings', i, 'of'], 'calculation', grading.of, calculated);
    if (grading.compare === 'rounded-value' && grading.of !== undefined)
      need(['gradings', i, 'compare'], 'result column', grading.of, results);
    const bands = new Set(grading.bands.map((band) => band.code));
    grading.gates.forEach((gate, j) =>
      need(['gradings', i, 'gates', j, 'otherwise'], 'band', gate.otherwise, bands),
    );
  });
  const quantities = named(inputs.filter(({ options }) => options === null));
  document.rollUps.forEach((r, i) =>
    need(['rollUps', i, 'input'], 'quantity among the inputs', r.input, quantities),
  );
  document.label?.of.forEach((name, i) => need(['label', 'of', i], 'grading', name, gradings));
  document.results.columns.forEach((c, i) =>
    need(['results', 'columns', i], 'calculation', c.name, calculated),
  );
  const { grade, level, rankBy } = document.headline;
  need(['headline', 'grade'], 'grading', grade, gradings);
  if (level !== undefined) need(['headline', 'level'], 'grading', level, gradings);
  need(['headline', 'rankBy'], 'result column', rankBy, results);
}

/** Each key once; a choice's are its options. */
function checkTableKeys(
  { document, inputs }: { document: RulebookDocument; inputs: CheckedDocument['inputs'] },
  problems: ProblemList,
): void {
  document.tables.forEach(({ by, rows }, i) => {
    const keys = new Set(rows.map(({ key }) => key));
    if (keys.size < rows.length)
      problems.add(['tables', i, 'rows'], 'duplicate-name', 'a key stands in two rows');
    const options =
      typeof by === 'object' ? inputs.find(({ name }) => name === by.input)?.options : null;
    if (!options) return;
    rows.forEach(({ key }, j) => {
      if (!options.some(({ code }) => code === key))
        problems.add(
          ['tables', i, 'rows', j, 'key'],
          'unknown-option',
          `there is no option "${key}": ${options.map(({ code }) => code).join(', ')}`,
          { seen: key, known: options.map(({ code }) => code) },
        );
    });
  });
}

/** What divides peer groups are choices, each once a level: a quantity has as many values as subjects. */
function checkPeerChoices(
  { document, places, inputs }: CheckedDocument['expanded'] & Pick<CheckedDocument, 'inputs'>,
  problems: ProblemList,
): void {
  const choices = inputs.filter(({ options }) => options !== null).map(({ name }) => name);
  const check = (at: DocumentPath, choice: string, isRepeated: boolean): void => {
    const input = inputs.find(({ name }) => name === choice);
    const unknown = { seen: choice, known: choices };
    if (!input) problems.add(at, 'unknown-name', `there is no choice named "${choice}"`, unknown);
    else if (input.options === null)
      problems.add(at, 'groups-without-choice', `"${choice}" has no options`, unknown);
    else if (isRepeated) problems.add(at, 'repeated-choice', `"${choice}" is there twice`);
  };
  document.peers.forEach(({ groups }, i) =>
    groups.forEach(({ by = [] }, j) =>
      by.forEach((choice, k) =>
        check([...places.peers[i]!, 'groups', j, 'by', k], choice, by.indexOf(choice) < k),
      ),
    ),
  );
}

export function checkFormulaNames(
  { expanded: { document, places }, inputs, formulas }: CheckedDocument,
  known: ReadonlySet<string>,
  problems: ProblemList,
): void {
  const families = new Set([...document.families, ...document.factors].map((f) => f.name));
  const own = new Set([...inputs.map((i) => i.name), ...document.parameters.map((p) => p.name)]);
  const check = (path: DocumentPath, expression: Expression | null): void => {
    for (const name of expression ? namesIn(expression) : []) {
      if (families.has(name))
        problems.add(
          path,
          'family-outside-total',
          `"${name}" stands for many values: name one (${name}_01) or use total(set, …)`,
        );
      else if (!known.has(name))
        problems.add(path, 'unknown-name', `there is no value named "${name}"`, {
          seen: name,
          known,
        });
    }
  };
  formulas.calculations.forEach((c, i) => {
    const at = places.calculations[i]!;
    check([...at, 'formula'], c.formula);
    check([...at, 'onlyIf'], c.onlyIf);
  });
  formulas.checks.forEach((c, i) => {
    check(['checks', i, 'require'], c);
    // A check decides on arrival, before anything is calculated.
    for (const name of namesIn(c)) {
      if (known.has(name) && !own.has(name))
        problems.add(
          ['checks', i, 'require'],
          'check-beyond-inputs',
          `a check reads inputs and parameters only, "${name}" is neither`,
        );
    }
  });
  formulas.notRated.forEach((c, i) => check(['notRated', i, 'when'], c));
  formulas.members.forEach((c, i) => check([...places.peers[i]!, 'members'], c));
  formulas.gradings.forEach(({ gates, when }, i) => {
    gates.forEach((c, j) => check(['gradings', i, 'gates', j, 'require'], c));
    when.forEach((c, j) => check(['gradings', i, 'bands', j, 'when'], c));
  });
}

/** An input that nothing reads is a mistake or must be marked informative, and the other way round. */
export function checkUse(
  { expanded: { document }, inputs, formulas }: CheckedDocument,
  problems: ProblemList,
): void {
  const read = new Set(
    [
      ...formulas.calculations.flatMap((c) => [c.formula, c.onlyIf]),
      ...formulas.checks,
      ...formulas.notRated,
      ...formulas.members,
      ...formulas.gradings.flatMap(({ gates, when }) => [...gates, ...when]),
    ].flatMap((e) => (e ? namesIn(e) : [])),
  );
  for (const name of document.peers.flatMap(valuesOf)) read.add(name);
  for (const { yearBefore } of inputs) if (yearBefore !== null) read.add(yearBefore);
  for (const { by } of document.tables) if (typeof by === 'object') read.add(by.input);
  for (const { groups } of document.peers)
    for (const { by = [] } of groups) for (const name of by) read.add(name);
  const paths = inputPaths(document);
  for (const [index, input] of inputs.entries()) {
    const path = paths[index]!;
    if (!input.informative && !read.has(input.name)) {
      problems.add(
        path,
        'unused-input',
        `no formula reads "${input.name}": mark it informative or leave it out`,
      );
    }
    if (input.informative && read.has(input.name)) {
      problems.add(
        path,
        'informative-input-read',
        `"${input.name}" is informative, yet a formula reads it`,
      );
    }
  }
}

/** Where each numeric input stands in the document, in the order of `numericInputs`. */
function inputPaths(document: RulebookDocument): DocumentPath[] {
  return [
    ...document.inputs.map((_, i) => ['inputs', i]),
    ...document.families.flatMap((family, i) =>
      family.members.map((_, j) => ['families', i, 'members', j]),
    ),
  ];
}
