/**
 * One line of RFC 4180 CSV, there and back. The assessments hold no line break inside a quoted field (checked:
 * 15,739 lines are 15,739 records), so a line is a record and the file can be streamed line by line.
 */

/** The fields of one line; `""` inside a quoted field is a quote. */
export function splitCsvLine(line: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (line[i + 1] === '"') field += line[++i]!;
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      fields.push(field);
      field = '';
    } else field += character;
  }
  if (quoted) throw new Error(`a quoted field does not end on its line: ${line.slice(0, 80)}`);
  return [...fields, field];
}

export function joinCsvLine(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}
