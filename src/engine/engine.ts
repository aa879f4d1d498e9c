import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ConnectionData } from '../azure/rest/connection-data';
import { readConnectionData } from '../azure/rest/connection-data';
import type { HttpStack } from '../azure/rest/http-stack';
import { MAX_ATTACHMENTS_PER_WORK_ITEM } from '../azure/work-item';
import { isStaplerError, toProblem } from '../base/errors';
import { isSignedOut, isUnreachable } from '../base/problem-traits';
import { retry } from '../base/retry';
import type { Runtime } from '../base/runtime';
import type { FrameServices } from '../upload/frame-services';
import { createFrameServices } from '../upload/frame-services';
import type { FolderJournal, FolderJournalOptions } from '../upload/recovery/journal/folder-journal';
import { openFolderJournal } from '../upload/recovery/journal/folder-journal';
import type { KnownContents } from '../upload/recovery/journal/known-contents';
import { openKnownContents } from '../upload/recovery/journal/known-contents';
import type { UploadSizes } from '../upload/upload-transport';
import type { Credential } from './credential';
import { authorizationOf } from './credential';

/** Attempts to connect; a few seconds. A wrong address should not take minutes. */
const MAX_CONNECT_ATTEMPTS = 4;

/** Dependencies of `openEngine`. */
export interface EngineOptions {
  /** Base URL of the organization or collection. */
  readonly organization: string;
  /** Called before every request, so that an expired token can be renewed. */
  readonly getCredential: () => Promise<Credential>;
  readonly stack: HttpStack;
  readonly runtime: Runtime;
  /** Folder for journals and for what is known about attachments. Created when it is needed. */
  readonly stateFolder: string;
  /** For tests. Default: those of the transport. */
  readonly sizes?: UploadSizes;
  /** For tests. Default: journals in folders. */
  readonly openJournal?: typeof openFolderJournal;
}

/** Connection to one organization, with all that the commands share. */
export interface Engine {
  readonly organization: string;
  readonly services: FrameServices;
  readonly connectionData: ConnectionData;
  readonly stack: HttpStack;
  /** Returns the `Authorization` header for this organization. */
  readonly getAuthorization: () => Promise<string>;
  /** Contents of attachments that this computer has attached. */
  readonly contents: KnownContents;
  /**
   * Opens the journal of one command, identified by its arguments.
   *
   * @throws FolderInUseError if another process runs the same command.
   */
  readonly openJournal: (
    command: readonly string[],
    onLost: FolderJournalOptions['onLost'],
  ) => Promise<FolderJournal>;
  readonly sizes: UploadSizes;
}

/**
 * Connects to an organization.
 *
 * @throws StaplerError if it cannot be reached or refuses the credential.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { organization, getCredential, stack, runtime, stateFolder } = options;
  const { sizes = {}, openJournal = openFolderJournal } = options;
  let limit: number = MAX_ATTACHMENTS_PER_WORK_ITEM;
  const getAuthorization = async (): Promise<string> => authorizationOf(await getCredential());
  const services = createFrameServices({
    host: {
      getToken: getAuthorization,
      authorize: (header) => header,
      getBaseUrl: () => Promise.resolve(organization),
      getAttachmentLimit: () => limit,
    },
    stack,
    runtime,
  });
  const connectionData = await connectionDataOf(services, organization);
  // A server has no documented limit: it decides itself.
  if (connectionData.deployment === 'server') limit = Infinity;
  const folder = join(stateFolder, digest(organization.toLowerCase().replace(/\/+$/, '')));
  return {
    organization,
    services,
    connectionData,
    stack,
    getAuthorization,
    contents: await openKnownContents(join(folder, 'contents'), runtime),
    openJournal: (command, onLost) =>
      openJournal({ folder: join(folder, digest(JSON.stringify(command))), runtime, onLost }),
    sizes,
  };
}

/** A proxy or an old server may not know the route: then the address has to tell the edition. */
async function connectionDataOf(
  { connection, runtime }: Pick<FrameServices, 'connection' | 'runtime'>,
  organization: string,
): Promise<ConnectionData> {
  try {
    return await retry(() => readConnectionData(connection), { runtime, maxAttempts: MAX_CONNECT_ATTEMPTS });
  } catch (error) {
    if (isSignedOut(error) || isUnreachable(toProblem(error)) || !isStaplerError(error)) throw error;
    const { hostname } = new URL(organization);
    const isServices = hostname === 'dev.azure.com' || hostname.endsWith('.visualstudio.com');
    return { deployment: isServices ? 'services' : 'server', userName: '' };
  }
}

/** Length of a digest in the name of a folder, in characters. */
const DIGEST_LENGTH = 32;

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}
