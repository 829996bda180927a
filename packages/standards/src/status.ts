/** How sure we are of a number (domain.md): every figure in this package carries one of these words. */

/**
 * - `official`: read in the text of a published standard or notice
 * - `reported`: read in public material about the rule, not in the official text
 * - `assumed`: chosen by this project; a jurisdiction replaces it with its own number
 */
export const STATUSES = ['official', 'reported', 'assumed'] as const;
export type Status = (typeof STATUSES)[number];

export function isStatus(text: string): text is Status {
  return (STATUSES as readonly string[]).includes(text);
}
