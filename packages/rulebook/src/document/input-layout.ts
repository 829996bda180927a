/**
 * The layout of kept inputs: names in their order, a choice's with its options (`kind=office|school`), since what is
 * kept of a choice is the position of an option, and another version of the rulebook may order them otherwise.
 */
import type { NumericInput } from './names';

export function layoutOf(inputs: readonly NumericInput[]): string[] {
  return inputs.map(({ name, options }) =>
    options ? `${name}=${options.map(({ code }) => code).join('|')}` : name,
  );
}

export interface LayoutEntry {
  readonly name: string;
  /** Codes of a choice's options; null for a quantity. */
  readonly options: readonly string[] | null;
}

export function layoutEntries(layout: readonly string[]): LayoutEntry[] {
  return layout.map((text) => {
    const [name = '', options] = text.split('=');
    return { name, options: options?.split('|') ?? null };
  });
}

/** What was submitted under a layout, by name: options by their codes. */
export function submittedInputs(
  layout: readonly string[],
  values: readonly (number | null)[],
): Record<string, number | string | null> {
  return Object.fromEntries(
    layoutEntries(layout).map(({ name, options }, index) => {
      const value = values[index] ?? null;
      return [name, value === null || !options ? value : (options[value] ?? null)];
    }),
  );
}

/** Where a layout's inputs go among the columns of others. */
export interface LayoutColumns {
  /** By position of the layout: position among the inputs; −1: it is none of them. */
  readonly target: Int32Array;
  /** Brings a subject's choices to the positions that their options have now; to be called once its values are there. */
  readonly settle: (columns: readonly Float64Array[], row: number) => void;
  /** Whether there is anything to settle. */
  readonly moves: boolean;
}

/** As {@link layoutReader}, for values that go straight into columns: NaN is unknown. */
export function layoutColumns(
  layout: readonly string[],
  inputs: readonly NumericInput[],
): LayoutColumns {
  const target = new Int32Array(layout.length).fill(-1);
  const moved: { readonly input: number; readonly position: readonly number[] }[] = [];
  sourcesIn(layout, inputs).forEach((source, input) => {
    if (source === null) return;
    target[source.index] = input;
    if (source.position?.some((to, from) => to !== from))
      moved.push({ input, position: source.position });
  });
  return {
    target,
    moves: moved.length > 0,
    settle: (columns, row) => {
      for (const { input, position } of moved) {
        const to = position[columns[input]![row]!] ?? -1;
        columns[input]![row] = to < 0 ? NaN : to;
      }
    },
  };
}

/** Brings inputs kept under a layout into the order of others; what the layout did not have is unknown there. */
export function layoutReader(
  layout: readonly string[],
  inputs: readonly NumericInput[],
): (values: readonly (number | null)[]) => readonly (number | null)[] {
  const wanted = layoutOf(inputs);
  if (wanted.length === layout.length && wanted.every((entry, i) => entry === layout[i]))
    return (values) => values;
  const sources = sourcesIn(layout, inputs);
  return (values) =>
    sources.map((source) => {
      const value = source ? (values[source.index] ?? null) : null;
      if (value === null || !source?.position) return value;
      const position = source.position[value] ?? -1;
      return position < 0 ? null : position;
    });
}

/** By input: its place in a layout, and of a choice where each option kept stands now; null where the layout hasn't got it. */
function sourcesIn(
  layout: readonly string[],
  inputs: readonly NumericInput[],
): ({ readonly index: number; readonly position: readonly number[] | null } | null)[] {
  const entries = layoutEntries(layout);
  return inputs.map(({ name, options }) => {
    const index = entries.findIndex((entry) => entry.name === name);
    const kept = entries[index]?.options ?? null;
    // A quantity that became a choice, or the other way round, is not the same input any more.
    if (index < 0 || (kept === null) !== (options === null)) return null;
    const position = kept?.map((code) => options!.findIndex((option) => option.code === code));
    return { index, position: position ?? null };
  });
}
