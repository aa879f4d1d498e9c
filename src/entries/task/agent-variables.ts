import { isAbsolute, resolve } from 'node:path';
import type { Credential } from '../../engine/credential';
import { credentialOf } from '../../engine/credential';
import { TaskError } from './task-error';

/** Environment variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The run of a task: facts that the agent tells. */
export interface AgentRun {
  /** Base URL of the organization or collection, with a slash at the end. */
  readonly organization: string;
  /** Name of the project. */
  readonly project: string;
  /** Undefined in a classic release without a build. */
  readonly buildId: number | undefined;
  readonly credential: Credential;
  /** Folder that relative paths start from. */
  readonly sources: string;
  /** Folder that is empty at the start of each job. */
  readonly temporary: string;
  /** Folders whose files a report of tests may name. */
  readonly folders: readonly string[];
}

/**
 * Reads the variables of an agent.
 *
 * @throws TaskError if one is missing: not an agent, or a job without a token.
 */
export function readAgentRun(env: Variables, cwd: string): AgentRun {
  const read = (name: string): string | undefined => valueOf(env[name]);
  const organization = read('SYSTEM_COLLECTIONURI') ?? read('SYSTEM_TEAMFOUNDATIONCOLLECTIONURI');
  const project = read('SYSTEM_TEAMPROJECT');
  if (organization === undefined || project === undefined)
    throw new TaskError(
      'SYSTEM_COLLECTIONURI and SYSTEM_TEAMPROJECT are missing. This task runs on an agent.',
    );
  const credential = findCredential(env);
  if (credential === undefined)
    throw new TaskError('The job has no token. Map it: "env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)".');
  const sources = read('BUILD_SOURCESDIRECTORY') ?? read('SYSTEM_DEFAULTWORKINGDIRECTORY') ?? cwd;
  const temporary = read('AGENT_TEMPDIRECTORY') ?? resolve(sources, '.stapler');
  const buildId = Number(read('BUILD_BUILDID'));
  const folders = [
    ...['PIPELINE_WORKSPACE', 'AGENT_BUILDDIRECTORY', 'SYSTEM_DEFAULTWORKINGDIRECTORY'].map(read),
    ...[read('BUILD_ARTIFACTSTAGINGDIRECTORY'), read('COMMON_TESTRESULTSDIRECTORY'), sources, temporary],
  ].filter((folder) => folder !== undefined && isAbsolute(folder)) as readonly string[];
  return {
    organization: `${organization.replace(/\/+$/, '')}/`,
    project,
    buildId: Number.isInteger(buildId) && buildId > 0 ? buildId : undefined,
    credential,
    sources,
    temporary,
    folders: [...new Set(folders)],
  };
}

/** Returns a mapped token, which can be a personal access token, or that of the job. */
function findCredential(env: Variables): Credential | undefined {
  const mapped = valueOf(env['SYSTEM_ACCESSTOKEN']);
  if (mapped !== undefined) return credentialOf(mapped);
  const token = tokenOfConnection(env);
  return token === undefined ? undefined : { scheme: 'bearer', token };
}

/** Returns the token that every task gets, as a parameter or in the JSON of its connection. */
function tokenOfConnection(env: Variables): string | undefined {
  const parameter = valueOf(env['ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN']);
  if (parameter !== undefined) return parameter;
  try {
    const { parameters } = JSON.parse(env['ENDPOINT_AUTH_SYSTEMVSSCONNECTION'] ?? '{}') as {
      parameters?: { AccessToken?: unknown };
    };
    return typeof parameters?.AccessToken === 'string' ? valueOf(parameters.AccessToken) : undefined;
  } catch {
    return undefined;
  }
}

/** The agent leaves a variable without a value as it is written, `$(Name)`. */
function valueOf(value: string | undefined): string | undefined {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' || /^\$\([\w.-]+\)$/.test(trimmed) ? undefined : trimmed;
}

/**
 * Sets the usual variables of a proxy to the proxy of the agent, unless they have values.
 *
 * @param env Changed. `createNetwork` reads the variables of the process.
 */
export function applyProxy(env: Record<string, string | undefined>): void {
  const proxy = valueOf(env['AGENT_PROXYURL']);
  if (proxy === undefined) return;
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY'])
    if (!env[name] && !env[name.toLowerCase()]) env[name] = withUser(proxy, env);
}

function withUser(proxy: string, env: Variables): string {
  const user = valueOf(env['AGENT_PROXYUSERNAME']);
  if (user === undefined || !URL.canParse(proxy)) return proxy;
  const url = new URL(proxy);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(env['AGENT_PROXYPASSWORD'] ?? '');
  return url.href;
}
