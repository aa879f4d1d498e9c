import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { EngineConnection } from '../../../engine/connect';
import { connect as connectEngine } from '../../../engine/connect';
import { credentialOf } from '../../../engine/credential';
import type { Engine } from '../../../engine/engine';
import { baseOf } from '../organization';
import { stateFolderOf } from '../state-folder';
import { readArgument } from './read-argument';

/** Options of `connect`. */
export interface ConnectOptions {
  /** Address of the organization or collection, such as `https://dev.azure.com/fabrikam`. */
  readonly organization: string;
  /**
   * Personal access token with the scope "Work items (read & write)", or a token of Microsoft Entra or of a pipeline. A
   * function is called before every request, so that it can renew an expired token.
   */
  readonly token: string | (() => string | Promise<string>);
  /**
   * Folder for what is needed to continue after an interruption; it gets neither bytes of files nor tokens. Created when
   * it is needed. Default: that of the command line.
   */
  readonly stateFolder?: string;
  /** Whether the host of the organization may get the token without encryption. Default: loopback addresses only. */
  readonly allowHttp?: boolean;
}

/** Open connection to an organization, for the other functions. It must be closed. */
export interface Connection {
  /** Address of the organization, with a slash at the end. */
  readonly organization: string;
  /** Ends all work and frees all connections. What was interrupted continues with an equal call later. */
  readonly close: () => Promise<void>;
}

const engines = new WeakMap<Connection, EngineConnection>();

/**
 * Connects to an organization. The token is sent to this organization only.
 *
 * @throws TypeError for a wrong address; StaplerError if the organization cannot be reached (`network`, `timeout`) or
 *   refuses the token (`signed-out`).
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { token, stateFolder, allowHttp = false } = options;
  const organization = readArgument(() => baseOf(options.organization, 'The organization'));
  const opened = await connectEngine({
    ...{ organization, allowHttp },
    getCredential: async () => credentialOf(typeof token === 'string' ? token : await token()),
    stateFolder:
      stateFolder === undefined
        ? stateFolderOf({ env: process.env, home: homedir(), platform: process.platform })
        : resolve(stateFolder),
  });
  const connection: Connection = {
    organization,
    async close() {
      if (engines.delete(connection)) await opened.close();
    },
  };
  engines.set(connection, opened);
  return connection;
}

/** Returns the engine of a connection. @throws TypeError for a closed one. */
export function engineOf(connection: Connection): Engine {
  const opened = engines.get(connection);
  if (!opened) throw new TypeError('This connection is closed.');
  return opened.engine;
}
