/** The one error of this package: a data file is not as its format says. */

/** Says which file, where in it, what was seen and what was expected; the mend is always in that file. */
export class StandardsDataError extends Error {
  override readonly name = 'StandardsDataError';

  constructor(
    readonly file: string,
    readonly where: string,
    problem: string,
  ) {
    super(`${file}, ${where}: ${problem}`);
  }
}
