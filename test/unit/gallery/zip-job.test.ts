import { createZipJob } from '../../../src/gallery/zip/zip-job';
import { NetworkError, ServerError } from '../../../src/base/errors';
import { createDeferred, flush } from '../../helpers/deferred';
import { guid } from '../../helpers/uploads';
import { attachedFile } from './model/files';
import { zipTools } from './zip-tools';

const FILES = [attachedFile('a.txt', { size: 60 }), attachedFile('b.txt', { size: 40 })];
const MEMBERS = [{ workItemId: 7, kinship: 'own', type: 'Bug', title: 'Crash' }] as const;

function begin() {
  const tools = zipTools();
  const job = createZipJob(tools);
  return { tools, job, start: () => job.start(FILES, MEMBERS), state: job.getSnapshot };
}

test('ZipJob saves the zip under the name of its work item when the frame can save files', async () => {
  const { tools, start, state } = begin();
  start();
  await flush();
  expect(tools.save.mock.calls).toEqual([[expect.any(Blob), 'Bug 7 attachments.zip']]);
  expect(state()).toMatchObject({ status: 'made', leftOut: [], address: undefined });
  expect(tools.send).not.toHaveBeenCalled();
});

test('ZipJob reports the bytes read, up to the declared size of the files', () => {
  const { tools, start, state } = begin();
  const packed = createDeferred<{ bytes: Blob; leftOut: [] }>();
  tools.pack.mockReturnValueOnce(packed.promise);
  start();
  expect(state()).toMatchObject({ status: 'reading', bytesDone: 0, bytesTotal: 100 });
  tools.pack.mock.calls[0]![2].onProgress(60);
  expect(state()).toMatchObject({ bytesDone: 60 });
  tools.pack.mock.calls[0]![2].onProgress(170);
  expect(state()).toMatchObject({ bytesDone: 100, bytesTotal: 100 });
});

test('ZipJob saves nothing and reports nothing after it is canceled', async () => {
  const { tools, job, start, state } = begin();
  const packed = createDeferred<{ bytes: Blob; leftOut: [] }>();
  tools.pack.mockReturnValueOnce(packed.promise);
  start();
  const { signal, onProgress } = tools.pack.mock.calls[0]![2];
  job.cancel();
  expect(signal.aborted).toBe(true);
  onProgress(10);
  packed.resolve({ bytes: new Blob(), leftOut: [] });
  await flush();
  expect(state()).toEqual({ status: 'idle' });
  expect(tools.save).not.toHaveBeenCalled();
});

test('ZipJob retries after a failure, and reports the files left out', async () => {
  const { tools, job, start, state } = begin();
  tools.pack.mockRejectedValueOnce(new NetworkError('No answer.'));
  start();
  await flush();
  expect(state()).toMatchObject({ status: 'failed', problem: { kind: 'network' } });
  const leftOut = [{ name: 'b.txt', problem: { kind: 'work-item-missing' } }] as const;
  tools.pack.mockResolvedValueOnce({ bytes: new Blob(), leftOut });
  job.retry();
  await flush();
  expect(state()).toMatchObject({ status: 'made', leftOut });
});

describe('ZipJob, in a frame without downloads,', () => {
  test('asks the person before it reads any file', async () => {
    const { tools, job, start, state } = begin();
    tools.maySave.mockReturnValue(false);
    start();
    await flush();
    expect([state().status, tools.pack.mock.calls.length]).toEqual(['asking', 0]);
    job.cancel();
    expect(state().status).toBe('idle');
  });

  test('stores the zip on the server and opens its address', async () => {
    const { tools, job, start, state } = begin();
    tools.maySave.mockReturnValue(false);
    start();
    job.confirm();
    await flush();
    expect(tools.send.mock.calls[0]?.[0].name).toBe('Bug 7 attachments.zip');
    expect([tools.save.mock.calls.length, tools.openInNewTab.mock.calls.length]).toEqual([0, 0]);
    const address = `https://dev.azure.com/fabrikam/_apis/wit/attachments/${guid(9)}?fileName=Bug+7+attachments.zip&download=true`;
    expect(state()).toMatchObject({ status: 'made', address });
    tools.openInNewTab.mockRejectedValueOnce(new NetworkError('No answer.'));
    await job.open();
    expect(state()).toMatchObject({ status: 'made', address, problem: { kind: 'network' } });
    await job.open();
    expect(tools.openInNewTab).toHaveBeenLastCalledWith(address);
    expect(state()).not.toHaveProperty('problem');
  });

  test('reports a zip too large for the server', async () => {
    const { tools, job, start, state } = begin();
    tools.maySave.mockReturnValue(false);
    tools.send.mockRejectedValueOnce(new ServerError('file-too-large', 'TF237082'));
    start();
    job.confirm();
    await flush();
    expect(state()).toMatchObject({ status: 'failed', problem: { kind: 'file-too-large' } });
  });
});
