import { createPageReader, PAGE_ROWS, rowOf } from '../../../../../src/gallery/project/session/row-pages';
import { createFakeProjectIndex, projectFiles } from '../../../../helpers/project-index';

const ALL = { text: '', sortBy: 'name', isDescending: false } as const;

async function begin(count: number, withFirst = false) {
  const index = createFakeProjectIndex(projectFiles(count));
  const { id } = await index.search(ALL);
  const firstRows = withFirst ? projectFiles(count).slice(0, PAGE_ROWS) : [];
  const onPages = jest.fn();
  return { index, onPages, reader: createPageReader(index, { id, firstRows }, onPages) };
}

describe('PageReader', () => {
  test('reads each page once, also for overlapping requests', async () => {
    const { index, reader } = await begin(1_000);
    await Promise.all([reader.show(90, 110), reader.show(100, 150)]);
    await reader.show(0, 200);
    expect(index.reads).toEqual([
      [0, PAGE_ROWS],
      [PAGE_ROWS, PAGE_ROWS],
    ]);
    expect(rowOf(reader.getPages(), 150)).toBeDefined();
    expect(rowOf(reader.getPages(), 200)).toBeUndefined();
  });

  test('does not read the rows that came with the result', async () => {
    const { index, reader } = await begin(1_000, true);
    await reader.show(0, 50);
    expect(index.reads).toEqual([]);
    expect(rowOf(reader.getPages(), 99)).toBeDefined();
    await reader.show(90, 110);
    expect(index.reads).toEqual([[PAGE_ROWS, PAGE_ROWS]]);
  });

  test('keeps the pages near the visible ones only', async () => {
    const { reader } = await begin(10_000);
    for (let row = 0; row < 10_000; row += PAGE_ROWS) await reader.show(row, row + 1);
    const pages = reader.getPages();
    expect(pages.size).toBe(40);
    expect(rowOf(pages, 9_999)).toBeDefined();
    expect(rowOf(pages, 0)).toBeUndefined();
  });

  test('reads a failed page again', async () => {
    const { index, reader } = await begin(10);
    index.failNext = new Error('down');
    await expect(reader.show(0, 10)).rejects.toThrow('down');
    await reader.show(0, 10);
    expect(rowOf(reader.getPages(), 9)).toBeDefined();
  });

  test('has no rows of a result that is no longer valid', async () => {
    const { index, reader, onPages } = await begin(10);
    await index.search(ALL);
    await reader.show(0, 10);
    expect(onPages).not.toHaveBeenCalled();
  });
});
