import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { StandInMode } from './contract';

/** What a person asked for. */
export interface Options {
  readonly mode: StandInMode;
  /** The port of the page, or the first free one after it. */
  readonly port: number;
  readonly watch: boolean;
  /** Folder of another extension. Default: Stapler. */
  readonly extension?: string;
  /** Folder in which everything is kept. Default: a temporary one. */
  readonly data?: string;
  /** How many work items there are beside those that everybody knows. */
  readonly items: number;
}

/** How to call it. */
export const usage = `npm start -- [options]

Plays Azure DevOps on this computer, with Stapler in it.

  --server             Azure DevOps Server in place of Services
  --port 4800          port of the page; the next free one if it is taken
  --extension folder   plays another extension: the built one whose vss-extension.json lies in the folder
  --data folder        keeps work items and files in the folder, also when it stops; without, they are thrown away
  --items 10000        as many work items more; a folder that holds some already stays as it is
  --help`;

/**
 * Reads the arguments.
 *
 * @param folder - what paths are relative to
 * @throws Error for what is not known or makes no sense
 */
export function readOptions(args: readonly string[], folder: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      server: { type: 'boolean', default: false },
      port: { type: 'string', default: '4800' },
      watch: { type: 'boolean', default: false },
      extension: { type: 'string' },
      data: { type: 'string' },
      items: { type: 'string', default: '0' },
    },
  });
  const { server, watch, extension, data } = values;
  return {
    mode: server ? 'server' : 'services',
    port: wholeNumber('--port', values.port, 1, 65_535),
    watch,
    ...(extension !== undefined && { extension: pathFrom(folder, '--extension', extension) }),
    ...(data !== undefined && { data: pathFrom(folder, '--data', data) }),
    items: wholeNumber('--items', values.items, 0, 100_000),
  };
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
