import type { Host } from '../../../src/host/host';
import { browserSurroundings } from '../../../src/host/browser-surroundings';
import type { PipelineOptions } from '../../../src/pipeline';
import { xhrHttpStack } from '../../../src/rest/xhr-http-stack';
import type { UploadQueue } from '../../../src/queue/upload-queue';
import type { Settings } from './contract';

/** A host that agrees with everything at once. */
export function createHost(baseUrl: string, connect: Host['connect'] = () => Promise.resolve()): Host {
  return {
    connect,
    loadSucceeded: () => undefined,
    getToken: () => Promise.resolve('bench'),
    getBaseUrl: () => Promise.resolve(baseUrl),
    refreshForm: () => Promise.resolve('refreshed'),
    getFormItemType: () => Promise.resolve('Bug'),
    resize: () => undefined,
  };
}

/** What the product's pages give to a pipeline: changes are told once per frame. */
export const SURROUNDINGS = {
  stack: xhrHttpStack,
  surroundings: browserSurroundings,
  announce: (tell: () => void): void => void requestAnimationFrame(tell),
};

/** The pipeline's sizes by which all files go in chunks, or none does. */
export function sizesFor({ chunks }: Settings): Pick<PipelineOptions, 'sizes'> {
  if (chunks === 'always') return { sizes: { chunkAboveBytes: 0 } };
  if (chunks === 'never') return { sizes: { chunkAboveBytes: Infinity, simpleUpToBytes: Infinity } };
  return {};
}

/** Resolves when so many uploads are linked, by way of what the store tells whoever shows it. */
export function untilLinked(queue: UploadQueue, count: number, progressed: () => void): Promise<void> {
  let bytesBefore = 0;
  return new Promise((resolve, reject) => {
    const stop = queue.subscribe(() => {
      const uploads = queue.getSnapshot();
      const bytes = uploads.reduce((sum, { progress }) => sum + progress.bytesSent, 0);
      if (bytes > bytesBefore) progressed();
      bytesBefore = bytes;
      const failed = uploads.find(({ state }) => state.status === 'failed');
      if (failed) reject(new Error(`Failed: ${JSON.stringify(failed)}`));
      if (uploads.length < count || uploads.some(({ state }) => state.status !== 'linked')) return;
      stop();
      resolve();
    });
  });
}
