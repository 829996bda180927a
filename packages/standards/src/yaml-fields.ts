/** Reads the small YAML descriptions beside the CSV files, field by field, with an error that names the field. */
import type { Bilingual } from '@tanxiao/contracts';
import { parse, YAMLParseError } from 'yaml';

import { StandardsDataError } from './data-error';
import { isStatus, type Status } from './status';

/** Where a table comes from and how sure we are of it. */
export interface Source {
  readonly citation: string;
  readonly status: Status;
}

/** One mapping of a YAML document, with typed access to its fields. */
export class YamlFields {
  private constructor(
    private readonly file: string,
    private readonly where: string,
    private readonly fields: ReadonlyMap<string, unknown>,
  ) {}

  static parse(file: string, text: string): YamlFields {
    return YamlFields.of(file, 'top level', parsed(file, text));
  }

  private static of(file: string, where: string, value: unknown): YamlFields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new StandardsDataError(file, where, 'a mapping is expected');
    }
    return new YamlFields(file, where, new Map(Object.entries(value)));
  }

  text(name: string): string {
    const value = this.fields.get(name);
    if (typeof value === 'string' && value !== '') return value;
    throw new StandardsDataError(this.file, this.where, `"${name}" must be a text`);
  }

  number(name: string): number {
    const value = this.fields.get(name);
    if (typeof value === 'number') return value;
    throw new StandardsDataError(this.file, this.where, `"${name}" must be a number`);
  }

  mapping(name: string): YamlFields {
    return YamlFields.of(this.file, `${this.where} › ${name}`, this.fields.get(name));
  }

  list(name: string): YamlFields[] {
    const value = this.fields.get(name);
    if (!Array.isArray(value)) {
      throw new StandardsDataError(this.file, this.where, `"${name}" must be a list`);
    }
    return value.map((item: unknown, i) =>
      YamlFields.of(this.file, `${this.where} › ${name}[${i}]`, item),
    );
  }

  names(): string[] {
    return [...this.fields.keys()];
  }

  bilingual(name: string): Bilingual {
    const texts = this.mapping(name);
    return { zh: texts.text('zh'), en: texts.text('en') };
  }

  status(name = 'status'): Status {
    const value = this.text(name);
    if (isStatus(value)) return value;
    throw new StandardsDataError(this.file, this.where, `unknown status "${value}"`);
  }

  source(name = 'source'): Source {
    const fields = this.mapping(name);
    return { citation: fields.text('citation'), status: fields.status() };
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [start] = error.linePos ?? [];
    throw new StandardsDataError(file, `${start?.line ?? 1}:${start?.col ?? 1}`, error.message);
  }
}
