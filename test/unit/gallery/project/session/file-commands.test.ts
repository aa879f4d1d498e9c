import { NetworkError } from '../../../../../src/base/errors';
import { createDownloads } from '../../../../../src/gallery/downloads';
import { MAX_CHOSEN_FILES } from '../../../../../src/gallery/project/session/file-commands';
import { toAttachedFile } from '../../../../../src/gallery/project/session/hub-files';
import type { HubActionServices } from '../../../../../src/gallery/project/session/hub-action';
import { createHubSession } from '../../../../../src/gallery/project/session/hub-session';
import { rowOf } from '../../../../../src/gallery/project/session/row-pages';
import type { PagePolicy } from '../../../../../src/upload/rules/policy/hidden-parts';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { createFakeProjectIndex, projectFiles } from '../../../../helpers/project-index';

async function begin(count = 2_000, isHidden?: PagePolicy['isHidden']) {
  const index = createFakeProjectIndex(projectFiles(count));
  const runtime = createFakeRuntime();
  const download = jest.fn(() => Promise.resolve());
  const zip = { start: jest.fn() };
  const session = createHubSession({
    ...{ index, runtime, project: 'fabrikam' },
    host: { readSetting: () => Promise.resolve(undefined), writeSetting: jest.fn(), openWorkItem: jest.fn() },
    files: {
      readBytes: jest.fn(),
      runTask: jest.fn(),
      downloads: createDownloads(download, runtime),
      zip: zip as never,
    },
    ...(isHidden && { actions: { isHidden } as unknown as HubActionServices }),
  });
  await session.start();
  await flush();
  return { index, session, download, zip, get: session.getSnapshot };
}

describe('commands for found files', () => {
  test('download one selected file as it is', async () => {
    const { session, download, zip, get } = await begin();
    session.select(2, 'only');
    await session.downloadSelected();
    const { name, item } = rowOf(get().result!.pages, 2)!;
    expect(download).toHaveBeenCalledWith(
      expect.objectContaining({ name, workItemId: item.id }),
      expect.anything(),
      expect.anything(),
    );
    expect(zip.start).not.toHaveBeenCalled();
  });

  test('download several selected files as a zip, also those that are not loaded', async () => {
    const { session, zip } = await begin();
    session.select(1_500, 'only');
    session.select(1_503, 'range');
    session.select(0, 'toggle');
    await session.downloadSelected();
    const [files, members] = zip.start.mock.calls[0] as [readonly unknown[], readonly unknown[]];
    expect(files).toHaveLength(5);
    expect(members[0]).toMatchObject({ kinship: 'own', type: expect.any(String) as string });
  });

  test('read no more files than fit into memory', async () => {
    const { session } = await begin();
    session.select(0, 'only');
    session.select(MAX_CHOSEN_FILES, 'range');
    expect(await session.readSelected()).toEqual([]);
    session.select(MAX_CHOSEN_FILES - 1, 'range');
    expect(await session.readSelected()).toHaveLength(MAX_CHOSEN_FILES);
  });

  test('tell why a download failed', async () => {
    const { session, download, get } = await begin();
    download.mockRejectedValueOnce(new NetworkError('down'));
    session.select(0, 'only');
    await session.downloadSelected();
    expect(get().fileError).toMatchObject({ problem: { kind: 'network' } });
    session.dismissFileError();
    expect(get().fileError).toBeUndefined();
  });

  test('let a comparison save a file, and tell why that failed', async () => {
    const { session, download, get } = await begin(2);
    const [file] = projectFiles(1);
    await session.comparison?.download(toAttachedFile(file!));
    expect(download).toHaveBeenCalledTimes(1);
    download.mockRejectedValueOnce(new NetworkError('down'));
    await session.comparison?.download(toAttachedFile(file!));
    expect(get().fileError).toMatchObject({ problem: { kind: 'network' } });
  });

  test('preview a file and its neighbors up to the ends of the list', async () => {
    const { session, get } = await begin(3);
    session.preview(1);
    session.previewNext(1);
    session.previewNext(1);
    expect(get()).toMatchObject({ previewed: 2, selection: { current: 2, count: 1 } });
    session.closePreview();
    session.previewNext(-1);
    expect(get().previewed).toBeUndefined();
    session.preview(3);
    expect(get().previewed).toBeUndefined();
  });

  test('end the preview when the list changes', async () => {
    const { session, index, get } = await begin();
    session.preview(1);
    index.replace(projectFiles(10));
    await flush();
    expect(get().previewed).toBeUndefined();
  });
});

test('The hub downloads a file instead of a preview where previews are switched off', async () => {
  const { session, download, get } = await begin(10, (part) => part === 'previews');
  session.preview(1);
  expect(get().previewed).toBeUndefined();
  expect(download).toHaveBeenCalledTimes(1);
});
