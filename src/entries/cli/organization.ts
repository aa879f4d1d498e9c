import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseUrl } from '../../azure/organization-urls';
import { CliError } from './cli-error';
import type { CliEnvironment } from './environment';

/** Organization and project of a command. */
export interface Place {
  /** Base URL, with a slash at the end. */
  readonly organization: string;
  readonly project: string | undefined;
}

const EXAMPLE =
  'Pass --organization https://dev.azure.com/<name>, or run "az devops configure --defaults organization=<url>".';

/**
 * Finds the organization and the project: the options, then the defaults of `az devops`. A repository only suggests one,
 * because its configuration may come from others.
 *
 * @throws CliError if there is none, or if it is not a usable address.
 */
export async function findPlace(
  options: { readonly organization: string | undefined; readonly project: string | undefined },
  environment: Pick<CliEnvironment, 'env' | 'home' | 'cwd'>,
): Promise<Place> {
  const defaults = await readDefaults(environment);
  const project = options.project ?? defaults['project'];
  if (options.organization !== undefined)
    return { organization: baseOf(options.organization, '--organization'), project };
  const { organization } = defaults;
  if (organization !== undefined) {
    const base = baseOf(organization, 'The default organization of "az devops"');
    if (isServices(new URL(base))) return { organization: base, project };
    throw new CliError(
      `The default organization of "az devops" is ${base}.`,
      'To send your token there, pass it as --organization.',
    );
  }
  const suggestion = await readSuggestion(environment.cwd);
  throw new CliError(
    'Which organization?',
    suggestion === undefined ? EXAMPLE : `Did you mean --organization ${suggestion}?`,
  );
}

/** Whether an address belongs to Azure DevOps Services. */
function isServices({ protocol, host }: URL): boolean {
  return protocol === 'https:' && (host === 'dev.azure.com' || /^[a-z\d-]+\.visualstudio\.com$/.test(host));
}

/**
 * Returns the address of an organization or collection, with a slash at the end. The address of a page of it will do.
 *
 * @param source Start of the sentence of the error.
 * @throws CliError for a text that is no such address.
 */
export function baseOf(text: string, source: string): string {
  const url = parseUrl(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new CliError(
      `${source} must be an address, such as https://dev.azure.com/fabrikam, not "${text}".`,
    );
  if (url.host === 'dev.azure.com' && url.pathname === '/')
    throw new CliError(`${source} needs the name of the organization: https://dev.azure.com/<name>.`);
  // The address of a page of an organization is a likely mistake.
  const path = url.host === 'dev.azure.com' ? `/${url.pathname.split('/')[1] ?? ''}` : url.pathname;
  return `${url.origin}${path.replace(/\/+$/, '')}/`;
}

/** Reads the section `[defaults]` of the configuration of `az devops`. */
async function readDefaults({
  env,
  home,
}: Pick<CliEnvironment, 'env' | 'home'>): Promise<Readonly<Record<string, string | undefined>>> {
  const folder = env['AZURE_CONFIG_DIR'] ?? join(home, '.azure');
  const file = await readFile(join(folder, 'azuredevops', 'config'), 'utf8').catch(() => '');
  const [, section = ''] = /^\[defaults\]([^]*?)(?=^\[|$(?![^]))/m.exec(file) ?? [];
  const pairs = section.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return name !== undefined && value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** Addresses of repositories of Azure Repos, with the name of the organization. */
const REMOTES = [
  /^https:\/\/(?:[^@/]+@)?dev\.azure\.com\/([\w-]+)\//,
  /^(?:ssh:\/\/)?git@ssh\.dev\.azure\.com[:/]v3\/([\w-]+)\//,
  /^https:\/\/([\w-]+)\.visualstudio\.com\//,
];

/** Returns the organization of the repository around a folder. It reads the file, so that no program of it runs. */
async function readSuggestion(cwd: string): Promise<string | undefined> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const config = await readFile(join(folder, '.git', 'config'), 'utf8').catch(() => undefined);
    if (config !== undefined) {
      const addresses = [...config.matchAll(/^\s*url\s*=\s*(\S+)\s*$/gm)].map(([, address = '']) => address);
      const name = addresses.flatMap((address) =>
        REMOTES.flatMap((remote) => remote.exec(address)?.[1] ?? []),
      )[0];
      return name === undefined ? undefined : `https://dev.azure.com/${name}`;
    }
    if (dirname(folder) === folder) return undefined;
  }
}
