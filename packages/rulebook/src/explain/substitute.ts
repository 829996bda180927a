/**
 * A formula with a subject's numbers in place of its names. Compiled once a plan into closures, since where parentheses
 * stand, which terms may be zero and the texts of parameters and factors are the same for every subject: walking the
 * syntax tree took 24 of an explanation's 80 µs, this takes 4.
 */
import { constantValue } from '../evaluate/exact-program';
import { type Condition, namesIn, type NumberExpression } from '../formula/expression';
import type { Plan } from '../plan/plan';
import type { SubjectNumbers } from './subject-numbers';

/** What a formula's text is written from, and what writing it found out; one formula after the other. */
export class Substitution {
  /** Of the names that the text shows, each once, in order of appearance. */
  slots: number[] = [];
  /** Terms of totals left out because they are zero. */
  zeroTerms = 0;
  private formula = 1;
  /** By slot: the last formula that shows it. A set of slots for each formula took 4 of an explanation's 40 µs more. */
  private readonly shownBy: Int32Array;

  constructor(readonly numbers: SubjectNumbers) {
    this.shownBy = new Int32Array(numbers.values.length);
  }

  next(): void {
    this.formula++;
    this.slots = [];
    this.zeroTerms = 0;
  }

  shows(slot: number): void {
    if (this.shownBy[slot] === this.formula) return;
    this.shownBy[slot] = this.formula;
    this.slots.push(slot);
  }
}

export type SubstitutedText = (substitution: Substitution) => string;

/** How tightly an expression binds: decides where parentheses are needed. */
const BINDING = { choice: 0, sum: 1, product: 2, sign: 3, atom: 4 } as const;

const SIGNS = { '+': '+', '-': '−', '*': '×', '/': '÷' } as const;

export function substitutedText(plan: Plan, formula: NumberExpression): SubstitutedText {
  return numberText(plan, formula, BINDING.choice);
}

function numberText(plan: Plan, e: NumberExpression, binding: number): SubstitutedText {
  switch (e.kind) {
    case 'literal': {
      const text = e.option ? `"${e.option.code}"` : String(e.value);
      return () => text;
    }
    case 'name':
      return nameText(plan.slotOf.get(e.name)!, binding);
    case 'negate': {
      const operand = numberText(plan, e.operand, BINDING.atom);
      return wrapped((s) => `−${operand(s)}`, BINDING.sign < binding);
    }
    case 'arithmetic': {
      const own = e.operator === '+' || e.operator === '-' ? BINDING.sum : BINDING.product;
      const sign = SIGNS[e.operator];
      const left = numberText(plan, e.left, own);
      // The right side of − and ÷ needs parentheses around its own kind.
      const right = numberText(
        plan,
        e.right,
        e.operator === '-' || e.operator === '/' ? own + 1 : own,
      );
      return wrapped((s) => `${left(s)} ${sign} ${right(s)}`, own < binding);
    }
    case 'total':
      return totalText(plan, e.terms, binding);
    case 'extreme': {
      const operands = e.arguments.map((argument) => numberText(plan, argument, BINDING.choice));
      return (s) => `${e.function}(${operands.map((operand) => operand(s)).join(', ')})`;
    }
    case 'choice': {
      const byKnown = branchByKnown(plan, e, binding);
      if (byKnown) return byKnown;
      const condition = conditionText(plan, e.condition);
      const then = numberText(plan, e.then, BINDING.sum);
      const otherwise = numberText(plan, e.otherwise, BINDING.sum);
      return wrapped(
        (s) => `${condition(s)} ? ${then(s)} : ${otherwise(s)}`,
        BINDING.choice < binding,
      );
    }
  }
}

/**
 * The branch taken where that depends only on what is known: its condition has no number to show. The names asked for
 * are shown beside it, so that a reader sees what was stated and what stands in for it. Null: a number decides.
 */
