import { spawnSync } from 'node:child_process';
import { projectFolder } from './vsix';

/**
 * Runs a Node script of the project to its end.
 *
 * @param args - the script, relative to the project's folder, and its arguments
 * @param env - additional environment variables
 */
export function runTask(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, args, {
    cwd: projectFolder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}
