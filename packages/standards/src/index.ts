/** The standards package: dated data files and the typed loaders that read them. */
export * from './carriers';
export * from './classification';
export * from './classification-conversion';
export { StandardsDataError } from './data-error';
export { dataFolder } from './data-folder';
export * from './documents';
export * from './factor-catalogue';
export * from './regions';
export * from './standards';
export * from './standards-in-force';
export * from './status';
export type { Source } from './yaml-fields';
