/** The `tanxiao` program: this process's arguments, streams and exit code. */
import { dayInChina } from '@tanxiao/contracts';

import { run } from './run';
import { languageOfEnvironment } from './terminal';

// A reader that has seen enough (`tanxiao factors | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const terminal = {
  stdout: process.stdout,
  stderr: process.stderr,
  language: languageOfEnvironment(process.env),
  today: dayInChina(new Date()),
};

run(process.argv.slice(2), terminal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
