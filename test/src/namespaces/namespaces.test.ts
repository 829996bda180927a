import { runProgram } from '../support/source-program';

it('a run whose worker host is cut off from the network is finished by the other host, with the same ratings', async () => {
  const { code, output } = await runProgram('namespaces/main.ts');
  if (output.includes('skipped')) process.stderr.write(output);
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
}, 240_000);
