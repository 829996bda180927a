/** `npm test`: prepare (some tests run what was built), then jest with the given arguments. */
import { REPOSITORY } from './prepare.mjs';
import { prepareAndRun } from './run-child.mjs';

void prepareAndRun(['node_modules', 'jest', 'bin', 'jest.js'], { cwd: REPOSITORY });
