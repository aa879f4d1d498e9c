import type { Engine } from '../../engine/engine';
import type { EngineConnection } from '../../engine/connect';
import { connect } from '../../engine/connect';
import type { Invocation } from './command';
import { textOf } from './command';
import type { Place } from './organization';
import { findPlace } from './organization';
import { findCredential } from './sign-in';
import { stateFolderOf } from './state-folder';

/** A connected command. */
export interface Connected extends Place {
  readonly engine: Engine;
  /** Consumption of the person, if the service limits it. */
  readonly budget: EngineConnection['budget'];
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
  const { runtime } = environment;
  const place = await findPlace(
    { organization: textOf(values, 'organization'), project: textOf(values, 'project') },
    environment,
  );
  const getCredential = await findCredential({
    environment,
    fromStdin: values['token-stdin'] === true,
    now: runtime.now,
    onToken: output.hide,
  });
  const { engine, budget, close } = await connect({
    organization: place.organization,
    getCredential,
    stateFolder: textOf(values, 'state') ?? stateFolderOf(environment),
    allowHttp: values['allow-http'] === true,
    runtime,
  });
  try {
    return await task({ ...place, engine, budget });
  } finally {
    await close();
  }
}
