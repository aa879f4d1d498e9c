import { english, setLanguage } from '../../../../src/base/i18n/language';
import { readManifest } from '../../../../src/bulk/plan/manifest';
import { manifestTemplate } from '../../../../src/bulk/plan/manifest-template';
import type { ManifestRow } from '../../../../src/bulk/plan/plan';
import { manifestRow, planFile, planItem } from './inputs';

async function rowsOf(source: string | Blob): Promise<readonly ManifestRow[]> {
  const reading = await readManifest(source);
  expect(reading).toMatchObject({ ok: true, faults: [] });
  return reading.ok ? reading.rows : [];
}

/** `line: message` for each invalid row. */
async function faultsOf(source: string): Promise<string[]> {
  const reading = await readManifest(source);
  return reading.ok ? reading.faults.map(({ line, message }) => `${line}: ${message}`) : [];
}

async function refusalOf(source: string | Blob): Promise<string | undefined> {
  const reading = await readManifest(source);
  return reading.ok ? undefined : reading.message;
}

const WHOLE = manifestRow([12], 'a.png', { name: 'A.png', comment: 'Seen today' });

describe('readManifest: columns', () => {
  test.each([
    ['Work item,File,Name,Comment'],
    ['WORK_ITEM,file_name,Attach as,NOTE'],
    ['workitem,Filename,new-name,Description'],
    ['Work item ID,Path,title,comments'],
    ['#,attachment,Title,notes'],
    [' id , file , name , comment '],
    ['Arbeitselement,Datei,Titel,Kommentar'],
    ['Élément de travail,Pièce jointe,Nom,Commentaire'],
    ['Elemento de trabajo,Archivo,Título,Descripción'],
    ['作業項目,ファイル,名前,コメント'],
    ['作業項目番号,ﾊﾟｽ,新しい名前,メモ'],
    ['工作项,文件,名称,注释'],
    ['工作項目,檔案,名稱,註解'],
    ['작업 항목,파일,이름,메모'],
    ['Elemento di lavoro,File,Nome,Commento'],
    ['Item de trabalho,Arquivo,Nome,Comentário'],
    ['Element roboczy,Plik,Nazwa,Komentarz'],
    ['Pracovní položka,Soubor,Název,Komentář'],
    ['Рабочий элемент,Файл,Имя,Комментарий'],
    ['İş öğesi,Dosya,Ad,Yorum'],
    ['IŞ ÖĞESI,EK,BAŞLIK,AÇIKLAMA'],
  ])('accepts the header %s', async (header) => {
    expect(await rowsOf(`${header}\n12,a.png,A.png,Seen today\n`)).toEqual([WHOLE]);
  });

  test('accepts any order and ignores unknown columns', async () => {
    const text = 'Comment,State,File,Work item title,ID,Name\nSeen today,Active,a.png,Crash,12,A.png';
    expect(await rowsOf(text)).toEqual([WHOLE]);
  });

  test('prefers the most specific name', async () => {
    expect(await rowsOf('ID,Title,Work item,File,Attach as\n1,x,12,a.png,A.png')).toEqual([
      { ...WHOLE, comment: '' },
    ]);
  });

  test('accepts missing and empty optional columns', async () => {
    expect(await rowsOf('ID,File,Name\n12,a.png\n13,b.png,\n')).toEqual([
      manifestRow([12], 'a.png'),
      manifestRow([13], 'b.png', { line: 3 }),
    ]);
  });

  test.each([
    ['', 'The CSV file is empty.'],
    ['\ufeff\r\n \r\n', 'The CSV file is empty.'],
    ['id;file\n', 'The CSV file has a header but no rows.'],
    ['12,a.png\n', 'The first line must name the columns. “Work item” and “File” are missing.'],
    ['id,name\n12,a', 'The first line must name the columns. “File” is missing.'],
    ['file,name\na,b', 'The first line must name the columns. “Work item” is missing.'],
  ])('rejects %j', async (text, message) => {
    expect(await refusalOf(text)).toBe(message);
  });
});

describe('readManifest: separators', () => {
  const table = [
    ['id', 'file', 'name', 'comment'],
    ['12', 'a.png', 'A.png', 'Seen today'],
  ];

  test.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
  ])('recognizes %s', async (_, delimiter) => {
    expect(await rowsOf(table.map((cells) => cells.join(delimiter)).join('\r\n'))).toEqual([WHOLE]);
  });

  test('follows the hint on the first line', async () => {
    expect(await rowsOf('sep=;\r\nid;file\r\n12;a,b.png')).toEqual([
      manifestRow([12], 'a,b.png', { line: 3 }),
    ]);
  });

  test('recognizes semicolons despite more commas in the header', async () => {
    expect(await rowsOf('id;file;a,b,c,d\n12;a.png;')).toEqual([manifestRow([12], 'a.png')]);
  });
});

