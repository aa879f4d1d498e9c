import type { Host } from '../azure/host/host';
import { loadModule } from '../base/load-module';
import { retry } from '../base/retry';
import { mayDownload, saveFile } from '../ui/save-file';
import type { FrameServices } from '../upload/frame-services';
import type { Attachments } from './attachments';
import type { Download } from './download';
import { createDownload } from './download';
import type { SendFile } from './send-file';
import type { FileWork } from './workers/file-work';
import type { RunTask } from './workers/tasks';
import type { ZipJob } from './zip/zip-job';
import { createZipJob } from './zip/zip-job';

/** Attempts to read a file before the zip leaves it out. */
const READ_ATTEMPTS = 3;

/** Tools for files on the server. Their code is loaded on first use. */
export interface FileTools {
  readonly download: Download;
  readonly zip: ZipJob;
  readonly send: SendFile;
  readonly loadWork: () => Promise<FileWork>;
  readonly runTask: RunTask;
}

/** Dependencies of `createFileTools`. */
export interface FileToolsOptions {
  readonly host: Pick<Host, 'openInNewTab'>;
  readonly services: FrameServices;
  readonly readBytes: Attachments['readBytes'];
}

/** Creates the tools of a frame. */
export function createFileTools({ host, services, readBytes }: FileToolsOptions): FileTools {
  const send = sendOnceLoaded(services);
  const loadWork = workOnceNeeded(services);
  return {
    send,
    loadWork,
    runTask: async (...order) => (await loadWork()).runTask(...order),
    download: createDownload({ readBytes }, host),
    zip: createZipJob({
      readBytes: (file, signal, onProgress) =>
        retry(() => readBytes(file, signal, onProgress), {
          runtime: services.runtime,
          signal,
          maxAttempts: READ_ATTEMPTS,
        }),
      pack: async (...order) => (await loadModule(loadPacker)).packZip(...order),
      maySave: mayDownload,
      save: saveFile,
      send,
      openInNewTab: host.openInNewTab,
    }),
  };
}

function loadPacker() {
  return import(/* webpackChunkName: "zip" */ './zip/pack-zip');
}

/** Loads the code for work on files with the first file. */
function workOnceNeeded({ runtime }: FrameServices): () => Promise<FileWork> {
  let work: FileWork | undefined;
  return async () =>
    (work ??= (
      await loadModule(() => import(/* webpackChunkName: "file-work" */ './workers/file-work'))
    ).createFileWork(runtime));
}

/** Loads the upload code with the first file. */
function sendOnceLoaded(services: FrameServices): SendFile {
  let send: SendFile | undefined;
  return async (...order) => {
    send ??= (await loadModule(() => import(/* webpackChunkName: "send" */ './send-file'))).createSendFile(
      services,
    );
    return send(...order);
  };
}
