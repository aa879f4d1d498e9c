import { CommandError, outputPath, parseCommand } from '../command.mjs';
import { PROBE } from './command.mjs';

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

/** Next step after a wrong address. */
const HELP = `${PROBE.usage} -- --help lists the options.`;

/**
 * Reads the arguments. The token comes from the environment only, so it is in no list of processes.
 *
 * @throws CommandError for missing or wrong arguments; its text never contains the token.
 */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ProbeOptions {
  const values = parseCommand(PROBE, args);
  const { project, out, bearer, large } = values;
  const otherProject = values['other-project'];
  const url = baseOf(values.url);
  const token = environment[values['token-env']]?.trim();
  if (!token)
    throw new CommandError(
      'The environment variable that --token-env names is not set.',
      'Save the token in it: AZDO_PAT=… npm run probe -- --token-env AZDO_PAT …',
      2,
    );
  return {
    url,
    project,
    ...(otherProject && { otherProject }),
    token,
    bearer,
    large,
    ...(out && { out: outputPath('out', out) }),
  };
}

/** The token must not travel in the open, except within this computer. */
function baseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw wrong('--url is not an address such as https://dev.azure.com/ORG.');
  if (url.username || url.password) throw wrong('--url must not hold a name or a password.');
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:'))
    throw wrong('--url must begin with https://, since a token goes there.');
  url.search = url.hash = '';
  return url.href.replace(/\/*$/, '/');
}

function wrong(sentence: string): CommandError {
  return new CommandError(sentence, HELP, 2);
}
