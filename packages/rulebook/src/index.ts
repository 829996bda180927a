/** The rule engine. Pure: no I/O, no clock, no randomness. */
export type {
  Advice,
  BetterBand,
  Boundary,
  Certainty,
  Change,
  ChoiceAdvice,
  GradingAdvice,
  InputAdvice,
  LimitDistance,
  Obstacle,
  UncertaintyAdvice,
} from './advise/advice';
export { advise, type AdviseOptions } from './advise/advise';
export {
  checkExamples,
  type ExampleComparison,
  type ExampleResult,
} from './authoring/check-examples';
export {
  changePeriods,
  checkRulebook,
  namedFactorSet,
  type RulebookCheck,
} from './authoring/check-rulebook';
export type { NumberFact } from './authoring/dated-numbers';
export {
  diffFactorSets,
  diffRulebooks,
  type RulebookChange,
  type RulebookDiff,
} from './authoring/diff-rulebooks';
export { type ExampleCoverage, uncovered } from './authoring/example-coverage';
export { exampleProblems } from './authoring/example-problems';
export { type RuleNumber, ruleNumbers } from './authoring/rule-numbers';
export { RULE_SHAPES, type RuleShape, ruleShapes } from './authoring/rule-shapes';
export { writtenDocument } from './authoring/written-document';
export { parameterOn } from './document/check-bands';
export { documentNameProblem } from './document/document-name';
export {
  type FactorSet,
  type FactorValue,
  fixedFactor,
  parseFactorSet,
  partialFactor,
  regionalFactor,
} from './document/factor-set';
export type { FactorSetDocument } from './document/factor-set-schema';
export { layoutColumns, layoutOf, layoutReader, submittedInputs } from './document/input-layout';
export type { ChoiceOption, Missing, NumericInput } from './document/names';
export { problemSentence } from './document/problem-sentence';
export type { ProblemText } from './document/problem-text';
export { PROBLEM_TEXTS, type ProblemCode } from './document/problem-texts';
export { type DocumentProblem, RulebookError } from './document/problems';
export {
  type CurrentVersion,
  currentVersion,
  type DatedVersion,
  inForce,
  parseRulebook,
  type Rulebook,
} from './document/rulebook';
export type { Example, RulebookDocument, Status } from './document/schema';
export type { RollUpDocument } from './document/schema-roll-ups';
export { causeText, outcomeText, ownValuesText } from './dry-run/cause-text';
export type { BenchmarkChange, Cause, CauseKind, Share } from './dry-run/causes';
export type {
  ComparedPlans,
  FormulaChange,
  NumberChange,
  PlanChanges,
  RuleChange,
} from './dry-run/changes';
export {
  ComparedPopulation,
  type DryRunSubject,
  type OutOfRange,
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
export type { Limit, LimitChange } from './dry-run/limits';
export { type GradeOutcome, type Movement, MOVEMENTS, outcomeKey } from './dry-run/outcome';
export { type Benchmark, BenchmarkTable } from './evaluate/benchmarks';
export { type FailedCheck, failedChecks, type SureOfChecks, sureOfChecks } from './evaluate/checks';
export { type KernelInput, ratingKernel, type RatingOutput } from './evaluate/kernel';
export {
  Population,
  type PopulationIntake,
  type RefusedSubject,
  type SubjectColumns,
  type SubjectData,
} from './evaluate/population';
export {
  labelOf,
  rate,
  rateColumns,
  type RatedColumns,
  type Ratings,
  reasonCodes,
} from './evaluate/rate';
export { subjectRater } from './evaluate/rate-one';
export {
  type BenchmarkTotals,
  evaluateExactly,
  type ExactEvaluation,
  isMember,
} from './evaluate/referee';
export {
  differingFromYearBefore,
  type FilledInputs,
  readsYearBefore,
  type SubmissionBefore,
  submissionBeforeText,
  withYearBefore,
  type YearBefore,
} from './evaluate/year-before';
export { Rational } from './exact/rational';
export {
  meetsLimit,
  roundedMeetsLimit,
  roundResult,
  roundToFifthInterval,
  roundToHalfInterval,
  roundToInterval,
} from './exact/rounding';
export { explain } from './explain/explain';
export type {
  BenchmarkExplanation,
  ConditionExplanation,
  Explanation,
  ExplanationLine,
  GradingExplanation,
  Operand,
} from './explain/explanation';
export { type Expression, parts as expressionParts, namesIn } from './formula/expression';
export { compilePlan } from './plan/compile';
export type { SubjectPlace } from './plan/lookup';
export { peerGroupKey, peerGroupKeyStart, peerGroupTitle } from './plan/peer-group';
export type { Plan, PlanGrading, PlanResult, PlanStatistic } from './plan/plan';
export {
  type PopulationRanks,
  RANK_WIDTH,
  type RankedGroup,
  rankGroupKey,
  type RankKeys,
  rankPopulation,
} from './rank/ranks';
export { type LowerRating, type RolledUp, rollUp, RollUpError } from './roll-up/roll-up';
export { benchmarksOf } from './statistics/benchmarks-of';
export { exactValuesOf, partialOf } from './statistics/chunk-partial';
export { BenchmarkMerger, type CandidateRequest } from './statistics/merger';
export { type Partial, stagesOf } from './statistics/partial';
export { decodePartial, encodePartial, PartialError } from './statistics/partial-codec';
