/** What the schema cannot say: names that exist once and are used, sources, units, dates, reasons, bands in order. */
import { FormulaError } from '../formula/parse';
import { parseUnit } from '../formula/unit';
import { checkBands } from './check-bands';
import { checkUniqueKeys } from './check-keys';
import { checkNumbers } from './check-numbers';
import { checkFormulaNames, checkReferences, checkUse } from './check-references';
import { checkYearBefore } from './check-year-before';
import type { CheckedDocument } from './checked-document';
import type { ExpandedDocument } from './expand-scores';
import type { NumericInput } from './names';
import { checkDecimal } from './numbers';
import { calculationOrder } from './order';
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';
import type { DatedNumber } from './schema-parts';

/** A population of 100,000 subjects takes 800 KB an input. */
const MAX_INPUTS = 500;

export function checkDocument(checked: CheckedDocument, problems: ProblemList): void {
  const { document } = checked.expanded;
  const known = checkUniqueNames(checked, problems);
  checkUniqueKeys(document, problems);
  if (checked.inputs.length > MAX_INPUTS)
    problems.add(['families'], 'too-many-inputs', `a rulebook has at most ${MAX_INPUTS} inputs`);
  checkSources(checked, problems);
  checkUnitTexts(checked, problems);
  checkDatedNumbers(checked, problems);
  checkNumbers(document, problems);
  checkReasons(document, checked.inputs, problems);
  checkReferences(checked, known, problems);
  checkFormulaNames(checked, known, problems);
  checkUse(checked, problems);
  checkYearBefore(checked.inputs, problems);
  if (problems.count > 0) return;
  calculationOrder(document, checked.formulas, problems);
  checkBands(document, problems);
}

/** Returns every name that a formula may read. */
function checkUniqueNames(
  { expanded: { document }, inputs, factorNames }: CheckedDocument,
  problems: ProblemList,
): Set<string> {
  const names = [
    ...inputs,
    ...factorNames,
    ...document.parameters,
    ...document.facts,
    ...document.tables,
    ...document.calculations,
    ...document.peers,
  ].map((named) => named.name);
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
  document.inputs.forEach((input, i) => {
    if (!('options' in input)) return;
    const codes = new Set(input.options.map((option) => option.code));
    if (codes.size < input.options.length)
      problems.add(['inputs', i, 'options'], 'duplicate-name', 'an option code is used twice');
    if ('option' in input.missing && !codes.has(input.missing.option))
      problems.add(
        ['inputs', i, 'missing'],
        'unknown-option',
        `${input.name} has no option "${input.missing.option}"`,
        { seen: input.missing.option, known: codes },
      );
  });
  return new Set(names);
}

function checkSources(
  { expanded: { document, places } }: CheckedDocument,
  problems: ProblemList,
): void {
  const check = (path: DocumentPath, { source }: { readonly source: string }): void => {
    if (!Object.hasOwn(document.sources, source)) {
      problems.add(
        [...path, 'source'],
        'unknown-source',
        `source "${source}" is not listed under sources`,
        { seen: source, known: Object.keys(document.sources) },
      );
    }
  };
  document.families.forEach((f, i) => check(['families', i], f));
  document.facts.forEach((f, i) => check(['facts', i], f));
  eachDatedList(document, places, (values, path) =>
    values.forEach((value, j) => check([...path, j], value)),
  );
  document.calculations.forEach((c, i) => check(places.calculations[i]!, c));
  document.peers.forEach((p, i) => check(places.peers[i]!, p));
  document.gradings.forEach((g, i) => {
    check(['gradings', i], g);
    g.gates.forEach((gate, j) => check(['gradings', i, 'gates', j], gate));
  });
  check(['results'], document.results);
}

function checkUnitTexts(
  { expanded: { document, places }, inputs }: CheckedDocument,
  problems: ProblemList,
): void {
  const check = (path: DocumentPath, unit: string): void => {
    try {
      parseUnit(unit);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problems.add(path, error.code, error.message);
    }
  };
  inputs.slice(0, document.inputs.length).forEach((x, i) => check(['inputs', i, 'unit'], x.unit));
  document.families.forEach((f, i) =>
    f.members.forEach((m, j) => check(['families', i, 'members', j, 'unit'], m.unit)),
  );
  document.parameters.forEach((x, i) => check([...places.parameters[i]!, 'unit'], x.unit));
  document.tables.forEach((x, i) => check(['tables', i, 'unit'], x.unit));
  document.calculations.forEach((x, i) => check([...places.calculations[i]!, 'unit'], x.unit));
  document.peers.forEach((x, i) => check([...places.peers[i]!, 'unit'], x.unit));
}

/** Every list of dated numbers in the document, with its place: parameters, rows of tables, tables' `otherwise`. */
function eachDatedList(
  { parameters, tables, effective }: RulebookDocument,
  places: ExpandedDocument['places'],
  visit: (values: readonly DatedNumber[], path: DocumentPath, name: string) => void,
): void {
  parameters.forEach(({ name, values }, i) => {
    const at = places.parameters[i]!;
    visit(values, at[0] === 'parameters' ? [...at, 'values'] : at, name);
  });
  tables.forEach(({ name, rows, otherwise }, i) => {
    rows.forEach(({ key, values }, j) =>
      visit(values, ['tables', i, 'rows', j, 'values'], `${name} (${key})`),
    );
    if ('notRated' in otherwise) return;
    const values = Array.isArray(otherwise) ? otherwise : [{ from: effective.from, ...otherwise }];
    visit(values, ['tables', i, 'otherwise'], `${name} (otherwise)`);
  });
}

function checkDatedNumbers(
  { expanded: { document, places } }: CheckedDocument,
  problems: ProblemList,
): void {
  eachDatedList(document, places, (values, at, name) => {
    values.forEach((value, j) => {
      checkDecimal(problems, [...at, j, 'value'], value.value);
      const previous = values[j - 1];
      if (previous && previous.from >= value.from) {
        problems.add(
          [...at, j, 'from'],
          'date-order',
          `values of ${name} stand in the order of their dates, each date once`,
        );
      }
    });
    if (values[0]!.from > document.effective.from) {
      problems.add(
        at,
        'date-gap',
        `${name} has no value on ${document.effective.from}, when the rulebook takes force`,
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
  const need = (path: DocumentPath, missing: object): void => {
    if (!('notRated' in missing)) return;
    const reason = String(missing.notRated);
    automatic.add(reason);
    if (listed.has(reason)) return;
    const message = `reason "${reason}" is not listed under notRated`;
    problems.add(path, 'unknown-reason', message, { seen: reason, known: listed });
  };
  for (const input of inputs) need(['inputs'], input.missing);
  document.factors.forEach((f, i) => need(['factors', i, 'missing'], f.missing));
  document.tables.forEach((t, i) => need(['tables', i, 'otherwise'], t.otherwise));
  document.peers.forEach((p, i) => need(['peers', i, 'missing'], p.missing));
  document.notRated.forEach((rule, i) => {
    if (rule.when === undefined && !automatic.has(rule.reason)) {
      problems.add(
        ['notRated', i],
        'reason-without-cause',
        `nothing gives the reason "${rule.reason}": add "when", or use it under "missing"`,
      );
    }
    if (rule.when === undefined && rule.withholds !== undefined) {
      problems.add(
        ['notRated', i],
        'reason-incomplete',
        'only a rule with "when" says what it "withholds"',
      );
    }
  });
}
