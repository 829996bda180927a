/** The standards package: dated data files and the typed loaders that read them. */
export * from './carriers';
export * from './classification';
export * from './classification-conversion';
export { StandardsDataError } from './data-error';
export { dataFolder } from './data-folder';
export { dataProblem } from './data-problem';
export * from './documents';
export * from './factor-catalogue';
export { type ParsedDocuments, parseDocuments } from './parse-documents';
export * from './regions';
export * from './standards';
export * from './standards-in-force';
export * from './status';
export type { Source } from './yaml-fields';
