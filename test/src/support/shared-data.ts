/**
 * Reference data too large for the repository lie in an optional folder `shared` beside the
 * checkout. Tests that need them skip themselves, saying so, when they are not there.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The same from src/ and from dist/. */
const REPOSITORY = resolve(__dirname, '..', '..', '..');
const told = new Set<string>();

/**
 * @param relative such as 'real-data/us_factory_assessments_1981_2012.csv'
 * @returns the full path, or null (with the reason printed once) when it is not there
 */
export function sharedPath(relative: string): string | null {
  const folder = process.env.TANXIAO_SHARED ?? join(REPOSITORY, '..', 'shared');
  const path = join(folder, relative);
  if (existsSync(path)) return path;
  if (!told.has(path)) {
    told.add(path);
    process.stderr.write(
      `缺少可选数据 ${path}，相关测试跳过（可用 TANXIAO_SHARED 指定文件夹）。` +
        `Optional data ${path} are missing, tests that need them are skipped (TANXIAO_SHARED names the folder).\n`,
    );
  }
  return null;
}
