/** What a comparison asks of an order: negative, zero or positive, as `Rational.compare` gives it. */
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

export const MEETS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
};
