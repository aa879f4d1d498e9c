import { createFileExport } from '../../../../../src/gallery/project/actions/file-export';
import { actionOf } from '../../../../../src/gallery/project/session/hub-action';
import { NO_ROWS, selectRow } from '../../../../../src/gallery/project/session/row-selection';
import { createTestConnection } from '../../../../helpers/connection';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { servicesForMany } from '../../../../helpers/frame-services';
import { createModelService } from '../../../../helpers/model-service';
import { createFakeProjectIndex, projectFile, projectFiles } from '../../../../helpers/project-index';

const ALL = { text: '', sortBy: 'size', isDescending: true } as const;

async function begin(files = projectFiles(9), address = 'https://dev.azure.com/fabrikam/', maySave = true) {
  const index = createFakeProjectIndex(files);
  const result = await index.search(ALL);
  const services = servicesForMany(createModelService({ ids: [] }), createFakeRuntime());
  const work = createFileExport({
    index,
    rows: actionOf('export', { ...result }, NO_ROWS)!.rows,
    services: {
      ...services,
      connection: { ...createTestConnection().connection, getBaseUrl: () => Promise.resolve(address) },
    },
    project: { id: 'p', name: 'Fabrikam' },
    ...{ maySave, save: jest.fn() },
  });
  return { work, index };
}

test('FileExport counts files, work items, bytes and archives, and keeps the GUIDs by work item only', async () => {
  const files = projectFiles(9).map((file) => ({ ...file, size: 600 * 1024 ** 2 }));
  const { work } = await begin([...files].reverse());
  await work.open();
  const state = work.reader.getSnapshot();
  expect(state).toMatchObject({
    status: 'read',
    chosen: { files: 9, bytes: 9 * 600 * 1024 ** 2, archives: 9 },
  });
  const { byItem } = (state as Extract<typeof state, { status: 'read' }>).chosen;
  expect([...byItem].map(([id, ids]) => [id, [...ids].sort()])).toEqual(
    [0, 3, 6].map((first) => [
      projectFile(first).item.id,
      [first, first + 1, first + 2].map((number) => projectFile(number).reference.id),
    ]),
  );
});

test('FileExport tells the command for the choices', async () => {
  const { work } = await begin();
  await work.open();
  const start =
    'stapler export 1000,1001,1002 --organization https://dev.azure.com/fabrikam --out attachments';
  expect(work.options.getSnapshot().commands).toEqual([start]);
  work.choose('flat');
  work.include('comments', true);
  work.include('removed', true);
  work.include('comments', false);
  expect(work.options.getSnapshot()).toMatchObject({
    layout: 'flat',
    commands: [`${start} --flat --include removed`],
  });
});

test('FileExport tells no command while the organization is unknown or not safe for a shell', async () => {
  const { work } = await begin(projectFiles(3), 'https://example.test/$(boom)');
  await work.open();
  expect(work.options.getSnapshot().commands).toEqual([]);
});

test('FileExport starts only when the files are read, and only if they can be saved', async () => {
  const { work } = await begin();
  work.start();
  expect(work.job.getSnapshot()).toEqual({ status: 'idle' });
  await work.open();
  work.start();
  expect(work.job.getSnapshot()).toEqual({ status: 'planning', itemsDone: 0, itemsTotal: 3 });
  work.close();
  expect(work.job.getSnapshot()).toEqual({ status: 'idle' });
  const { work: other } = await begin(projectFiles(3), undefined, false);
  await other.open();
  other.start();
  expect(other.job.getSnapshot()).toEqual({ status: 'idle' });
});

test('An export takes the selection, else the whole result; a removal takes the selection alone', () => {
  const result = { id: 1, count: 20, bytes: 0, facets: {} as never, problems: [] };
  const selection = selectRow(NO_ROWS, 4, 'only');
  expect(actionOf('export', result, NO_ROWS)?.rows.ranges).toEqual([{ from: 0, until: 20 }]);
  expect(actionOf('export', result, selection)?.rows.ranges).toEqual([{ from: 4, until: 5 }]);
  expect(actionOf('remove', result, selection)?.rows.ranges).toEqual([{ from: 4, until: 5 }]);
  expect(actionOf('remove', result, NO_ROWS)).toBeUndefined();
  expect(actionOf('export', { ...result, count: 0 }, NO_ROWS)).toBeUndefined();
  expect(actionOf('export', undefined, NO_ROWS)).toBeUndefined();
});
