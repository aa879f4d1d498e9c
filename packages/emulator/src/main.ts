import { styleText } from 'node:util';
import { startEmulator } from './emulator';
import { ExtensionError, missingPages, readManifest, type Manifest } from './manifest';
import { helpText, readOptions, type Options } from './options';
import type { Emulator } from './running-emulator';
import { UserError } from './user-error';

/** Ports tried after the wanted one before giving up. */
const portsToTry = 50;

const LAST_PORT = 65_535;

if (require.main === module) void main();

/**
 * Runs the command line of this process.
 *
 * @param prepare Called after the options and the extension have been checked, before the emulator starts.
 */
export async function main(prepare?: () => Promise<void>): Promise<void> {
  try {
    const options = askedFor(process.argv.slice(2));
    if (options) await play(options, prepare);
  } catch (error) {
    if (error instanceof UserError) console.error(describe(error));
    else console.error(error);
    process.exit(1);
  }
}

/** Returns the options, or `undefined` for help and invalid arguments. */
function askedFor(args: readonly string[]): Options | undefined {
  try {
    // npm runs scripts in the project's folder; INIT_CWD is the caller's.
    if (!args.includes('--help')) return readOptions(args, process.env['INIT_CWD'] ?? process.cwd());
    console.log(helpText((style, text) => styled(process.stdout, style, text)));
  } catch (error) {
    // Node adds advice about positional arguments, which there are none of.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.(?: |$)/);
    console.error(describe(new UserError(`${sentence}.`, '--help lists the options.')));
    process.exitCode = 2;
  }
  if (process.connected) process.disconnect();
  return undefined;
}

function describe({ message, nextStep }: UserError): string {
  return `${styled(process.stderr, 'red', message)}\n${nextStep}`;
}

/** Returns text in a style, on a terminal without `NO_COLOR` (no-color.org). */
function styled({ isTTY }: { isTTY?: boolean }, style: 'bold' | 'cyan' | 'red', text: string): string {
  // Newer versions of Node would look at stdout, also for a text on stderr.
  const options = { validateStream: false };
  const withOptions = styleText as (style: string, text: string, options: object) => string;
  return isTTY === true && !process.env['NO_COLOR'] ? withOptions(style, text, options) : text;
}

async function play(options: Options, prepare?: () => Promise<void>): Promise<void> {
  const { extension, mode, watch, item, hint } = options;
  const manifest = await readManifest(extension);
  // A build that watches may not have finished yet.
  if (!watch) await checkPages(extension, manifest);
  await prepare?.();
  const emulator = await startOnFreePort(options);
  for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const)
    process.once(end, () => void stop(emulator));
  const url = `${emulator.hostUrl}${item === undefined ? '' : `?item=${item}&panel=closed`}`;
  const address = styled(process.stdout, 'cyan', url);
  console.log(`${manifest.id} is ready: ${address}${mode === 'server' ? ' (Azure DevOps Server)' : ''}`);
  if (hint !== undefined) console.log(hint);
  console.log('Ctrl+C stops it.');
}

async function checkPages(folder: string, manifest: Manifest): Promise<void> {
  const missing = await missingPages(folder, manifest);
  if (missing.length > 0)
    throw new ExtensionError(
      `The extension in ${folder} is not built, or does not mark these as addressable: ${missing.join(', ')}`,
      'Build it, then start again.',
    );
}

async function stop(emulator: Emulator): Promise<void> {
  await emulator.close();
  process.exit(0);
}

async function startOnFreePort(options: Options): Promise<Emulator> {
  const { mode, frames, sites, watch, extension, data, items, files, rateLimit, port, hint } = options;
  for (let hostPort = port; ; hostPort++) {
    try {
      return await startEmulator({
        mode,
        ...(frames !== undefined && { serverFrames: frames }),
        ...(sites !== undefined && { sites }),
        hostPort,
        watch,
        items,
        files,
        ...(rateLimit !== undefined && { rateLimit }),
        extensionFolder: extension,
        ...(data !== undefined && { dataFolder: data }),
        ...(hint !== undefined && { hint }),
      });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EADDRINUSE' && hostPort < Math.min(port + portsToTry, LAST_PORT)) continue;
      if (code === 'EADDRINUSE')
        throw new UserError(`The ports ${port} to ${hostPort} are in use.`, 'Choose another with --port.');
      if (code === 'EACCES')
        throw new UserError(`The port ${hostPort} is not permitted.`, 'Choose one from 1024 on with --port.');
      throw error;
    }
  }
}
