/** What every acceptance run gets: a folder of its own, a seed, and one running product, started when first asked for. */
import type { Stack } from './stack';

export interface Acceptance {
  readonly folder: string;
  readonly seed: number;
  readonly stack: () => Promise<Stack>;
  readonly say: (line: string) => void;
}
