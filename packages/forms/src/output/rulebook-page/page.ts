/** What every section of a rulebook's page is written from, and the phrases they share. */
import { type Bilingual, fill, type Language } from '@tanxiao/contracts';
import {
  type ExampleResult,
  type FactorSet,
  type Rulebook,
  writtenDocument,
} from '@tanxiao/rulebook';

import { statusTitle } from '../status-title';
import { code, plain } from './markdown';
import { PAGE_WORDS } from './page-words';

export interface PageContent {
  readonly rulebook: Rulebook;
  /** The one that the rulebook names. */
  readonly factorSet: FactorSet;
  /** As `checkExamples` gives them. */
  readonly examples: readonly ExampleResult[];
}

export class Page {
  /** As its author wrote it: what scores stand for is told with the scores. */
  readonly document: Rulebook['document'];

  constructor(
    readonly content: PageContent,
    readonly language: Language,
  ) {
    this.document = writtenDocument(content.rulebook);
  }

  say(word: keyof typeof PAGE_WORDS, values: Readonly<Record<string, string>> = {}): string {
    return fill(PAGE_WORDS[word], values)[this.language];
  }

  /** A text of the document. */
  text(text: Bilingual): string {
    return plain(text[this.language]);
  }

  status(status: string): string {
    return plain(statusTitle(status)[this.language]);
  }

  source(key: string): string {
    const source = this.document.sources[key];
    return source ? this.text(source.title) : plain(key);
  }

  /** "title; clause; status of the source" */
  basis(of: { readonly source: string; readonly clause?: string | undefined }): string {
    const status = this.document.sources[of.source]?.status;
    return [this.source(of.source), plain(of.clause ?? ''), status && this.status(status)]
      .filter(Boolean)
      .join('; ');
  }

  reason(reason: string): string {
    const rule = this.document.notRated.find((one) => one.reason === reason);
    return rule ? `${this.text(rule.message)} (${code(reason)})` : code(reason);
  }

  titleOf(name: string): string {
    const { calculations, peers, gradings, parameters, tables, facts } =
      this.content.rulebook.document;
    const named = [
      ...calculations,
      ...peers,
      ...gradings,
      ...parameters,
      ...tables,
      ...facts,
      ...this.content.rulebook.inputs,
    ];
    const found = named.find((one) => one.name === name);
    return found ? `${this.text(found.title)} ${code(name)}` : code(name);
  }
}
