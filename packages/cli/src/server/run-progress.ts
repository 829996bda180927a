/** How far a run is: one line that is written over on a terminal, a line a tenth elsewhere. */
import type { Run } from '@tanxiao/client';
import type { Bilingual } from '@tanxiao/contracts';

import { say, type Terminal } from '../terminal';

const BAR_WIDTH = 24;

const STEPS: Readonly<Record<NonNullable<Run['progress']>['step'], Bilingual>> = {
  freezing: { zh: '冻结总体', en: 'freezing' },
  benchmarking: { zh: '行业平均', en: 'benchmarks' },
  scoring: { zh: '评价', en: 'scoring' },
  ranking: { zh: '排名', en: 'ranking' },
};

export interface RunProgress {
  readonly tell: (run: Run) => void;
  /** Leaves the line. */
  readonly end: () => void;
}

export function runProgress(terminal: Terminal): RunProgress {
  const overwrites = 'isTTY' in terminal.stderr && terminal.stderr.isTTY === true;
  let isOpen = false;
  let told = '';
  return {
    tell: ({ progress }) => {
      if (progress === null) return;
      const text = line(progress);
      if (overwrites) {
        terminal.stderr.write(`\r\x1b[K${text[terminal.language]}`);
        isOpen = true;
        return;
      }
      const tenth = `${progress.step} ${Math.floor(10 * share(progress))}`;
      if (tenth !== told) say(terminal, text);
      told = tenth;
    },
    end: () => {
      if (isOpen) terminal.stderr.write('\n');
      isOpen = false;
    },
  };
}

type Progress = NonNullable<Run['progress']>;

function share({ done, total }: Progress): number {
  return total === 0 ? 0 : done / total;
}

function line(progress: Progress): Bilingual {
  const { step, done, total, perSecond, secondsLeft } = progress;
  const filled = Math.round(BAR_WIDTH * share(progress));
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
  const percent = `${Math.floor(100 * share(progress))} %`;
  const rate = perSecond === null ? '' : `, ${Math.round(perSecond)}/s`;
  const left = (unit: string): string => (secondsLeft === null ? '' : `, ${secondsLeft} ${unit}`);
  return {
    zh: `${STEPS[step].zh} ${bar} ${percent} ${done}/${total}${rate}${left('秒后完成')}`,
    en: `${STEPS[step].en} ${bar} ${percent} ${done}/${total}${rate}${left('s left')}`,
  };
}
