/** @jest-environment jsdom */
import { readCsv } from '../../../../../src/base/csv';
import { NetworkError } from '../../../../../src/base/errors';
import { createListExport } from '../../../../../src/gallery/project/session/list-export';
import { createFakeProjectIndex, projectFile, projectFiles } from '../../../../helpers/project-index';

const ALL = { text: '', sortBy: 'name', isDescending: false } as const;

async function begin(files = projectFiles(2_500), maySave = true) {
  const index = createFakeProjectIndex(files);
  const save = jest.fn<undefined, [Blob, string]>();
  const job = createListExport({ index, maySave: () => maySave, save });
  const states: string[] = [];
  job.subscribe(() => states.push(job.getSnapshot().status), 'at-once');
  return { index, save, job, states, result: await index.search(ALL) };
}

describe('ListExport', () => {
  test('saves all rows of a result as one table, in steps', async () => {
    const { job, save, result, index } = await begin();
    await job.start(result);
    expect(save).toHaveBeenCalledWith(expect.any(Blob), 'attachments.csv');
    expect(index.reads).toHaveLength(3);
    expect(job.getSnapshot()).toEqual({ status: 'idle' });
  });

  test('offers the text where files cannot be saved, without formulas', async () => {
    const { job, save, result } = await begin([projectFile(1, { name: '=1+1.log', size: undefined })], false);
    await job.start(result);
    const state = job.getSnapshot();
    const [titles, row] = readCsv(state.status === 'written' ? state.text : '', ',');
    expect(titles?.cells.slice(0, 4)).toEqual(['Name', 'Size in bytes', 'Work item', 'Work item type']);
    expect(row?.cells.slice(0, 4)).toEqual(["'=1+1.log", '', '1000', 'Task']);
    expect(save).not.toHaveBeenCalled();
  });

  test('writes as many rows as the result has, with one byte order mark', async () => {
    const { job, result } = await begin(projectFiles(2_500), false);
    await job.start(result);
    const state = job.getSnapshot();
    const text = state.status === 'written' ? state.text : '';
    expect(readCsv(text, ',')).toHaveLength(2_501);
    expect(text.split('\ufeff')).toHaveLength(2);
  });

  test('says that the list changed meanwhile', async () => {
    const { job, save, result, index } = await begin();
    await index.search(ALL);
    await job.start(result);
    expect(job.getSnapshot()).toEqual({ status: 'outdated' });
    expect(save).not.toHaveBeenCalled();
  });

  test('tells why it failed, and ends its message', async () => {
    const { job, result, index } = await begin();
    index.failNext = new NetworkError('down');
    await job.start(result);
    expect(job.getSnapshot()).toMatchObject({ status: 'failed', problem: { kind: 'network' } });
    job.cancel();
    expect(job.getSnapshot()).toEqual({ status: 'idle' });
  });

  test('saves nothing after it is canceled', async () => {
    const { job, save, result } = await begin();
    const done = job.start(result);
    job.cancel();
    await done;
    expect(job.getSnapshot()).toEqual({ status: 'idle' });
    expect(save).not.toHaveBeenCalled();
  });
});
