/** Columns of submissions while they are filled, row by row. */
import type {
  SubjectScheme,
  SubmissionColumns,
  SubmissionPlace,
  ValidSubmission,
} from '@tanxiao/contracts';

export class SubmissionBlock {
  private size = 0;
  private readonly rowNumbers: Int32Array;
  private readonly schemes: SubjectScheme[] = [];
  private readonly codes: string[] = [];
  private readonly names: (string | null)[] = [];
  private readonly periods = new Distinct<string>();
  private readonly periodOf: Int32Array;
  private readonly places = new Distinct<SubmissionPlace>();
  private readonly placesByTexts = new Map<string, SubmissionPlace>();
  private readonly placeOf: Int32Array;
  private readonly inputs: (Float64Array | null)[];

  /** @param capacity rows; no more can be added */
  constructor(
    inputs: number,
    private readonly capacity: number,
  ) {
    this.inputs = new Array<Float64Array | null>(inputs).fill(null);
    this.rowNumbers = new Int32Array(capacity);
    this.periodOf = new Int32Array(capacity);
    this.placeOf = new Int32Array(capacity);
  }

  add(row: number, submission: ValidSubmission): void {
    const { subject, period, inputs, regionCode, industryClassification, industryCode } =
      submission;
    const key = `${regionCode} ${industryCode} ${industryClassification}`;
    const place = this.placesByTexts.get(key) ?? {
      ...{ regionCode, industryClassification, industryCode },
    };
    this.placesByTexts.set(key, place);
    inputs.forEach((value, input) => {
      if (value !== null) this.set(input, value);
    });
    this.end(row, { ...subject, name: submission.name, period, place });
  }

  /** A value of the row that is being filled. */
  set(input: number, value: number): void {
    (this.inputs[input] ??= new Float64Array(this.capacity).fill(NaN))[this.size] = value;
  }

  /** Takes back what was {@link set} of a row that turned out to be none. */
  clear(): void {
    for (const column of this.inputs) if (column !== null) column[this.size] = NaN;
  }

  /** The values of the row that is being filled: the inputs' columns, and where it stands in them. */
  get filling(): {
    readonly inputs: readonly (Float64Array | null)[];
    readonly row: number;
  } {
    return { inputs: this.inputs, row: this.size };
  }

  /** The row is whole. @param place the same object for the same place spares a look-up by its texts */
  end(
    row: number,
    of: {
      readonly scheme: SubjectScheme;
      readonly code: string;
      readonly name: string | null;
      readonly period: string;
      readonly place: SubmissionPlace;
    },
  ): void {
    const at = this.size++;
    this.rowNumbers[at] = row;
    this.schemes.push(of.scheme);
    this.codes.push(of.code);
    this.names.push(of.name);
    this.periodOf[at] = this.periods.positionOf(of.period);
    this.placeOf[at] = this.places.positionOf(of.place);
  }

  columns(): SubmissionColumns {
    const { size, rowNumbers, schemes, codes, names, periodOf, placeOf, inputs } = this;
    const [periods, places] = [this.periods.values, this.places.values];
    return { size, rowNumbers, schemes, codes, names, periods, periodOf, places, placeOf, inputs };
  }
}

/** Numbers values in the order in which they come; objects by what they are, not by what is in them. */
class Distinct<T> {
  readonly values: T[] = [];
  private readonly positions = new Map<T, number>();

  positionOf(value: T): number {
    let position = this.positions.get(value);
    if (position === undefined) {
      position = this.values.push(value) - 1;
      this.positions.set(value, position);
    }
    return position;
  }
}
