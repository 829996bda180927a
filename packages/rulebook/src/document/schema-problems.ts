/**
 * What zod refuses, as problems an author can use: an unknown field with the known one it resembles, and for a field of
 * several forms the mistakes of the form that was meant, where zod itself says "invalid input".
 */
import { z } from 'zod';

import type { ProblemCode } from './problem-texts';
import type { DocumentPath, ProblemList, UnknownName } from './problems';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

interface SchemaDocument {
  readonly schema: Schema;
  /** The document as read, before the schema was applied. */
  readonly data: unknown;
}

export function addSchemaProblems(
  problems: ProblemList,
  issues: readonly Issue[],
  document: SchemaDocument,
): void {
  for (const issue of issues) {
    for (const { path, code, message, unknown } of problemsOf(issue, [], document)) {
      problems.add(path, code, `${path.join('.') || 'document'}: ${message}`, unknown);
    }
  }
}

interface SchemaProblem {
  readonly path: DocumentPath;
  readonly code: ProblemCode;
  readonly message: string;
  readonly unknown?: UnknownName;
}

/** @param at where the issue's own path begins: zod counts within a union from the union on */
function problemsOf(issue: Issue, at: DocumentPath, document: SchemaDocument): SchemaProblem[] {
  const path = [...at, ...keysOf(issue.path)];
  const code = `schema-${issue.code}` as const;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = fieldsAt(document.schema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        code,
        message: `there is no field "${key}" here; there are ${known.join(', ')}`,
        unknown: { seen: key, known },
      }));
    }
    case 'invalid_value': {
      const seen = valueAt(document.data, path);
      const known = issue.values.map(String);
      const problem = { path, code, message: issue.message };
      return [typeof seen === 'string' ? { ...problem, unknown: { seen, known } } : problem];
    }
    case 'invalid_union':
      return unionProblems(issue, path, document);
    default:
      return [{ path, code, message: issue.message }];
  }
}

function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: DocumentPath,
  document: SchemaDocument,
): SchemaProblem[] {
  const code = 'schema-invalid_union';
  if ('options' in issue) {
    const known = issue.options.map(String);
    const seen = valueAt(document.data, path);
    const message = `expected one of ${known.join(', ')}`;
    return [
      { path, code, message, ...(typeof seen === 'string' ? { unknown: { seen, known } } : {}) },
    ];
  }
  const forms: readonly Issue[][] = issue.errors;
  if (forms.length === 0) return [{ path, code, message: issue.message }];
  const misspelt = keysOfNoForm(forms);
  if (misspelt.length > 0) {
    const unknownKeys: Issue = {
      code: 'unrecognized_keys',
      keys: misspelt,
      path: [],
      message: '',
    };
    return problemsOf(unknownKeys, path, document);
  }
  if (forms.every((issues) => issues.every((one) => one.path.length === 0))) {
    const message = [...new Set(forms.flat().map((one) => one.message))].join('; or: ');
    const known = forms.flat().flatMap((one) => (one.code === 'invalid_value' ? one.values : []));
    const seen = valueAt(document.data, path);
    const unknown = { seen: String(seen), known: known.map(String) };
    return [{ path, code, message, ...(typeof seen === 'string' ? { unknown } : {}) }];
  }
  const meant = [...forms].sort((a, b) => misfit(a) - misfit(b))[0]!;
  return meant.flatMap((one) => problemsOf(one, path, document));
}

/** Keys that every form with fields refuses: whatever was meant, they are misspelt. */
function keysOfNoForm(forms: readonly (readonly Issue[])[]): string[] {
  const isWord = (issues: readonly Issue[]): boolean =>
    issues.every((one) => one.code === 'invalid_value' && one.path.length === 0);
  const refused = forms
    .filter((issues) => !isWord(issues))
    .map((issues) =>
      issues.flatMap((one) =>
        one.code === 'unrecognized_keys' && one.path.length === 0 ? one.keys : [],
      ),
    );
  return (refused[0] ?? []).filter((key) => refused.every((keys) => keys.includes(key)));
}

/** How far a form is from what was written: its own fields count before what stands within them. */
function misfit(issues: readonly Issue[]): number {
  const WITHIN = 0.001;
  return issues.reduce((sum, one) => {
    if (one.code === 'unrecognized_keys' && one.path.length === 0) return sum + one.keys.length;
    return sum + (one.path.length <= 1 ? 1 : WITHIN);
  }, 0);
}

/** The names of the fields that an object at a path of the document may have. */
function fieldsAt(schema: Schema, path: DocumentPath): string[] {
  const schemas = path.reduce<Schema[]>(
    (found, key) => found.flatMap((one) => below(one, key)),
    [schema],
  );
  return [...new Set(schemas.flatMap(forms).flatMap((one) => fieldNames(one)))];
}

function fieldNames(schema: Schema): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function below(schema: Schema, key: string | number): Schema[] {
  return forms(schema).flatMap((one): Schema[] => {
    if (one instanceof z.ZodObject) {
      const field = (one.shape as Readonly<Record<string, Schema>>)[key];
      return field ? [field] : [];
    }
    if (one instanceof z.ZodArray) return [one.element];
    if (one instanceof z.ZodRecord) return [one.valueType];
    return [];
  });
}

/** A schema without what makes it optional, and each form of a union. */
function forms(schema: Schema): Schema[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return forms(schema.unwrap());
  }
  if (schema instanceof z.ZodDefault) return forms(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => forms(one));
  return [schema];
}

function valueAt(data: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    data,
  );
}

/** YAML's keys are texts and positions, never symbols. */
function keysOf(path: readonly PropertyKey[]): DocumentPath {
  return path.map((key) => (typeof key === 'symbol' ? key.toString() : key));
}
