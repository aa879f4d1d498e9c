import { join } from 'node:path';
import { withClearedTimers } from '../../base/node-runtime';
import type { Engine } from '../../engine/engine';
import { openEngine } from '../../engine/engine';
import type { Network } from '../../engine/network';
import { createNetwork } from '../../engine/network';
import type { Invocation } from './command';
import { textOf } from './command';
import type { CliEnvironment } from './environment';
import type { Place } from './organization';
import { findPlace } from './organization';
import { findCredential } from './sign-in';

/** A connected command. */
export interface Connected extends Place {
  readonly engine: Engine;
  /** Consumption of the person, if the service limits it. */
  readonly budget: Network['budget'];
}

/**
 * Connects to the organization of a command, runs `task` and disconnects.
 *
 * @throws CliError if the organization or the credential is missing, StaplerError if the connection fails.
 */
export async function withEngine<T>(
  { values, environment, output }: Invocation,
  task: (connected: Connected) => Promise<T>,
): Promise<T> {
  const { runtime, clearTimers } = withClearedTimers(environment.runtime);
  const allowHttp = values['allow-http'] === true;
  const organizationOption = textOf(values, 'organization');
  const place = await findPlace(
    { organization: organizationOption, project: textOf(values, 'project') },
    environment,
  );
  const getCredential = await findCredential({
    environment,
    fromStdin: values['token-stdin'] === true,
    now: runtime.now,
    onToken: output.hide,
  });
  const network = createNetwork({ organization: place.organization, allowHttp, runtime });
  try {
    const engine = await openEngine({
      organization: place.organization,
      getCredential,
      stack: network.stack,
      runtime,
      stateFolder: textOf(values, 'state') ?? stateFolderOf(environment),
    });
    return await task({ ...place, engine, budget: network.budget });
  } finally {
    clearTimers();
    await network.close();
  }
}

/** Returns the folder for the state of programs: by the XDG base directories, and their counterparts elsewhere. */
function stateFolderOf({ env, home, platform }: Pick<CliEnvironment, 'env' | 'home' | 'platform'>): string {
  const folder =
    env['STAPLER_STATE'] ??
    env['XDG_STATE_HOME'] ??
    (platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ??
    (platform === 'darwin' ? join(home, 'Library', 'Application Support') : join(home, '.local', 'state'));
  return join(folder, 'stapler');
}
