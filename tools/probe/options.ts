import { parseArgs } from 'node:util';

/** Options of the command line. */
export interface ProbeOptions {
  /** Base of the organization or collection, ending in a slash. */
  readonly url: string;
  readonly project: string;
  /** Second project of the organization, for uploads only. */
  readonly otherProject?: string;
  readonly token: string;
  /** Whether the token is a bearer token. Otherwise it is a personal access token. */
  readonly bearer: boolean;
  /** Whether to ask questions with files of 61 MB or a hundred uploads. */
  readonly large: boolean;
  /** File for the findings as JSON. */
  readonly out?: string;
}

/** How to call it. */
export const usage = `npm run probe -- --url <address> --project <name> --token-env <variable> [options]

Asks a real organization what no source tells, and compares its answers with what the emulator assumes.
It creates one work item, attaches small files to it, and deletes it again.

  --url https://dev.azure.com/ORG  organization, or collection of a server
  --project Fabrikam               project in which the work item is created
  --token-env AZDO_PAT             name of the environment variable that holds the token; scope: Work items (read & write)

  --bearer                         the token is a bearer token and not a personal access token
  --other-project Contoso          a second project: may its uploads be linked in the first?
  --large                          also what takes files of 61 MB, or a hundred uploads
  --out findings.json              writes the findings as JSON, too
  --help`;

/**
 * Reads the arguments. The token comes from the environment only, so it is in no list of processes.
 *
 * @throws Error for missing or unknown arguments; its text never contains the token.
 */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ProbeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string' },
      project: { type: 'string' },
      'other-project': { type: 'string' },
      'token-env': { type: 'string' },
      bearer: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const { project, out, bearer, large } = values;
  const otherProject = values['other-project'];
  const variable = values['token-env'];
  if (!values.url) throw new Error('--url is missing: which organization is to be asked?');
  if (!project) throw new Error('--project is missing: in which project may a work item be created?');
  if (!variable) throw new Error('--token-env is missing: which environment variable holds the token?');
  const url = baseOf(values.url);
  const token = environment[variable]?.trim();
  if (!token) throw new Error(`The environment variable that --token-env names is not set.`);
  return {
    url,
    project,
    ...(otherProject && { otherProject }),
    token,
    bearer,
    large,
    ...(out && { out }),
  };
}

/** The token must not travel in the open, except within this computer. */
function baseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new Error('--url is not an address such as https://dev.azure.com/ORG.');
  if (url.username || url.password) throw new Error('--url must not hold a name or a password.');
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:'))
    throw new Error('--url must begin with https://, since a token goes there.');
  url.search = url.hash = '';
  return url.href.replace(/\/*$/, '/');
}
