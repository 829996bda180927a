/** `npm start`: prepare, then the embedded database, API and worker. */
import { prepareAndRun } from './run-child.mjs';

void prepareAndRun(['infra', 'embedded', 'dist', 'main.js']);
