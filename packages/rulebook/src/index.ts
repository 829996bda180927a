/** The rule engine. Pure: no I/O, no clock, no randomness. */
export { parameterOn } from './document/check-bands';
export {
  type FactorSet,
  type FactorValue,
  fixedFactor,
  parseFactorSet,
  regionalFactor,
} from './document/factor-set';
export type { Missing, NumericInput } from './document/names';
export { type DocumentProblem, RulebookError } from './document/problems';
export { inForce, parseRulebook, type Rulebook } from './document/rulebook';
export type { Example, FactorSetDocument, RulebookDocument, Status } from './document/schema';
export { causeText, outcomeText, ownValuesText } from './dry-run/cause-text';
export type { BenchmarkChange, Cause, CauseKind, Share } from './dry-run/causes';
export type {
  ComparedPlans,
  FormulaChange,
  LimitChange,
  NumberChange,
  PlanChanges,
  RuleChange,
} from './dry-run/changes';
export {
  type BelowMinimum,
  ComparedPopulation,
  type DryRunSubject,
} from './dry-run/compared-population';
export {
  comparedPlans,
  type DryRun,
  dryRun,
  type MigrationMatrix,
  type Mover,
  type MoverSide,
  trialPeriod,
} from './dry-run/dry-run';
export { type GradeOutcome, type Movement, MOVEMENTS, outcomeKey } from './dry-run/outcome';
export { type Benchmark, benchmarksOf, BenchmarkTable } from './evaluate/benchmarks';
export { type FailedCheck, failedChecks } from './evaluate/checks';
export { peerGroupKey, Population, type SubjectData } from './evaluate/population';
export { labelOf, rate, type Ratings } from './evaluate/rate';
export { type BenchmarkTotals, evaluateExactly, type ExactEvaluation } from './evaluate/referee';
export { Rational } from './exact/rational';
export {
  meetsLimit,
  roundedMeetsLimit,
  roundResult,
  roundToFifthInterval,
  roundToHalfInterval,
  roundToInterval,
} from './exact/rounding';
export {
  explain,
  type Explanation,
  type ExplanationLine,
  type GradingExplanation,
  type Operand,
} from './explain/explain';
export { type Expression, parts as expressionParts, namesIn } from './formula/expression';
export { compilePlan } from './plan/compile';
export type { Plan, PlanGrading, PlanPeers, PlanResult } from './plan/plan';
