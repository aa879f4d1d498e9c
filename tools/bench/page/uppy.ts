import Uppy from '@uppy/core';
import XHRUpload from '@uppy/xhr-upload';
import { enter } from './enter';
import { link, uploadUrl } from './link';
import { nextTask } from './next-task';
import { AUTHORIZATION } from './raw-request';

interface Meta {
  [key: string]: unknown;
  readonly workItemIds: readonly number[];
}

interface Body {
  [key: string]: unknown;
  readonly url: string;
}

/** Uppy as documented, with a link for each uploaded file on each work item. */
enter(({ baseUrl, batches }) => async (progressed) => {
  const uppy = new Uppy<Meta, Body>({ autoProceed: false });
  uppy.use(XHRUpload, {
    endpoint: (file) => uploadUrl(baseUrl, Array.isArray(file) ? undefined : file.name),
    formData: false,
    headers: { ...AUTHORIZATION, 'Content-Type': 'application/octet-stream' },
  });
  const links: Promise<void>[] = [];
  uppy.on('upload-progress', progressed);
  uppy.on('upload-success', (file, response) => {
    const url = response.body?.url;
    if (!file || url === undefined) return;
    const attachment = { url, name: file.name, size: file.size ?? 0 };
    links.push(...file.meta.workItemIds.map((id) => link(baseUrl, id, [attachment])));
  });
  for (const { workItemIds, files } of batches) {
    await nextTask();
    uppy.addFiles(files.map((data) => ({ name: data.name, type: data.type, data, meta: { workItemIds } })));
  }
  const result = await uppy.upload();
  if (result?.failed?.length) throw new Error(`Uppy could not send ${result.failed.length} files.`);
  await Promise.all(links);
});
