import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { serverFrames, sites, type EmulatorMode, type ServerFrames, type Sites } from './contract';

/** Options of the command line. */
export interface Options {
  readonly mode: EmulatorMode;
  /** Frames in Server mode. Default: `sandboxed`. */
  readonly frames?: ServerFrames;
  /** Sites in Services mode. Default: `cross-site`. */
  readonly sites?: Sites;
  /** Port of the page; the next free one if it is taken. */
  readonly port: number;
  readonly watch: boolean;
  /** Folder of the built extension, with its `vss-extension.json`. Default: the current folder. */
  readonly extension: string;
  /** Folder for work items and files. Default: a temporary one. */
  readonly data?: string;
  /** Number of work items in addition to the seeded ones. */
  readonly items: number;
  /** Work item in the printed address. */
  readonly item?: number;
  /** See `EmulatorOptions`. */
  readonly hint?: string;
}

/** Text of `--help`. */
export const usage = `azure-devops-emulator --extension folder [options]

Runs a local Azure DevOps with a built extension in it.

  --extension folder   folder with the extension's vss-extension.json; default: the current folder
  --server             Azure DevOps Server instead of Azure DevOps Services
  --frames plain-http  frames of --server: ${serverFrames.join(', ')}; default: the first
  --sites same-site    sites of page, frames and REST service: ${sites.join(', ')}; default: the first
  --port 4800          port of the page; the next free one if it is taken
  --data folder        keeps work items and files in this folder; default: a temporary one
  --items 10000        adds work items, unless the data folder already holds some
  --item 7             prints the address of the form of this work item, without the emulator's panel
  --hint text          shows a line above the page
  --watch              reloads open pages after each build
  --help               shows this text`;

/**
 * Reads the arguments.
 *
 * @param folder - base of relative paths
 * @throws Error for unknown or invalid arguments
 */
export function readOptions(args: readonly string[], folder: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      server: { type: 'boolean', default: false },
      frames: { type: 'string' },
      sites: { type: 'string' },
      port: { type: 'string', default: '4800' },
      watch: { type: 'boolean', default: false },
      extension: { type: 'string' },
      data: { type: 'string' },
      items: { type: 'string', default: '0' },
      item: { type: 'string' },
      hint: { type: 'string' },
    },
  });
  const { server, frames, sites: namedSites, watch, extension, data, item, hint } = values;
  return {
    mode: server ? 'server' : 'services',
    ...(frames !== undefined && { frames: framesNamed(frames, server) }),
    ...(namedSites !== undefined && { sites: sitesNamed(namedSites, server) }),
    port: wholeNumber('--port', values.port, 1, 65_535),
    watch,
    extension: extension === undefined ? folder : pathFrom(folder, '--extension', extension),
    ...(data !== undefined && { data: pathFrom(folder, '--data', data) }),
    items: wholeNumber('--items', values.items, 0, 100_000),
    ...(item !== undefined && { item: wholeNumber('--item', item, 1, 1_000_000) }),
    ...(hint !== undefined && { hint }),
  };
}

function framesNamed(name: string, isServer: boolean): ServerFrames {
  if (!isServer) throw new Error('--frames needs --server.');
  return oneOf(serverFrames, '--frames', name);
}

function sitesNamed(name: string, isServer: boolean): Sites {
  if (isServer) throw new Error('--sites is for Azure DevOps Services; --server has --frames.');
  return oneOf(sites, '--sites', name);
}

function oneOf<T extends string>(values: readonly T[], option: string, name: string): T {
  const found = values.find((one) => one === name);
  if (found !== undefined) return found;
  throw new Error(`${option} must be one of ${values.join(', ')}, not "${name}".`);
}

function pathFrom(folder: string, name: string, path: string): string {
  if (path === '') throw new Error(`${name} needs a folder.`);
  return resolve(folder, path);
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
}
