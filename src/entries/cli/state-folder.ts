import { join } from 'node:path';
import type { CliEnvironment } from './environment';

/** Returns the folder for the state of programs: by the XDG base directories, and their counterparts elsewhere. */
export function stateFolderOf({
  env,
  home,
  platform,
}: Pick<CliEnvironment, 'env' | 'home' | 'platform'>): string {
  const folder =
    env['STAPLER_STATE'] ??
    env['XDG_STATE_HOME'] ??
    (platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ??
    (platform === 'darwin' ? join(home, 'Library', 'Application Support') : join(home, '.local', 'state'));
  return join(folder, 'stapler');
}
