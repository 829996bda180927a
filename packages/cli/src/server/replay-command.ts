/** `tanxiao replay`: has a server recompute a rating it keeps, and says whether every value is the same. */
import { EXIT, type ExitCode } from '../failures';
import { type OptionShape, readOptions } from '../options';
import { say, type Terminal, writeContent } from '../terminal';
import { clientOf, idArgument, serverFailure } from './server-client';

const SHAPE: OptionShape = {
  options: { server: 'text', json: 'flag' },
  positionals: { least: 1, most: 1 },
};

export async function replayCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const id = idArgument(options.positionals[0]!);
  const client = clientOf(options.required('server'), terminal);
  const replay = await client.replay(id).catch((error: unknown) => {
    throw serverFailure(error);
  });
  const shown = replay.identical && !options.flag('json') ? null : replay;
  if (shown) await writeContent(terminal.stdout, `${JSON.stringify(shown, null, 2)}\n`);
  say(
    terminal,
    replay.identical
      ? { zh: `评级 ${id} 重算结果一致`, en: `rating ${id}: recomputed, identical` }
      : { zh: `评级 ${id} 重算结果不一致`, en: `rating ${id}: recomputed, NOT identical` },
  );
  return replay.identical ? EXIT.ok : EXIT.failed;
}