describe('readManifest: line numbers', () => {
  const rows = [manifestRow([1], 'a', { line: 3 }), manifestRow([2], 'b', { comment: 'x\ny', line: 5 })];
  const last = manifestRow([3], 'c', { line: 7 });

  test.each([
    ['\n', 'as on Unix'],
    ['\r\n', 'as on Windows'],
    ['\r', 'as on an old Mac'],
  ])('match those of a text editor with the line ending %j, %s', async (end) => {
    const text = ['id,file,comment', '', '1,a,', ' , ,', '2,b,"x', 'y"', '3,c'].join(end);
    expect(await rowsOf(text)).toEqual([...rows, last]);
  });

  test('match those of a text editor with mixed line endings', async () => {
    expect(await rowsOf('id,file,comment\r\n\n1,a,\r\r\n2,b,"x\r\ny"\r3,c')).toEqual([...rows, last]);
  });
});

describe('readManifest: work items', () => {
  test.each<[string, number[]]>([
    ['12', [12]],
    [' #12 ', [12]],
    ['Bug 12', [12]],
    ['"12, 13 #14"', [12, 13, 14]],
    ['12;13', [12, 13]],
    ['https://dev.azure.com/fabrikam/Fiber/_workitems/edit/12', [12]],
  ])('reads %s', async (cell, ids) => {
    expect(await rowsOf(`id,file\n${cell},a.png`)).toEqual([manifestRow(ids, 'a.png')]);
  });

  test.each([
    ['abc', "“abc” isn't a work item ID."],
    ['0', "“0” isn't a work item ID."],
    ['12-15', "“12-15” isn't a work item ID."],
    ['"12,345"', "“12,345” isn't a work item ID."],
    ['12\u00a0345', "“12\u00a0345” isn't a work item ID."],
    ['"1,012\u202f345"', "“1,012\u202f345” isn't a work item ID."],
    ['12 345', "“12 345” isn't a work item ID."],
    ['12 and more', "“and more” isn't a work item ID."],
    ['-', "“-” isn't a work item ID."],
    ['9'.repeat(50), `“${'9'.repeat(40)}…” isn't a work item ID.`],
    [
      'https://x/_queries/query/00000000-0000-4000-8000-000000000001',
      "“https://x/_queries/query/00000000-0000-4…” isn't a work item ID.",
    ],
    ['', 'Missing work item ID.'],
  ])('rejects %j', async (cell, message) => {
    expect(await faultsOf(`id,file\n${cell},a.png`)).toEqual([`2: ${message}`]);
  });
});

describe('readManifest: invalid rows', () => {
  test.each([
    ['without a file', '12, ', 'Missing file name.'],
    [
      'with a comma that is not quoted',
      '12,a,b.png,n,c',
      'This row has 5 values for 4 columns. Put values that contain a separator in quotation marks.',
    ],
    ['with a name that is too long', `12,a,${'x'.repeat(256)}`, 'The name is longer than 255 characters.'],
    [
      'with a comment that is too long',
      `12,a,,${'x'.repeat(256)}`,
      'The comment is longer than 255 characters.',
    ],
    [
      'with a quotation mark that is never closed',
      '12,"a\n13,b',
      'Missing closing quotation mark. Later rows might be skipped.',
    ],
  ])('rejects a row %s', async (_, row, message) => {
    expect(await faultsOf(`id,file,name,comment\n${row}`)).toEqual([`2: ${message}`]);
  });

  test('rejects a row that repeats an earlier one', async () => {
    const reading = await readManifest('id,file\n12,a\n"13, 12",a\n13,a\n12,A\nx,a\n13,a');
    expect(reading).toEqual({
      ok: true,
      rows: [
        manifestRow([12], 'a'),
        manifestRow([13], 'a', { line: 4 }),
        manifestRow([12], 'A', { line: 5 }),
      ],
      faults: [
        { line: 3, message: 'Same file and work item as line 2.' },
        { line: 6, message: "“x” isn't a work item ID." },
        { line: 7, message: 'Same file and work item as line 4.' },
      ],
    });
  });

  test('accepts the other rows', async () => {
    expect(await readManifest('id,file\nx,a\n12,a.png')).toEqual({
      ok: true,
      rows: [manifestRow([12], 'a.png', { line: 3 })],
      faults: [{ line: 2, message: "“x” isn't a work item ID." }],
    });
  });

  test('accepts empty values after the last column', async () => {
    expect(await rowsOf('id,file\n12,a.png,, \n')).toEqual([manifestRow([12], 'a.png')]);
  });
});

