/**
 * Manifests against the schemas of Kubernetes, KEDA and the Prometheus operator (packages of kubernetes-models): their
 * validators for types, ranges and what is required; TypeScript's check of an object literal for what no validator
 * of theirs sees, a field that there is not.
 */
import path from 'node:path';

import ts from 'typescript';

import type { Document } from './kustomization';

/** The module that holds a kind's model and its interface. */
function moduleOf({ apiVersion, kind }: Document): string {
  const group = apiVersion.split('/')[0];
  const home =
    group === 'keda.sh'
      ? '@kubernetes-models/keda'
      : group === 'monitoring.coreos.com'
        ? '@kubernetes-models/prometheus-operator'
        : 'kubernetes-models';
  return `${home}/${apiVersion}/${kind}`;
}

type ModelClass = new (data: unknown) => { validate(): void };

const describe = ({ kind, metadata }: Document): string => `${kind} ${metadata.name}`;

/** What is wrong, a line each; empty: nothing. */
export function schemaProblems(documents: readonly Document[]): string[] {
  return [...documents.flatMap(refusedByValidator), ...refusedByCompiler(documents)];
}

function refusedByValidator(document: Document): string[] {
  const models = jest.requireActual<Readonly<Record<string, ModelClass>>>(moduleOf(document));
  try {
    new models[document.kind]!(document).validate();
    return [];
  } catch (error) {
    return [`${describe(document)}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

const LITERALS = path.join(__dirname, 'manifests-as-literals.ts');

function refusedByCompiler(documents: readonly Document[]): string[] {
  const source = documents
    .map((document, index) =>
      [
        `import type { I${document.kind} as I${index} } from '${moduleOf(document)}';`,
        `export const m${index}: I${index} = ${JSON.stringify(document)};`,
      ].join(' '),
    )
    .join('\n');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === LITERALS
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
      : read(name, ...rest);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === LITERALS || exists(name);
  const program = ts.createProgram([LITERALS], options, host);
  const file = program.getSourceFile(LITERALS);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ messageText, start }) => {
      const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
      return `${describe(documents[line]!)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    },
  );
}
