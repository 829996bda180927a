import { runBuilt } from '../support/built-program';

it('a run whose worker host is cut off from the network is finished by the other host, with the same ratings', async () => {
  const { code, output } = await runBuilt('namespaces/main.js');
  if (output.includes('skipped')) process.stderr.write(output);
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
}, 240_000);
