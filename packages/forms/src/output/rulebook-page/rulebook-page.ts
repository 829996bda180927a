/** A rulebook as a Markdown page for people: those who are rated by it, and those who must agree to it. */
import type { Language } from '@tanxiao/contracts';

import { aboutSection, sourcesSection, surenessSection } from './about-sections';
import { examplesSection } from './example-section';
import { checksSection, factorsSection, inputsSection } from './input-sections';
import { factsSection, tablesSection } from './lookup-sections';
import { block, code } from './markdown';
import { Page, type PageContent } from './page';
import { PAGE_WORDS } from './page-words';
import {
  formulasSection,
  gradingsSection,
  notRatedSection,
  parametersSection,
  peersSection,
  resultsSection,
  setsSection,
} from './rule-sections';
import { rollUpsSection, scoresSection } from './score-sections';

const SECTIONS: readonly ((page: Page) => string[])[] = [
  aboutSection,
  surenessSection,
  inputsSection,
  checksSection,
  rollUpsSection,
  factsSection,
  tablesSection,
  formulasSection,
  setsSection,
  scoresSection,
  peersSection,
  gradingsSection,
  parametersSection,
  notRatedSection,
  factorsSection,
  resultsSection,
  otherSection,
  examplesSection,
  sourcesSection,
];

/** The parts of a document that the sections tell. */
const TOLD: ReadonlySet<string> = new Set([
  'rulebook',
  'version',
  'title',
  'subject',
  'effective',
  'factorSet',
  'sources',
  'subjectKey',
  'inputs',
  'families',
  'sets',
  'facts',
  'tables',
  'scores',
  'rollUps',
  'factors',
  'parameters',
  'checks',
  'calculations',
  'peers',
  'notRated',
  'gradings',
  'label',
  'results',
  'headline',
  'examples',
]);

/** One page with a part for each language, the first language first. */
export function rulebookPage(content: PageContent, languages: readonly Language[]): string {
  const several = languages.length > 1;
  return languages
    .map((language) => {
      const page = new Page(content, language);
      const lines = SECTIONS.flatMap((section) => section(page));
      const links = languages.filter((other) => other !== language).map(languageLink);
      return [...(several ? [`<a id="${language}"></a>`, '', ...links, ''] : []), ...lines]
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trimEnd();
    })
    .join('\n\n---\n\n')
    .concat('\n');
}

function languageLink(language: Language): string {
  return `[${PAGE_WORDS.language[language]}](#${language})`;
}

/** A part without a section of its own is shown as it stands, so that a page never leaves out a rule. */
function otherSection(page: Page): string[] {
  const parts = Object.entries(page.document).filter(
    ([name, value]) => !TOLD.has(name) && !(Array.isArray(value) && value.length === 0),
  );
  if (parts.length === 0) return [];
  return [
    `## ${page.say('other')}`,
    '',
    ...parts.flatMap(([name, value]) => [
      `### ${code(name)}`,
      '',
      ...block(JSON.stringify(value, null, 2)),
      '',
    ]),
  ];
}
