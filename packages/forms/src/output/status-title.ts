/** How sure we are of a number, in words. */
import type { Bilingual } from '@tanxiao/contracts';

const TITLES: Readonly<Record<string, Bilingual>> = {
  official: { zh: '官方文本', en: 'official' },
  reported: { zh: '公开报道', en: 'reported' },
  assumed: { zh: '本项目假定', en: 'assumed by this project' },
};

/** A word that is none of the three is shown as it is. */
export function statusTitle(status: string): Bilingual {
  return TITLES[status] ?? { zh: status, en: status };
}
