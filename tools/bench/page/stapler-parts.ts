import type { Host } from '../../../src/azure/host/host';
import { browserRuntime } from '../../../src/base/runtime';
import { UNKNOWN_PERSON } from '../../../src/azure/work-item';
import type { UploadServiceOptions } from '../../../src/upload/upload-service';
import { xhrHttpStack } from '../../../src/azure/rest/xhr-http-stack';
import { setNotifyScheduler } from '../../../src/base/store';
import type { FrameServices } from '../../../src/upload/frame-services';
import { createFrameServices } from '../../../src/upload/frame-services';
import type { HttpStack } from '../../../src/azure/rest/http-stack';
import { createFrameScheduler } from '../../../src/entries/shared/frame';
import type { LearnedAnswers } from '../../../src/upload/learned';
import { createMemoryLearned } from '../../../src/upload/learned';
import type { UploadQueue } from '../../../src/upload/queue/upload-queue';
import type { Settings } from './contract';

/** Host that accepts everything at once. */
export function createHost(baseUrl: string, connect: Host['connect'] = () => Promise.resolve()): Host {
  return {
    connect,
    loadSucceeded: () => undefined,
    getToken: () => Promise.resolve('bench'),
    getBaseUrl: () => Promise.resolve(baseUrl),
    getCulture: () => undefined,
    getOrganization: () => 'bench',
    getAttachmentLimit: () => 100,
    getFileLimit: () => Infinity,
    getPerson: () => ({ ...UNKNOWN_PERSON, id: 'bench' }),
    refreshForm: () => Promise.resolve('refreshed'),
    getUnsavedEdits: () => Promise.resolve('none'),
    saveForm: () => Promise.resolve({ outcome: 'saved' }),
    getFormItemType: () => Promise.resolve('Bug'),
    loadFormFields: () => Promise.reject(new Error('There is no form.')),
    openWorkItem: () => undefined,
    openBulkPanel: () => undefined,
    openInNewTab: () => Promise.resolve(),
    showToast: () => undefined,
    readSetting: () => Promise.resolve(undefined),
    writeSetting: () => undefined,
    resize: () => undefined,
    reloadPage: () => undefined,
  };
}

/** Answers of an organization after its first files and its first bulk run, kept where the frame has storage. */
const LEARNED: LearnedAnswers = { namesInRelations: true, contentRange: true, batch: true };

/** Services of a frame, as the pages of the product create them. */
export function createServices(
  host: Host,
  { stack = xhrHttpStack, isFirstUse = false }: { stack?: HttpStack; isFirstUse?: boolean | undefined } = {},
): FrameServices {
  setNotifyScheduler(createFrameScheduler());
  const learned = createMemoryLearned(isFirstUse ? {} : LEARNED);
  return createFrameServices({ host, stack, runtime: browserRuntime, learned });
}

/** Thresholds for chunks only, or none. */
export function sizesFor({ chunks }: Settings): Pick<UploadServiceOptions, 'sizes'> {
  if (chunks === 'always') return { sizes: { chunkAboveBytes: 0 } };
  if (chunks === 'never') return { sizes: { chunkAboveBytes: Infinity, simpleUpToBytes: Infinity } };
  return {};
}

/** Watches a pipeline come to its end. */
export interface Finish {
  /** To be called whenever a work item got attachments. */
  readonly onLinked: () => void;
  /** Resolves when so many uploads are linked, at once and not when the screen is told; it is told of progress. */
  until(queue: UploadQueue, count: number, progressed: () => void): Promise<void>;
}

/** Such a watch. */
export function createFinish(): Finish {
  let look: () => void = () => undefined;
  return {
    // Uploads are linked in the store after the caller of the link was answered.
    onLinked: () => void setTimeout(() => look()),
    until(queue, count, progressed) {
      let bytesBefore = 0;
      return new Promise((resolve, reject) => {
        look = () => {
          const uploads = queue.getSnapshot();
          const failed = uploads.find(({ state }) => state.status === 'failed');
          if (failed) reject(new Error(`Failed: ${JSON.stringify(failed)}`));
          if (uploads.length >= count && uploads.every(({ state }) => state.status === 'linked')) resolve();
        };
        queue.subscribe(() => {
          const bytes = queue.getSnapshot().reduce((sum, { progress }) => sum + progress.bytesSent, 0);
          if (bytes > bytesBefore) progressed();
          bytesBefore = bytes;
          look();
        });
      });
    },
  };
}
