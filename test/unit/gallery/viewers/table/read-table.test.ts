import { openText } from '../../../../../src/gallery/viewers/text/text-parts';
import type { Table } from '../../../../../src/gallery/viewers/table/read-table';
import {
  columnWidths,
  readTable,
  TABLE_PART_BYTES,
} from '../../../../../src/gallery/viewers/table/read-table';

async function read(text: string, name = 'table.csv', partBytes = TABLE_PART_BYTES): Promise<Table> {
  return readTable((await openText(new Blob([text]), partBytes)).loaded, name);
}

test.each([
  ['commas', 'a,b\n1,2\n'],
  ['semicolons', 'a;b\r\n1;2\r\n'],
  ['tabs', 'a\tb\n1\t2'],
  ['pipes', 'a|b\n1|2\n'],
  ['a byte order mark', '\ufeffa,b\n1,2\n'],
  ["Excel's hint", 'sep=;\r\na;b\r\n1;2\r\n'],
])('readTable parses a table with %s', async (_, text) => {
  expect(await read(text)).toEqual({ header: ['a', 'b'], rows: [['1', '2']], columns: 2 });
});

test("readTable prefers Excel's hint to the extension", async () => {
  expect((await read('SEP=,\na,b\n1,2\n', 'x.tsv')).header).toEqual(['a', 'b']);
});

test('readTable keeps delimiters and line ends in quotes and skips blank lines', async () => {
  expect((await read('a,b\n\n"x, ""y""","two\r\nlines"\n')).rows).toEqual([['x, "y"', 'two\nlines']]);
});

test('readTable uses tabs for a TSV extension', async () => {
  expect((await read('a,b\tc\n', 'x.TSV')).header).toEqual(['a,b', 'c']);
});

test('readTable counts the columns of the longest row', async () => {
  expect((await read('a\n1,2,3\n')).columns).toBe(3);
});

test('readTable omits an incomplete row until the rest is loaded', async () => {
  const parts = await openText(new Blob(['a,b\n1,2\n3,4\n']), { whole: 0, head: 9, tail: 0, more: 100 });
  expect(readTable(parts.loaded, 'x.csv').rows).toEqual([['1', '2']]);
  expect(readTable(await parts.loadMore(), 'x.csv').rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
});

test('readTable returns an empty table for an empty text', async () => {
  expect(await read('')).toEqual({ header: [], rows: [], columns: 0 });
});

test('columnWidths follow the content of all rows, within limits', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => [
    '1',
    index === 4999 ? 'a long cell' : 'b',
    'x'.repeat(99),
  ]);
  expect(columnWidths({ header: ['number'], rows, columns: 3 }, 9)).toEqual([8, 11, 40]);
  expect(columnWidths({ header: ['number'], rows, columns: 3 }, 2)).toHaveLength(2);
});
