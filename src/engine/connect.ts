import { createNodeRuntime, withClearedTimers } from '../base/node-runtime';
import type { Runtime } from '../base/runtime';
import type { Credential } from './credential';
import type { Engine } from './engine';
import { openEngine } from './engine';
import type { Network } from './network';
import { createNetwork } from './network';

/** Settings of `connect`. */
export interface ConnectOptions {
  /** Base URL of the organization or collection. */
  readonly organization: string;
  /** Called before every request, so that an expired token can be renewed. */
  readonly getCredential: () => Promise<Credential>;
  /** Folder for what is needed to continue after an interruption. Created when it is needed. */
  readonly stateFolder: string;
  /** Whether the host of the organization may get the token without encryption. Default: loopback addresses only. */
  readonly allowHttp?: boolean;
  /** For tests. Default: that of Node. */
  readonly runtime?: Runtime;
}

/** Open connection to an organization. */
export interface EngineConnection {
  readonly engine: Engine;
  /** Consumption of the user, if the service limits it. */
  readonly budget: Network['budget'];
  /** Ends all work and frees all connections. */
  readonly close: () => Promise<void>;
}

/**
 * Connects to an organization.
 *
 * @throws StaplerError if it cannot be reached, or refuses the credential.
 */
export async function connect(options: ConnectOptions): Promise<EngineConnection> {
  const { organization, getCredential, stateFolder, allowHttp = false } = options;
  const { runtime, clearTimers } = withClearedTimers(options.runtime ?? createNodeRuntime());
  const { stack, budget, close: closeNetwork } = createNetwork({ organization, allowHttp, runtime });

  async function close(): Promise<void> {
    clearTimers();
    await closeNetwork();
  }

  try {
    return {
      engine: await openEngine({ organization, getCredential, stack, runtime, stateFolder }),
      budget,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
