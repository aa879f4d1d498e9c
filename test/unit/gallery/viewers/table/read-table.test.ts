import { columnWidths } from '../../../../../src/gallery/viewers/table/column-widths';
import type { Table } from '../../../../../src/gallery/viewers/table/read-table';
import { readTable } from '../../../../../src/gallery/viewers/table/read-table';
import { readBeginning } from '../../../../../src/gallery/viewers/text/beginning';

/** Reads a table as the viewer does. */
async function read(content: string, name = 'table.csv'): Promise<Table> {
  const { text } = await readBeginning(new Blob([content]), 1_000_000);
  return readTable({ text, isCut: false, name });
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

test('readTable omits an incomplete row', () => {
  const text = 'a,b\n1,2\n3,';
  expect(readTable({ text, isCut: true, name: 'x.csv' }).rows).toEqual([['1', '2']]);
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
  expect(columnWidths({ header: ['number'], rows, columns: 3 })).toEqual([8, 12, 40]);
  expect(columnWidths({ header: ['number'], rows, columns: 300 })).toHaveLength(200);
  const merges = [{ row: 1, column: 0, rows: 1, columns: 3 }];
  const titled = { header: [], rows: [['a', 'b'], ['x'.repeat(30)], ['abcdef']], columns: 3 };
  expect(columnWidths(titled, merges)).toEqual([7, 4, 4]);
});
