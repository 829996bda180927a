/** What the schema cannot say: names that exist and are used, sources, dates, cycles, bands in order. */
import { type Expression, namesIn } from '../formula/expression';
import { FormulaError } from '../formula/parse';
import { parseUnit } from '../formula/unit';
import { checkBands } from './check-bands';
import type { FactorName, Formulas, NumericInput } from './names';
import { checkDecimal } from './numbers';
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';

export function checkDocument(
  document: RulebookDocument,
  inputs: readonly NumericInput[],
  factorNames: readonly FactorName[],
  formulas: Formulas,
  problems: ProblemList,
): void {
  const calculated = [...document.calculations, ...document.peers].map((c) => c.name);
  const known = checkUniqueNames(
    document,
    [
      ...inputs.map((i) => i.name),
      ...factorNames.map((f) => f.name),
      ...document.parameters.map((p) => p.name),
      ...calculated,
    ],
    problems,
  );
  checkSources(document, problems);
  checkUnitTexts(document, problems);
  checkParameters(document, problems);
  checkReasons(document, inputs, problems);
  checkReferences(document, known, new Set(calculated), problems);
  checkFormulaNames(document, inputs, formulas, known, problems);
  checkUse(document, inputs, formulas, problems);
  if (problems.count > 0) return;
  calculationOrder(document, formulas, problems);
  checkBands(document, problems);
}

function checkUniqueNames(
  document: RulebookDocument,
  names: readonly string[],
  problems: ProblemList,
): Set<string> {
  const seen = new Set<string>();
  const all = [
    ...names,
    ...document.families.map((f) => f.name),
    ...document.factors.map((f) => f.name),
    ...document.sets.map((s) => s.name),
    ...document.gradings.map((g) => g.name),
  ];
  for (const name of all) {
    if (seen.has(name)) problems.add([], 'duplicate-name', `"${name}" is defined twice`);
    seen.add(name);
  }
  return new Set(names);
}

function checkSources(document: RulebookDocument, problems: ProblemList): void {
  const check = (path: DocumentPath, source: string): void => {
    if (!(source in document.sources)) {
      const known = Object.keys(document.sources);
      const message = `source "${source}" is not listed under sources`;
      problems.add(path, 'unknown-source', message, { seen: source, known });
    }
  };
  document.families.forEach((f, i) => check(['families', i, 'source'], f.source));
  document.parameters.forEach((p, i) =>
    p.values.forEach((v, j) => check(['parameters', i, 'values', j, 'source'], v.source)),
  );
  document.calculations.forEach((c, i) => check(['calculations', i, 'source'], c.source));
  document.peers.forEach((p, i) => check(['peers', i, 'source'], p.source));
  document.gradings.forEach((g, i) => check(['gradings', i, 'source'], g.source));
  check(['results', 'source'], document.results.source);
}

function checkUnitTexts(document: RulebookDocument, problems: ProblemList): void {
  const check = (path: DocumentPath, unit: string): void => {
    try {
      parseUnit(unit);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problems.add(path, error.code, error.message);
    }
  };
  document.inputs.forEach((x, i) => check(['inputs', i, 'unit'], x.unit));
  document.families.forEach((f, i) =>
    f.members.forEach((m, j) => check(['families', i, 'members', j, 'unit'], m.unit)),
  );
  document.parameters.forEach((x, i) => check(['parameters', i, 'unit'], x.unit));
  document.calculations.forEach((x, i) => check(['calculations', i, 'unit'], x.unit));
  document.peers.forEach((x, i) => check(['peers', i, 'unit'], x.unit));
}

function checkParameters(document: RulebookDocument, problems: ProblemList): void {
  document.parameters.forEach((parameter, i) => {
    parameter.values.forEach((value, j) => {
      const path = ['parameters', i, 'values', j];
      checkDecimal(problems, [...path, 'value'], value.value);
      const previous = parameter.values[j - 1];
      if (previous && previous.from >= value.from) {
        problems.add(
          [...path, 'from'],
          'date-order',
          `values of ${parameter.name} stand in the order of their dates, each date once`,
        );
      }
    });
    if (parameter.values[0]!.from > document.effective.from) {
      problems.add(
        ['parameters', i],
        'date-gap',
        `${parameter.name} has no value on ${document.effective.from}, when the rulebook takes force`,
      );
    }
  });
}

