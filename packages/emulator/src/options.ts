import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { serverFrames, sites, type EmulatorMode, type ServerFrames, type Sites } from './contract';
import { OPTIONS } from './option-table.mjs';
import { MAX_FILES_PER_ITEM } from './rest/generated/distribution';

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
  /** Number of their attachments. */
  readonly files: number;
  /** See `EmulatorOptions`. */
  readonly rateLimit?: number;
  /** Work item in the printed address. */
  readonly item?: number;
  /** See `EmulatorOptions`. */
  readonly hint?: string;
}

interface OptionRow {
  readonly help: string;
  /** Example of its value. A flag has none. */
  readonly value?: string;
}

/**
 * Returns the text of `--help`, in the form that all commands of this repository share.
 *
 * @param style - styles a part of the text
 */
export function helpText(style: (style: 'bold' | 'cyan', text: string) => string): string {
  const rows = [
    ...Object.entries<OptionRow>(OPTIONS).map(([name, { value, help }]) => [
      `--${name}${value === undefined ? '' : ` ${value}`}`,
      help,
    ]),
    ['--help', 'shows this text'],
  ] as const;
  const width = Math.max(...rows.map(([left = '']) => left.length));
  const lines = rows.map(([left = '', right = '']) => `  ${style('cyan', left.padEnd(width))}  ${right}`);
  return [
    style('bold', 'azure-devops-emulator [options]'),
    'Runs a local Azure DevOps with a built extension in it.',
    lines.join('\n'),
  ].join('\n\n');
}

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
      port: { type: 'string', default: OPTIONS.port.default },
      watch: { type: 'boolean', default: false },
      extension: { type: 'string' },
      data: { type: 'string' },
      items: { type: 'string', default: OPTIONS.items.default },
      files: { type: 'string', default: OPTIONS.files.default },
      'rate-limit': { type: 'string' },
      item: { type: 'string' },
      hint: { type: 'string' },
    },
  });
  const {
    server,
    frames,
    sites: namedSites,
    watch,
    extension,
    data,
    item,
    hint,
    'rate-limit': rateLimit,
  } = values;
  const items = wholeNumber('items', values.items);
  const files = wholeNumber('files', values.files);
  const needed = Math.ceil(files / MAX_FILES_PER_ITEM);
  if (items < needed) throw new Error(`--files ${files} needs at least --items ${needed}.`);
  return {
    mode: server ? 'server' : 'services',
    ...(frames !== undefined && { frames: framesNamed(frames, server) }),
    ...(namedSites !== undefined && { sites: sitesNamed(namedSites, server) }),
    port: wholeNumber('port', values.port),
    watch,
    extension: extension === undefined ? folder : pathFrom(folder, '--extension', extension),
    ...(data !== undefined && { data: pathFrom(folder, '--data', data) }),
    items,
    files,
    ...(rateLimit !== undefined && { rateLimit: wholeNumber('rate-limit', rateLimit) }),
    ...(item !== undefined && { item: wholeNumber('item', item) }),
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

function wholeNumber(name: 'port' | 'items' | 'files' | 'rate-limit' | 'item', text: string): number {
  const [least, most] = OPTIONS[name].range;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Error(`--${name} must be a whole number from ${least} to ${most}, not "${text}".`);
}
