import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contribution } from './contract';

/** What the stand-in needs of `vss-extension.json`. */
export interface Manifest {
  readonly id: string;
  readonly publisher: string;
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly addressable?: boolean }[];
  readonly contributions: readonly (Pick<Contribution, 'id' | 'type'> & Partial<Contribution>)[];
}

/** Reads the manifest of the extension that lies in `folder`. */
export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'vss-extension.json'), 'utf8')) as Manifest;
}