function branchByKnown(
  plan: Plan,
  e: Extract<NumberExpression, { kind: 'choice' }>,
  binding: number,
): SubstitutedText | null {
  const holds = holdsByKnown(plan, e.condition);
  if (holds === null) return null;
  const asked = namesIn(e.condition).map((name) => plan.slotOf.get(name)!);
  const then = numberText(plan, e.then, binding);
  const otherwise = numberText(plan, e.otherwise, binding);
  return (s) => {
    for (const slot of asked) s.shows(slot);
    return holds(s.numbers) ? then(s) : otherwise(s);
  };
}

/** Whether a condition made of `known(…)` alone holds; null for one that compares values. */
function holdsByKnown(plan: Plan, c: Condition): ((numbers: SubjectNumbers) => boolean) | null {
  switch (c.kind) {
    case 'known': {
      const slot = plan.slotOf.get(c.name)!;
      return (numbers) => (numbers.values[slot] ?? null) !== null;
    }
    case 'not': {
      const operand = holdsByKnown(plan, c.operand);
      return operand && ((numbers) => !operand(numbers));
    }
    case 'and':
    case 'or': {
      const [left, right] = [holdsByKnown(plan, c.left), holdsByKnown(plan, c.right)];
      if (left === null || right === null) return null;
      return c.kind === 'and'
        ? (numbers) => left(numbers) && right(numbers)
        : (numbers) => left(numbers) || right(numbers);
    }
    case 'compare':
      return null;
  }
}

function conditionText(plan: Plan, c: Condition): SubstitutedText {
  switch (c.kind) {
    case 'compare': {
      const left = numberText(plan, c.left, BINDING.sum);
      const right = numberText(plan, c.right, BINDING.sum);
      return (s) => `${left(s)} ${c.operator} ${right(s)}`;
    }
    case 'and':
    case 'or': {
      const left = conditionText(plan, c.left);
      const right = conditionText(plan, c.right);
      return (s) => `(${left(s)} ${c.kind} ${right(s)})`;
    }
    case 'not': {
      const operand = conditionText(plan, c.operand);
      return (s) => `not (${operand(s)})`;
    }
    case 'known': {
      const slot = plan.slotOf.get(c.name)!;
      return (s) => {
        s.shows(slot);
        return `known(${s.numbers.reading(slot) ?? '?'})`;
      };
    }
  }
}

function nameText(slot: number, binding: number): SubstitutedText {
  return (s) => {
    s.shows(slot);
    const shown = s.numbers.shown(slot) ?? '?';
    return binding > BINDING.sum && shown.startsWith('-') ? `(${shown})` : shown;
  };
}

function wrapped(text: SubstitutedText, parenthesised: boolean): SubstitutedText {
  return parenthesised ? (s) => `(${text(s)})` : text;
}

function totalText(
  plan: Plan,
  terms: readonly NumberExpression[],
  binding: number,
): SubstitutedText {
  const parts = terms.map((term) => ({
    text: numberText(plan, term, BINDING.sum),
    zeroAt: zeroSlots(plan, term),
  }));
  return (s) => {
    let text = '';
    let shown = 0;
    for (const part of parts) {
      if (s.numbers.someZero(part.zeroAt)) continue;
      text = shown === 0 ? part.text(s) : `${text} + ${part.text(s)}`;
      shown++;
    }
    s.zeroTerms += parts.length - shown;
    if (shown === 0) return '0';
    return (shown > 1 ? BINDING.sum : BINDING.product) < binding ? `(${text})` : text;
  };
}

/** Slots of which one that is zero makes the term zero: of the factors of a product, where they aren't constants above zero. */
function zeroSlots(plan: Plan, term: NumberExpression): readonly number[] {
  if (term.kind !== 'arithmetic' || term.operator !== '*') return [];
  return [term.left, term.right].flatMap((factor) => {
    if (factor.kind !== 'name') return zeroSlots(plan, factor);
    const slot = plan.slotOf.get(factor.name)!;
    const constant = constantValue(plan.nodes[slot]!);
    return constant === null || constant.sign() === 0 ? [slot] : [];
  });
}
