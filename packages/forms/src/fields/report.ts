/** Collects the issues of one item or row; where each stands, its subclass knows (a pointer, or row and column). */
import type { Issue, IssueCode } from '@tanxiao/contracts';

import type { FormColumn } from '../form';

/** More than contracts shows, so that what is cut still ends in an ellipsis there. */
const SEEN_KEPT = 100;

/** The column an issue is about, or null where it is about the row as a whole. */
export type Place = FormColumn | null;

export abstract class Report {
  readonly issues: Issue[] = [];

  protected abstract where(place: Place): Pick<Issue, 'pointer' | 'row' | 'column'>;

  add(
    code: IssueCode,
    place: Place,
    seen: string | null,
    params: Readonly<Record<string, string>> = {},
  ): void {
    this.issues.push({
      code,
      ...this.where(place),
      ...(seen === null ? {} : { seen: seen.slice(0, SEEN_KEPT) }),
      params:
        place === null
          ? params
          : {
              title: place.title.zh,
              titleEn: place.title.en,
              unit: place.unit ?? '',
              ...params,
            },
    });
  }
}

/** RFC 6901: `~` and `/` inside a name are escaped. */
export function pointerToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
