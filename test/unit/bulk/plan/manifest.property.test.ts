import fc from 'fast-check';
import Papa from 'papaparse';
import { unescapeCell, readCsv, writeCsv } from '../../../../src/base/csv';
import { readManifest } from '../../../../src/bulk/plan/manifest';
import { manifestTemplate } from '../../../../src/bulk/plan/manifest-template';
import { planFile, planItem } from './inputs';

const cells = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('a', '"', ',', ';', '\t', '|', '\n', '\r\n', ' ', '=', "'", '-', '@', 'ü', '🧨'))
    .map((all) => all.join('')),
);
/** Only `\n`, since other line endings are converted to it. */
const plainCells = cells.map((cell) => cell.replace(/\r\n?/g, '\n'));

const tables = (cell: fc.Arbitrary<string>): fc.Arbitrary<string[][]> =>
  fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '');
}

/** First line of each row. */
function linesOf(table: readonly (readonly string[])[]): number[] {
  let line = 1;
  return table.map((row) => {
    const begin = line;
    line += row.join('').split('\n').length;
    return begin;
  });
}

test('readCsv reads any table of papaparse with values and lines', () => {
  fc.assert(
    fc.property(
      tables(plainCells),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('', '\ufeff'),
      fc.boolean(),
      (table, delimiter, newline, mark, quotes) => {
        // A byte order mark at the very start would count as the one of the file.
        fc.pre(!table[0]![0]!.startsWith('\ufeff'));
        const text = mark + Papa.unparse(table, { delimiter, newline, quotes });
        const lines = linesOf(table);
        const expected = table
          .map((row, index) => ({ line: lines[index], cells: row, hasBrokenQuotes: false }))
          .filter(({ cells: row }) => !isBlank(row));
        expect(readCsv(text, delimiter)).toEqual(expected);
      },
    ),
    { numRuns: 1_000 },
  );
});

/** Start of a formula. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

test('writeCsv writes no formulas, and the original values can be restored', () => {
  fc.assert(
    fc.property(tables(plainCells), (any) => {
      const table = any.map((row) => ['not blank', ...row]);
      const read = readCsv(writeCsv(table), ',');
      expect(read.flatMap(({ cells: row }) => row).filter((cell) => FORMULA.test(cell))).toEqual([]);
      expect(read.map(({ cells: row }) => row.map(unescapeCell))).toEqual(table);
    }),
    { numRuns: 1_000 },
  );
});

test.each([';', '\t'])('writeCsv writes no formulas for a spreadsheet with the separator %j', (delimiter) => {
  fc.assert(
    fc.property(tables(plainCells), (any) => {
      // A quote counts only at the start of a cell.
      const cells = writeCsv([['not blank'], ...any]).split(new RegExp(`[\r\n${delimiter}]`));
      expect(cells.filter((cell) => /^[=+\-@]/.test(cell.replace(/^"+/, '')))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

const filled = plainCells
  .map((cell) => cell.trim())
  .filter((cell) => cell !== '' && cell === unescapeCell(cell) && cell.length < 200);
const maybe = fc.oneof(fc.constant(''), filled);
const rows = fc.uniqueArray(
  fc.record({
    workItemIds: fc.tuple(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    file: filled,
    name: maybe,
    comment: maybe,
  }),
  { selector: ({ workItemIds, file }) => `${workItemIds[0]} ${file.normalize('NFC')}`, minLength: 1 },
);

test('readManifest reads valid rows and reports invalid ones by line', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.infiniteStream(fc.constantFrom('good', 'good', 'no id', 'no file', 'too wide')),
      fc.constantFrom(',', ';', '\t'),
      async (good, stream, delimiter) => {
        const kinds = ['good', ...stream.take(good.length)];
        const table = [
          ['Work item', 'File', 'Name', 'Comment'],
          ...good.map(({ workItemIds, file, name, comment }, index) => {
            const kind = kinds[index];
            return [
              kind === 'no id' ? 'none' : `#${workItemIds[0]}`,
              kind === 'no file' ? '' : file,
              ...[name, comment],
              ...(kind === 'too wide' ? ['x'] : []),
            ];
          }),
        ];
        const lines = linesOf(table).slice(1);
        const reading = await readManifest(Papa.unparse(table, { delimiter }));
        expect(reading).toEqual({
          ok: true,
          rows: good.flatMap((row, index) =>
            kinds[index] === 'good' ? [{ ...row, line: lines[index] }] : [],
          ),
          faults: lines.flatMap((line, index) =>
            kinds[index] === 'good' ? [] : [{ line, message: expect.any(String) as string }],
          ),
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('readManifest returns rows or a message for any file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array(),
        fc.string().map((text) => `id,file\n${text}`),
      ),
      async (bytes) => {
        const reading = await readManifest(new Blob([bytes]));
        if (!reading.ok) expect(reading.message).toMatch(/^(The|This) .*\.$/);
        else expect(reading.rows.length + reading.faults.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 500 },
  );
});

test('manifestTemplate contains every work item and every file', () => {
  fc.assert(
    fc.property(
      fc.array(plainCells),
      fc.array(filled.map((name) => name.replaceAll('/', '_'))),
      (titles, names) => {
        const items = titles.map((title, index) => planItem(index + 1, { title }));
        const files = names.map((name) => planFile(name));
        const [, ...read] = readCsv(manifestTemplate(items, files), ',').map(({ cells: row }) =>
          row.map(unescapeCell),
        );
        expect(read).toEqual([
          ...items.map(({ id, title }) => [String(id), '', '', '', title]),
          ...names.map((name) => ['', name, '', '', '']),
        ]);
      },
    ),
  );
});
