/**
 * JSON Schemas for editors, generated from the zod schemas: completion, and a description of every field on hover. The
 * descriptions stand in tables of their own by the field's path, so that the schema's code stays short.
 */
import type { Bilingual } from '@tanxiao/contracts';
import { z } from 'zod';

import { factorSetSchema } from '../document/factor-set-schema';
import { rulebookSchema } from '../document/schema';
import { FACTOR_SET_FIELDS } from './factor-set-fields';
import { type FieldTexts, SHARED_FIELDS } from './field-text';
import { RULEBOOK_FIELDS } from './rulebook-fields';

type JsonSchema = z.core.JSONSchema.BaseSchema;

export interface EditorSchema {
  readonly schema: JsonSchema;
  /** Paths of fields without a description, and descriptions without a field: both empty while all is well. */
  readonly undescribed: readonly string[];
  readonly unused: readonly string[];
}

export function rulebookEditorSchema(): EditorSchema {
  return editorSchema(rulebookSchema, {
    title: '评价规范 · Tanxiao rulebook',
    fields: RULEBOOK_FIELDS,
  });
}

export function factorSetEditorSchema(): EditorSchema {
  return editorSchema(factorSetSchema, {
    title: '因子集 · Tanxiao factor set',
    fields: FACTOR_SET_FIELDS,
  });
}

/** Draft 7 is what every YAML language server reads; `input`: a field with a default may be left out. */
function editorSchema(
  of: z.ZodType,
  texts: { readonly title: string; readonly fields: FieldTexts },
): EditorSchema {
  const schema = z.toJSONSchema(of, { target: 'draft-7', io: 'input' });
  schema.title = texts.title;
  const seen = new Set<string>();
  const undescribed = new Set<string>();
  describeFields(schema, '', (path) => {
    const text = texts.fields[path] ?? sharedText(path);
    if (text === undefined) undescribed.add(path);
    seen.add(path);
    return text;
  });
  return {
    schema,
    undescribed: [...undescribed],
    unused: Object.keys(texts.fields).filter((path) => !seen.has(path)),
  };
}

/** By the last two names of the path, or the last one. */
function sharedText(path: string): Bilingual | undefined {
  const names = path.split('.');
  return SHARED_FIELDS[names.slice(-2).join('.')] ?? SHARED_FIELDS[names.at(-1) ?? ''];
}

/** Paths are written `gradings[].bands[].atMost`; the values of a record stand under `.*`. */
function describeFields(
  schema: JsonSchema,
  path: string,
  textOf: (path: string) => Bilingual | undefined,
): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (typeof field === 'boolean') continue;
    const at = path === '' ? name : `${path}.${name}`;
    const text = textOf(at);
    if (text) field.description = `${text.zh}\n\n${text.en}`;
    describeFields(field, at, textOf);
  }
  const { items, additionalProperties } = schema;
  const below: [unknown, string][] = [
    ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((forms) =>
      (forms ?? []).map((form): [unknown, string] => [form, path]),
    ),
    [items, `${path}[]`],
    [additionalProperties, `${path}.*`],
  ];
  for (const [one, at] of below) {
    if (typeof one === 'object' && one !== null && !Array.isArray(one)) {
      describeFields(one as JsonSchema, at, textOf);
    }
  }
}
