/** Numbers in documents obey the same limits as quantities: at most 15 significant digits, so a double is exact. */
import { decimalText, readDecimal } from '@tanxiao/contracts';

import type { DocumentPath, ProblemList } from './problems';

export function checkDecimal(problems: ProblemList, path: DocumentPath, value: number): void {
  if (!Number.isFinite(value)) {
    problems.add(path, 'bad-number', 'a finite number is expected');
    return;
  }
  const reading = readDecimal(decimalText(value));
  if (!reading.ok) {
    problems.add(
      path,
      'bad-number',
      `${value}: at most 15 significant digits, below 10^15, at most 15 decimal places`,
    );
  }
}
