/** `npm run demo`: prepare, then the made city. */
import { prepareAndRun } from './run-child.mjs';

void prepareAndRun(['infra', 'demo', 'dist', 'main.js']);
