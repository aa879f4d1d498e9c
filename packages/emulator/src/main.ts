import { DataFolderError } from './data-folder';
import { ExtensionError, missingPages, readManifest, type Manifest } from './manifest';
import { readOptions, usage, type Options } from './options';
import { startEmulator } from './emulator';
import type { Emulator } from './running-emulator';

/** Ports tried after the wanted one before giving up. */
const portsToTry = 50;

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
    console.error(isForPeople(error) ? error.message : error);
    process.exit(1);
  }
}

/** Returns the options, or `undefined` for help and invalid arguments. */
function askedFor(args: readonly string[]): Options | undefined {
  try {
    // npm runs scripts in the project's folder; INIT_CWD is the caller's.
    if (!args.includes('--help')) return readOptions(args, process.env['INIT_CWD'] ?? process.cwd());
    console.log(usage);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
  }
  if (process.connected) process.disconnect();
  return undefined;
}

async function play(options: Options, prepare?: () => Promise<void>): Promise<void> {
  const { extension, mode, watch, item, hint } = options;
  const manifest = await readManifest(extension);
  // A build that watches may not have finished yet.
  if (!watch) await checkPages(extension, manifest);
  await prepare?.();
  const emulator = await startOnFreePort(options);
  const url = `${emulator.hostUrl}${item === undefined ? '' : `?item=${item}&panel=closed`}`;
  console.log(`${manifest.id} is ready: ${url}${mode === 'server' ? ' (Azure DevOps Server)' : ''}`);
  if (hint !== undefined) console.log(hint);
  for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const)
    process.once(end, () => void stop(emulator));
}

async function checkPages(folder: string, manifest: Manifest): Promise<void> {
  const missing = await missingPages(folder, manifest);
  if (missing.length > 0)
    throw new ExtensionError(
      `The extension in ${folder} is not built, or does not mark these as addressable: ${missing.join(', ')}`,
    );
}

async function stop(emulator: Emulator): Promise<void> {
  await emulator.close();
  process.exit(0);
}

async function startOnFreePort(options: Options): Promise<Emulator> {
  const { mode, frames, sites, watch, extension, data, items, port, hint } = options;
  for (let hostPort = port; ; hostPort++) {
    try {
      return await startEmulator({
        mode,
        ...(frames !== undefined && { serverFrames: frames }),
        ...(sites !== undefined && { sites }),
        hostPort,
        watch,
        items,
        extensionFolder: extension,
        ...(data !== undefined && { dataFolder: data }),
        ...(hint !== undefined && { hint }),
      });
    } catch (error) {
      if (!isPortTaken(error) || hostPort >= port + portsToTry) throw error;
    }
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function isForPeople(error: unknown): error is Error {
  return error instanceof ExtensionError || error instanceof DataFolderError;
}
