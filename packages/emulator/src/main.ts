import { join } from 'node:path';
import { DataFolderError } from './data-folder';
import { ExtensionError, missingPages, readManifest } from './manifest';
import { readOptions, usage, type Options } from './options';
import { startStandIn, type StandIn } from './stand-in';

/** Ports tried after the wanted one before giving up. */
const portsToTry = 50;

const ownFolder = join(__dirname, '../..');

void main();

async function main(): Promise<void> {
  try {
    const options = askedFor(process.argv.slice(2));
    if (options) await play(options);
  } catch (error) {
    console.error(isForPeople(error) ? error.message : error);
    process.exit(1);
  }
}

/** What the arguments ask for; `undefined` for help, or when they are no good. */
function askedFor(args: readonly string[]): Options | undefined {
  try {
    // npm runs scripts in the folder of the project, and tells from where it was called.
    if (!args.includes('--help')) return readOptions(args, process.env['INIT_CWD'] ?? process.cwd());
    console.log(usage);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
  }
  if (process.connected) process.disconnect();
  return undefined;
}

async function play(options: Options): Promise<void> {
  const { extension, mode } = options;
  if (extension !== undefined) await checkPages(extension);
  const standIn = await startOnFreePort(options);
  const name = extension === undefined ? 'Stapler' : (await readManifest(extension)).id;
  console.log(`${name} is ready: ${standIn.hostUrl}${mode === 'server' ? ' (Azure DevOps Server)' : ''}`);
  for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(end, () => void stop(standIn));
}

async function checkPages(folder: string): Promise<void> {
  const missing = await missingPages(folder, await readManifest(folder));
  if (missing.length > 0)
    throw new ExtensionError(
      `The extension in ${folder} is not built, or does not mark these as addressable: ${missing.join(', ')}`,
    );
}

async function stop(standIn: StandIn): Promise<void> {
  await standIn.close();
  process.exit(0);
}

async function startOnFreePort(options: Options): Promise<StandIn> {
  const { mode, watch, extension, data, items, port } = options;
  for (let hostPort = port; ; hostPort++) {
    try {
      return await startStandIn({
        mode,
        hostPort,
        watch,
        items,
        extensionFolder: extension ?? ownFolder,
        ...(data !== undefined && { dataFolder: data }),
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
