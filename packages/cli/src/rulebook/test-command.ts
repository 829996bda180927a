/** `tanxiao rulebook test`: a rulebook's worked examples, each with what was expected and what was found. */
import type { Bilingual, Language } from '@tanxiao/contracts';
import {
  checkExamples,
  checkRulebook,
  type DocumentProblem,
  type ExampleComparison,
  type ExampleCoverage,
  type ExampleResult,
  type FactorSet,
  namedFactorSet,
  uncovered,
} from '@tanxiao/rulebook';

import { EXIT, type ExitCode } from '../failures';
import { type OptionShape, readOptions } from '../options';
import { type Terminal, writeContent } from '../terminal';
import { REPORT_FORMATS } from './check-command';
import { factorSetsAtHand, type NamedDocument, readDocument } from './documents';
import { problemLines, problemObjects } from './problem-report';

const SHAPE: OptionShape = {
  options: { factors: 'text', format: 'text' },
  positionals: { least: 1, most: 1000 },
};

const WHAT: Readonly<Record<ExampleComparison['what'], Bilingual>> = {
  outcome: { zh: '评级结论', en: 'outcome' },
  reasons: { zh: '不予评级原因', en: 'not-rated reasons' },
  result: { zh: '结果', en: 'result' },
  grading: { zh: '分级', en: 'grading' },
  label: { zh: '标签', en: 'label' },
  rejected: { zh: '退回原因', en: 'rejected for' },
  referee: {
    zh: '逐步精确计算与批量计算不一致（引擎缺陷）',
    en: 'exact and batch arithmetic differ (a defect of the engine)',
  },
};

interface TestedFile {
  readonly file: string;
  readonly problems: readonly DocumentProblem[];
  readonly examples: readonly ExampleResult[];
  readonly uncovered: ExampleCoverage;
}

export async function testCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const format = options.choice('format', REPORT_FORMATS, 'text');
  const factorSets = await factorSetsAtHand(options.text('factors'));
  const documents = await Promise.all(options.positionals.map(readDocument));
  const tested = documents.map((document) => testedFile(document, factorSets));
  const { language } = terminal;
  const text =
    format === 'json'
      ? `${JSON.stringify(
          tested.map((one) => fileObject(one, language)),
          null,
          2,
        )}\n`
      : tested.map((one) => fileText(one, language)).join('\n');
  await writeContent(terminal.stdout, text);
  return tested.every(isSound) ? EXIT.ok : EXIT.failed;
}

function isSound({ problems, examples }: TestedFile): boolean {
  return problems.length === 0 && examples.every(({ passes }) => passes);
}

function testedFile(document: NamedDocument, factorSets: readonly FactorSet[]): TestedFile {
  const nothing = { examples: [], uncovered: { bands: [], reasons: [], checks: [] } };
  const { rulebook, problems } = checkRulebook(document, factorSets);
  const factorSet = rulebook && namedFactorSet(rulebook, factorSets);
  if (!factorSet || problems.length > 0) return { file: document.file, problems, ...nothing };
  const examples = checkExamples(rulebook, factorSet);
  return { file: document.file, problems, examples, uncovered: uncovered(rulebook, examples) };
}

function fileObject(
  { file, problems, examples, uncovered: missed }: TestedFile,
  language: Language,
): object {
  return {
    file,
    problems: problemObjects(problems, language),
    examples: examples.map(({ title, period, passes, mistakes, comparisons, failedChecks }) => ({
      title: title[language],
      period,
      passes,
      mistakes: mistakes.map((mistake) => mistake[language]),
      comparisons,
      failedChecks,
    })),
    uncovered: missed,
  };
}

function fileText(tested: TestedFile, language: Language): string {
  const { file, problems, examples } = tested;
  if (problems.length > 0) return problemLines(problems, language);
  const passed = examples.filter(({ passes }) => passes).length;
  const summary =
    language === 'zh'
      ? `${examples.length} 个算例，${passed} 个相符`
      : `${passed} of ${examples.length} examples pass`;
  const lines = [
    file,
    ...examples.flatMap((example) => exampleLines(example, language)),
    `  ${summary}`,
    ...coverageLines(tested.uncovered, language),
  ];
  return `${lines.join('\n')}\n`;
}

function exampleLines(example: ExampleResult, language: Language): string[] {
  const { title, period, passes, mistakes, comparisons, failedChecks } = example;
  const zh = language === 'zh';
  const verdict = passes ? (zh ? '相符' : 'pass') : zh ? '不符' : 'FAIL';
  const none = zh ? '（无）' : '(none)';
  const told = (value: string | null): string => (value === null || value === '' ? none : value);
  const rejected = failedChecks.join(', ');
  return [
    `  ${verdict}  ${title[language]} (${period})`,
    ...mistakes.map((mistake) => `        ${mistake[language]}`),
    ...comparisons
      .filter(({ agrees }) => !agrees)
      .map(({ what, name, expected, found }) => {
        const subject = [WHAT[what][language], name].filter(Boolean).join(' ');
        return zh
          ? `        ${subject}：期望 ${told(expected)}，实得 ${told(found)}`
          : `        ${subject}: expected ${told(expected)}, found ${told(found)}`;
      }),
    ...(rejected === ''
      ? []
      : [
          zh
            ? `        说明：这样的填报会被校验 ${rejected} 退回`
            : `        note: such a submission would be rejected on arrival by ${rejected}`,
        ]),
  ];
}

function coverageLines({ bands, reasons, checks }: ExampleCoverage, language: Language): string[] {
  const zh = language === 'zh';
  const line = (name: Bilingual, items: readonly string[]): string[] => {
    if (items.length === 0) return [];
    const list = items.join(', ');
    return [
      zh ? `  没有算例触及的${name.zh}：${list}` : `  ${name.en} that no example reaches: ${list}`,
    ];
  };
  return [
    ...line(
      { zh: '级别', en: 'bands' },
      bands.map(({ grading, band }) => `${grading} ${band}`),
    ),
    ...line({ zh: '不予评级原因', en: 'not-rated reasons' }, reasons),
    ...line({ zh: '校验', en: 'checks' }, checks),
  ];
}
