/** The API as a library: the application for tests and for the embedded runtime, and its OpenAPI document. */
export { createApp } from './app';
export type { ApiResources } from './context';
export { openApiDocument } from './documentation/document';
export { type Environment, ENVIRONMENT_VARIABLES, readEnvironment } from './environment';
export { listen, type ListeningServer } from './server';