describe('readManifest: file', () => {
  const text = 'id;file\n12;Größe €.png\n';
  const rows = [manifestRow([12], 'Größe €.png')];
  const bytes = (values: Iterable<number>): Blob => new Blob([Uint8Array.from(values)]);
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const SAVE_AS_CSV = 'This file is a spreadsheet. Save it as CSV, then choose the CSV file.';

  test.each<[string, Blob]>([
    ['UTF-8', new Blob([text])],
    ['UTF-8 with a byte order mark', new Blob([`\ufeff${text}`])],
    ['UTF-16 as Excel saves it', bytes(utf16)],
    ['UTF-16 the other way round', bytes(Buffer.from(utf16).swap16())],
    ['Windows-1252', bytes(Buffer.from(text.replace('€', '\u0080'), 'latin1'))],
  ])('reads text in %s', async (_, file) => {
    expect(await rowsOf(file)).toEqual(rows);
  });

  describe('in the encoding of Excel', () => {
    afterEach(() => setLanguage(english('en-US')));

    // `日本語.txt` in Shift-JIS, `中文.txt` in GBK.
    test.each([
      ['ja-JP', [0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea], '日本語.txt'],
      ['zh-CN', [0xd6, 0xd0, 0xce, 0xc4], '中文.txt'],
      ['de-DE', [0xd6, 0xd0, 0xce, 0xc4], 'ÖÐÎÄ.txt'],
    ])('reads text for the culture %s', async (culture, name, expected) => {
      setLanguage(english('en-US', culture));
      const file = bytes([...Buffer.from('id;file\n12;'), ...name, ...Buffer.from('.txt\n')]);
      expect(await rowsOf(file)).toEqual([manifestRow([12], expected)]);
    });

    it('falls back to Windows-1252 for other bytes', async () => {
      setLanguage(english('en-US', 'ja-JP'));
      expect(await rowsOf(bytes([...Buffer.from('id;file\n12;a'), 0xa0, 0xff, 0x0a]))).toEqual([
        manifestRow([12], 'a\u00a0ÿ'),
      ]);
    });
  });

  test.each<[string, Blob, string]>([
    ['nothing', new Blob([]), 'The CSV file is empty.'],
    ['a new spreadsheet', new Blob(['PK\u0003\u0004…']), SAVE_AS_CSV],
    ['an old spreadsheet', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), SAVE_AS_CSV],
    [
      'other bytes',
      bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0, 0]),
      "This isn't a text file. Save the table as CSV, then choose the CSV file.",
    ],
  ])('rejects a file of %s', async (_, file, message) => {
    expect(await refusalOf(file)).toBe(message);
  });

  test('does not read a file that is too large', async () => {
    const video = new Blob([]);
    Object.defineProperty(video, 'size', { value: 2 ** 30 });
    video.arrayBuffer = () => Promise.reject(new Error('It was read.'));
    expect(await refusalOf(video)).toBe('This file is too large. Choose a smaller CSV file.');
  });

  test('reports a missing file', async () => {
    const gone = new Blob([text]);
    gone.arrayBuffer = () => Promise.reject(new DOMException('Gone.', 'NotFoundError'));
    expect(await refusalOf(gone)).toBe(
      "Can't read the CSV file. It was moved, deleted, or changed. Choose it again.",
    );
  });
});

describe('manifestTemplate', () => {
  const template = manifestTemplate(
    [planItem(7, { title: '=HYPERLINK("https://evil")' }), planItem(8, { title: 'Crash, "again"' })],
    [planFile('x/a.png'), planFile('-b.png')],
  );

  test('has a row for each work item and each file, and no formulas', () => {
    expect(template.split('\r\n')).toEqual([
      '\ufeffWork item,File,Attach as,Comment,Work item title',
      '7,,,,"\'=HYPERLINK(""https://evil"")"',
      '8,,,,"Crash, ""again"""',
      ',x/a.png,,,',
      ",'-b.png,,,",
      '',
    ]);
  });

  test('can be filled in and read', async () => {
    const filled = template.replace('7,,', '7,-b.png,').replace('8,,', "8,'-b.png,").split(',x/a.png')[0]!;
    expect(await rowsOf(filled)).toEqual([
      manifestRow([7], '-b.png'),
      manifestRow([8], '-b.png', { line: 3 }),
    ]);
  });
});
