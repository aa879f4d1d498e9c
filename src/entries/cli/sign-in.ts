import { execFile } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Credential } from '../../engine/credential';
import { credentialOf } from '../../engine/credential';
import { CliError } from './cli-error';
import type { CliEnvironment } from './environment';
import { EXIT } from './exit-codes';

/** Azure DevOps, as a resource of Microsoft Entra. */
const RESOURCE = '499b84ac-1321-427f-aa17-267ca6975798';

/** A token of the Azure CLI is renewed this long before its end, in milliseconds. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Runs the Azure CLI and returns its output. Rejects if it is missing or fails. */
export type RunAz = (args: readonly string[]) => Promise<string>;

/** Options of `findCredential`. */
export interface SignInOptions {
  readonly environment: Pick<CliEnvironment, 'env' | 'stdin' | 'platform'>;
  /** Whether the token is on standard input. */
  readonly fromStdin: boolean;
  readonly now: () => number;
  /** Called with each token, so that it is never printed. */
  readonly onToken: (token: string) => void;
  /** Default: the Azure CLI of this computer. */
  readonly runAz?: RunAz;
}

/**
 * Finds the credential: standard input, `AZURE_DEVOPS_EXT_PAT`, `SYSTEM_ACCESSTOKEN`, the sign-in of the Azure CLI, in
 * this order. A token is never an argument, because every user of a computer can read those.
 *
 * @returns Function for the current credential; a token of the Azure CLI is renewed before its end.
 * @throws CliError if there is none.
 */
export async function findCredential(options: SignInOptions): Promise<() => Promise<Credential>> {
  const { environment, fromStdin, now, onToken, runAz = createRunAz(environment.platform) } = options;
  const { env, stdin } = environment;
  if (fromStdin) {
    const token = (await text(stdin)).trim();
    if (token === '') throw new CliError('There is no token on standard input.', '', EXIT.denied);
    return constant(token, onToken);
  }
  const token = env['AZURE_DEVOPS_EXT_PAT']?.trim() || env['SYSTEM_ACCESSTOKEN']?.trim();
  if (token) return constant(token, onToken);
  return azureCli(runAz, now, onToken);
}

function constant(token: string, onToken: (token: string) => void): () => Promise<Credential> {
  onToken(token);
  return () => Promise.resolve(credentialOf(token));
}

async function azureCli(
  runAz: RunAz,
  now: () => number,
  onToken: (token: string) => void,
): Promise<() => Promise<Credential>> {
  async function ask(): Promise<{ readonly token: string; readonly expiresAt: number }> {
    const args = ['account', 'get-access-token', '--resource', RESOURCE, '--output', 'json'];
    const { accessToken, expires_on: seconds } = JSON.parse(await runAz(args)) as Record<string, unknown>;
    if (typeof accessToken !== 'string' || accessToken === '') throw new Error('There is no token.');
    onToken(accessToken);
    return { token: accessToken, expiresAt: Number(seconds) * 1000 };
  }

  let current = await ask().catch(() => {
    throw new CliError(
      'You are not signed in.',
      'Set AZURE_DEVOPS_EXT_PAT to a personal access token, pass one with --token-stdin, or run "az login".',
      EXIT.denied,
    );
  });
  return async () => {
    if (current.expiresAt - now() < RENEW_BEFORE_MS) current = await ask().catch(() => current);
    return { scheme: 'bearer', token: current.token };
  };
}

function createRunAz(platform: NodeJS.Platform): RunAz {
  const run = promisify(execFile);
  return async (args) => {
    // On Windows, it is a batch file, which needs a shell. The arguments are constants.
    const isWindows = platform === 'win32';
    const { stdout } = await run(isWindows ? 'az.cmd' : 'az', [...args], { shell: isWindows });
    return stdout;
  };
}
