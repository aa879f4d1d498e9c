import { createHashers } from './hashers';
import type { VolumeHashes } from './hash-volumes';
import { hashVolumes } from './hash-volumes';

/** File for the worker. */
export interface HashOrder {
  readonly source: Blob;
  readonly volumeBytes: number;
}

/** Answer of the worker, without hashes if the file could not be read. */
export interface HashAnswer {
  readonly hashes?: VolumeHashes;
}

async function hash({ source, volumeBytes }: HashOrder): Promise<HashAnswer> {
  try {
    return { hashes: await hashVolumes(source, volumeBytes, await createHashers()) };
  } catch {
    return {};
  }
}

self.addEventListener(
  'message',
  ({ data }: MessageEvent<HashOrder>) => void hash(data).then((answer) => self.postMessage(answer)),
);