function checkReasons(
  document: RulebookDocument,
  inputs: readonly NumericInput[],
  problems: ProblemList,
): void {
  const listed = new Set(document.notRated.map((rule) => rule.reason));
  if (listed.size < document.notRated.length)
    problems.add(['notRated'], 'duplicate-name', 'a reason is listed twice');
  const automatic = new Set<string>();
  const need = (path: DocumentPath, reason: string): void => {
    automatic.add(reason);
    if (listed.has(reason)) return;
    const message = `reason "${reason}" is not listed under notRated`;
    problems.add(path, 'unknown-reason', message, { seen: reason, known: listed });
  };
  for (const input of inputs)
    if ('notRated' in input.missing) need(['inputs'], input.missing.notRated);
  document.factors.forEach((f, i) => need(['factors', i, 'missing'], f.missing.notRated));
  document.peers.forEach((p, i) => need(['peers', i, 'missing'], p.missing.notRated));
  document.notRated.forEach((rule, i) => {
    if (rule.when === undefined && !automatic.has(rule.reason)) {
      problems.add(
        ['notRated', i],
        'reason-without-cause',
        `nothing gives the reason "${rule.reason}": add "when", or use it under "missing"`,
      );
    }
    if ((rule.when === undefined) !== (rule.withholds === undefined)) {
      problems.add(
        ['notRated', i],
        'reason-incomplete',
        'a rule with "when" says what it "withholds", and only such a rule does',
      );
    }
  });
}

function checkReferences(
  document: RulebookDocument,
  known: ReadonlySet<string>,
  calculated: ReadonlySet<string>,
  problems: ProblemList,
): void {
  const calculations = new Set(document.calculations.map((c) => c.name));
  const parameters = new Set(document.parameters.map((p) => p.name));
  const gradings = new Set(document.gradings.map((g) => g.name));
  const results = new Set(document.results.columns.map((c) => c.name));
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
  const families = new Set(document.families.map((f) => f.name));
  document.sets.forEach((s, i) => need(['sets', i, 'of'], 'family', s.of, families));
  document.factors.forEach((f, i) => need(['factors', i, 'for'], 'family', f.for, families));
  document.peers.forEach((p, i) => {
    need(['peers', i, 'numerator'], 'value', p.numerator, known);
    need(['peers', i, 'denominator'], 'value', p.denominator, known);
    need(['peers', i, 'minimumPeers'], 'parameter', p.minimumPeers, parameters);
  });
  document.notRated.forEach((rule, i) =>
    rule.withholds?.forEach((name, j) =>
      need(['notRated', i, 'withholds', j], 'calculation', name, calculations),
    ),
  );
  document.gradings.forEach((grading, i) => {
    need(['gradings', i, 'of'], 'calculation', grading.of, calculated);
    if (grading.compare === 'rounded-value')
      need(['gradings', i, 'compare'], 'result column', grading.of, results);
  });
  document.label?.of.forEach((name, i) => need(['label', 'of', i], 'grading', name, gradings));
  document.results.columns.forEach((c, i) =>
    need(['results', 'columns', i], 'calculation', c.name, calculated),
  );
  need(['headline', 'grade'], 'grading', document.headline.grade, gradings);
  if (document.headline.level !== undefined)
    need(['headline', 'level'], 'grading', document.headline.level, gradings);
  need(['headline', 'rankBy'], 'result column', document.headline.rankBy, results);
}

function checkFormulaNames(
  document: RulebookDocument,
  inputs: readonly NumericInput[],
  formulas: Formulas,
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
    check(['calculations', i, 'formula'], c.formula);
    check(['calculations', i, 'onlyIf'], c.onlyIf);
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
  formulas.members.forEach((c, i) => check(['peers', i, 'members'], c));
}

/** An input that nothing reads is a mistake or must be marked informative, and the other way round. */
function checkUse(
  document: RulebookDocument,
  inputs: readonly NumericInput[],
  formulas: Formulas,
  problems: ProblemList,
): void {
  const read = new Set(
    [
      ...formulas.calculations.flatMap((c) => [c.formula, c.onlyIf]),
      ...formulas.checks,
      ...formulas.notRated,
      ...formulas.members,
    ].flatMap((e) => (e ? namesIn(e) : [])),
  );
  for (const peers of document.peers) read.add(peers.numerator).add(peers.denominator);
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

/**
 * The calculations and peer statistics in an order in which each comes after all it reads, a rule that
 * withholds it included. Adds a `cycle` problem where there is none.
 */
export function calculationOrder(
  document: RulebookDocument,
  formulas: Formulas,
  problems?: ProblemList,
): string[] {
  const reads = new Map<string, string[]>();
  document.calculations.forEach((c, i) => {
    const { formula, onlyIf } = formulas.calculations[i]!;
    reads.set(c.name, [...namesIn(formula), ...(onlyIf ? namesIn(onlyIf) : [])]);
  });
  document.peers.forEach((p, i) =>
    reads.set(p.name, [p.numerator, p.denominator, ...namesIn(formulas.members[i]!)]),
  );
  document.notRated.forEach((rule, i) => {
    const when = formulas.notRated[i];
    for (const name of rule.withholds ?? []) if (when) reads.get(name)?.push(...namesIn(when));
  });
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, trail: readonly string[]): void => {
    const below = reads.get(name);
    if (!below || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      const circle = [...trail.slice(trail.indexOf(name)), name].join(' → ');
      problems?.add(['calculations'], 'cycle', `a circle of definitions: ${circle}`);
      return;
    }
    state.set(name, 'open');
    for (const next of below) visit(next, [...trail, name]);
    state.set(name, 'done');
    order.push(name);
  };
  for (const name of reads.keys()) visit(name, []);
  return order;
}
