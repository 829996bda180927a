/** Nodes that calculate nothing: inputs, parameters of the day, factors of the period, facts and tables. */
import { parameterOn } from '../document/check-bands';
import {
  type FactorValue,
  fixedFactor,
  partialFactor,
  regionalFactor,
} from '../document/factor-set';
import type { FactorDocument } from '../document/factor-set-schema';
import type { FactorName, Missing } from '../document/names';
import { Rational } from '../exact/rational';
import type { Compilation } from './compilation';
import { tableLookup } from './table-lookup';

/** Factors that the factor set lacks become problems. */
export function addGivenNodes(compilation: Compilation): void {
  addInputs(compilation);
  addParameters(compilation);
  for (const factor of compilation.rulebook.factorNames) addFactor(compilation, factor);
  addFacts(compilation);
  addTables(compilation);
}

function addInputs({ rulebook, nodes, reasonIndex }: Compilation): void {
  rulebook.inputs.forEach((input, index) => {
    const { missing, minimum } = input;
    nodes.add(
      input,
      { kind: 'input', index },
      {
        nullable: !('value' in missing),
        nonNegative: minimum !== null && minimum >= 0 && !defaultsBelowZero(missing),
        missingReason: 'notRated' in missing ? reasonIndex(missing.notRated) : null,
      },
    );
  });
}

function defaultsBelowZero(missing: Missing): boolean {
  return 'value' in missing && missing.value < 0;
}

function addParameters({ rulebook, nodes, period }: Compilation): void {
  for (const parameter of rulebook.document.parameters) {
    const dated = parameterOn(parameter, period.end);
    const value = Rational.fromNumber(dated.value);
    const { source, clause = null, status, from } = dated;
    nodes.add(
      parameter,
      { kind: 'parameter', value, source, clause, status, from },
      { nullable: false, nonNegative: value.sign() >= 0, missingReason: null },
    );
  }
}

function addFactor(compilation: Compilation, name: FactorName): void {
  const { factorSet, nodes, period, problems, reasonIndex } = compilation;
  const factor = factorSet.document.factors.find(
    (f) => f.quantity === name.quantity && f.carrier === name.carrier,
  );
  if (!factor) {
    problems.add(
      ['factorSet'],
      'missing-factor',
      `factor set ${factorSet.id} ${factorSet.version} has no ${name.quantity} factor for carrier ${name.carrier}`,
    );
    return;
  }
  const fixed = name.parts ? factorOfParts(compilation, factor, name) : fixedFactor(factor);
  if (fixed) {
    nodes.add(
      { ...name, unit: fixed.unit },
      { kind: 'factor', factor: fixed },
      { nullable: false, nonNegative: fixed.value.sign() >= 0, missingReason: null },
    );
  }
  if (fixed || name.parts) return;
  const factors = regionalFactor(factor, period.year);
  nodes.addLookup(
    { ...name, unit: factor.unit },
    { kind: 'regional-factor', factors },
    {
      nullable: true,
      nonNegative: [...factors.values()].every((f) => f.value.sign() >= 0),
      missingReason: reasonIndex(name.missing),
    },
  );
}

/** Null, and a problem, where the factor has no such parts or their product is none that a factor may be. */
function factorOfParts(
  { factorSet, problems }: Compilation,
  factor: FactorDocument,
  { parts, entry }: FactorName,
): FactorValue | null {
  const found = partialFactor(factor, parts!);
  const at = ['factors', entry, 'parts'];
  const of = `${factor.id} of factor set ${factorSet.id} ${factorSet.version}`;
  if ('lacks' in found) {
    const names = 'product' in factor ? factor.product.map(({ name }) => name) : [];
    const has = names.length > 0 ? `its parts are ${names.join(', ')}` : 'it is no product';
    problems.add(at, 'factor-without-part', `${of} has no part ${found.lacks}: ${has}`);
    return null;
  }
  if (!found.value)
    problems.add(
      at,
      'bad-number',
      `the product of these parts of ${of} must be between 1e-60 and 1e60`,
    );
  return found.value;
}

function addFacts({ rulebook, nodes }: Compilation): void {
  for (const fact of rulebook.document.facts) {
    const { of, codes, source, clause = null, status } = fact;
    nodes.addLookup(
      { ...fact, unit: '1' },
      { kind: 'fact', of, codes, source, clause, status },
      { nullable: false, nonNegative: true, missingReason: null },
    );
  }
}

function addTables({ rulebook, nodes, period, reasonIndex }: Compilation): void {
  const { document, inputs } = rulebook;
  for (const table of document.tables) {
    const lookup = tableLookup(table, { document, inputs, day: period.end });
    const { by, otherwise, rows } = lookup;
    const choice = typeof by === 'object' ? inputs[by.input]! : null;
    nodes.addLookup(table, lookup, {
      nullable: otherwise === null || (choice !== null && !('value' in choice.missing)),
      nonNegative: [...rows.values(), ...(otherwise ? [otherwise] : [])].every(
        ({ exact }) => exact.sign() >= 0,
      ),
      missingReason: 'notRated' in table.otherwise ? reasonIndex(table.otherwise.notRated) : null,
    });
  }
}
