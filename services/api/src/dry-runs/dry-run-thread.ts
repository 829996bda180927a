/**
 * The dry-run thread: compiles a client's text and rates a population twice, away from the thread that answers
 * requests. Both can take seconds; here they hold up nobody, and the thread can be ended whatever it is at.
 */
import { parentPort } from 'node:worker_threads';

import { parsePeriod, type Period } from '@tanxiao/contracts';
import { dryRunView, type NamedSubject } from '@tanxiao/forms';
import {
  type ComparedPlans,
  comparedPlans,
  ComparedPopulation,
  compilePlan,
  dryRun,
  parseFactorSet,
  parseRulebook,
  type Plan,
  type Rulebook,
  RulebookError,
  trialPeriod,
} from '@tanxiao/rulebook';

import { remembering } from './parsed-documents';
import type {
  DocumentText,
  DryRunDocuments,
  FromThread,
  NamedDocument,
  SubjectBatch,
  ToThread,
} from './thread-messages';

class Job {
  private population: ComparedPopulation | null = null;
  private readonly subjects: NamedSubject[] = [];
  private readonly layouts = new Map<number, readonly string[]>();

  constructor(private readonly compared: ComparedPlans) {}

  add(batch: SubjectBatch): void {
    this.population ??= new ComparedPopulation(this.compared, batch.population);
    for (const [id, names] of batch.layouts) this.layouts.set(id, names);
    let at = 0;
    batch.codes.forEach((code, row) => {
      const layout = this.layouts.get(batch.layoutIds[row]!)!;
      const given = batch.inputs.subarray(at, at + layout.length);
      at += layout.length;
      const scheme = batch.schemes[row]!;
      this.subjects.push({ subject: { scheme, code }, name: batch.names[row]! });
      this.population!.add({
        key: `${scheme}:${code}`,
        regionCode: batch.regionCodes[row]!,
        industryClassification: batch.industryClassifications[row]!,
        industryCode: batch.industryCodes[row]!,
        layout,
        inputs: Array.from(given, (value) => (Number.isNaN(value) ? null : value)),
      });
    });
  }

  finish(movers: number): FromThread {
    const population = this.population ?? new ComparedPopulation(this.compared, 0);
    const run = dryRun(this.compared, population);
    const view = dryRunView(run, { movers, subjectAt: (index) => this.subjects[index]! });
    return { type: 'done', view };
  }
}

const rulebookOf = remembering(parseRulebook);
const factorSetOf = remembering(parseFactorSet);

let job: Job | null = null;
/** Of a batch, which nobody waits for: told when the end is asked for. */
let failure: Error | null = null;

function answer(message: ToThread): FromThread | null {
  switch (message.type) {
    case 'start':
      failure = null;
      return started(message.documents);
    case 'batch':
      if (failure === null) job!.add(message.batch);
      return null;
    case 'finish': {
      if (failure !== null) return { type: 'failed', error: failure };
      const done = job!.finish(message.movers);
      job = null;
      return done;
    }
  }
}

function started(documents: DryRunDocuments): FromThread {
  const { before, after, factorSets, grading } = documents;
  const period = parsePeriod(documents.period)!;
  const rulebooks = { before: parsed(before), after: parsed(after.rulebook) };
  const named = (rulebook: Rulebook): DocumentText => namedFactorSet(rulebook, factorSets);
  const plans = {
    before: planOf(rulebooks.before, named(rulebooks.before), period),
    after: planOf(rulebooks.after, after.factorSet ?? named(rulebooks.after), period),
  };
  const compared = comparedPlans(plans, grading);
  if (!compared)
    return { type: 'no-grading', known: plans.before.gradings.map(({ name }) => name) };
  job = new Job(compared);
  return { type: 'ready' };
}

function parsed({ text, place }: DocumentText): Rulebook {
  return rulebookOf(text, place);
}

function planOf(rulebook: Rulebook, { text, place }: DocumentText, period: Period): Plan {
  return compilePlan(rulebook, factorSetOf(text, place), trialPeriod(rulebook, period));
}

/** @throws RulebookError at the place where the rulebook names it */
function namedFactorSet(rulebook: Rulebook, factorSets: readonly NamedDocument[]): DocumentText {
  const { id, version } = rulebook.document.factorSet;
  const found = factorSets.find((one) => one.id === id && one.version === version);
  if (found) return found;
  const problems = rulebook.problems.fresh();
  const known = factorSets.map((one) => `${one.id} ${one.version}`).join(', ');
  problems.add(
    ['factorSet'],
    'unknown-factor-set',
    `there is no ${id} ${version}; known: ${known}`,
  );
  problems.throwIfAny();
  throw new Error('a problem was added');
}

function answerOrFailure(message: ToThread): FromThread | null {
  try {
    return answer(message);
  } catch (error) {
    if (error instanceof RulebookError) return { type: 'refused', problems: error.problems };
    const thrown = error instanceof Error ? error : new Error(String(error));
    if (message.type !== 'batch') return { type: 'failed', error: thrown };
    failure = thrown;
    return null;
  }
}

parentPort!.on('message', (message: ToThread) => {
  const said = answerOrFailure(message);
  if (said !== null) parentPort!.postMessage(said);
});
