/** What test files of any package may use. */
export { adminUrl, createTestDatabase, type DatabaseTemplate, type TestDatabase } from './database';
export { findForTests, findOnPath, freePort } from './programs';
export { startTestRedis, type TestRedis } from './redis';
export { type ShapesDocuments, shapesDocuments } from './shapes-rulebook';
export { sharedPath } from './shared-data';
export { makeTempDir, type TempDir } from './temp-dir';
