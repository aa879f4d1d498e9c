import fc from 'fast-check';
import {
  assertReadable,
  createIntake,
  fitIntoWorkItem,
  pastedName,
  pick,
  pickFromInput,
  pickFromPaste,
} from '../../../../src/upload/intake/intake';
import { attachmentName } from '../../../../src/upload/intake/attachment-name';
import { rejectionOf } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { browserFile } from '../../../helpers/drop';
import { pickedFile } from '../../../helpers/uploads';

const yieldToMain = (): Promise<void> => Promise.resolve();

const AT = new Date(2026, 1, 3, 14, 5, 12);

function screenshot(type = 'image/png'): File {
  return new File(['png'], 'image.png', { type });
}

function namesPasted(...files: File[]): string[] {
  return pickFromPaste(files, 'Bug 7', AT).accepted.map(({ name }) => name);
}

describe('pickFromInput', () => {
  test('keeps the file without reading its bytes', () => {
    const source = new File(['hello'], 'u\u0308.txt');
    expect(pick(source, 'logs')).toEqual({ name: 'ü.txt', size: 5, folder: 'logs', source });
    expect(pick(source, 'logs').source).toBe(source);
  });

  test('accepts an empty file', async () => {
    const source = browserFile('empty.txt', 0);
    expect(await pickFromInput([source], yieldToMain)).toEqual({
      accepted: [{ name: 'empty.txt', size: 0, folder: '', source }],
      rejected: [],
    });
  });

  test('keeps the folders', async () => {
    const files = [
      browserFile('a.txt', 1, 'logs'),
      browserFile('b.txt', 1, 'logs/2026/02'),
      browserFile('c.txt'),
    ];
    const { accepted } = await pickFromInput(files, yieldToMain);
    expect(accepted.map(({ name, folder }) => [folder, name])).toEqual([
      ['logs', 'a.txt'],
      ['logs/2026/02', 'b.txt'],
      ['', 'c.txt'],
    ]);
  });

  test('accepts an empty list', async () => {
    expect(await pickFromInput([], yieldToMain)).toEqual({ accepted: [], rejected: [] });
  });

  test('yields to the browser between many files and keeps their order', async () => {
    const files = Array.from({ length: 120 }, (_, index) => browserFile(`${index}.txt`));
    let looked = 0;
    const seen: number[] = [];
    const counted = files.map((file) => new Proxy(file, { get: count }));
    const { accepted } = await pickFromInput(counted, () => {
      seen.push(looked);
      return Promise.resolve();
    });
    expect(accepted.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
    expect(seen).toEqual([50, 100]);

    function count(file: File, key: string | symbol): unknown {
      if (key === 'size') looked++;
      return Reflect.get(file, key) as unknown;
    }
  });
});

describe('pickFromPaste', () => {
  test('names a screenshot after the work item and time', () => {
    expect(namesPasted(screenshot())).toEqual(['Bug 7 2026-02-03 14.05.12.png']);
  });

  test('numbers several screenshots', () => {
    expect(namesPasted(screenshot(), screenshot('image/jpeg'), screenshot())).toEqual([
      'Bug 7 2026-02-03 14.05.12 (1).png',
      'Bug 7 2026-02-03 14.05.12 (2).jpg',
      'Bug 7 2026-02-03 14.05.12 (3).png',
    ]);
  });

  test('keeps the names of files copied in a file manager', () => {
    expect(namesPasted(new File(['x'], 'a.txt'), new File(['x'], 'my image.png'))).toEqual([
      'a.txt',
      'my image.png',
    ]);
  });

  test.each(['image.png', 'image.jpg', 'image.jpeg', 'IMAGE.PNG', 'image.gif', 'image.webp', 'image.bmp'])(
    'recognizes %s as a screenshot',
    (name) => {
      expect(namesPasted(new File(['x'], name, { type: 'image/png' }))).toEqual([
        'Bug 7 2026-02-03 14.05.12.png',
      ]);
    },
  );

  test('does not number a single screenshot among files', () => {
    expect(namesPasted(new File(['x'], 'a.txt'), screenshot())).toEqual([
      'a.txt',
      'Bug 7 2026-02-03 14.05.12.png',
    ]);
  });

  test('numbers only the screenshots among files', () => {
    expect(namesPasted(screenshot(), new File(['x'], 'a.txt'), screenshot())).toEqual([
      'Bug 7 2026-02-03 14.05.12 (1).png',
      'a.txt',
      'Bug 7 2026-02-03 14.05.12 (2).png',
    ]);
  });

  test('keeps bytes and size', () => {
    const source = screenshot();
    expect(pickFromPaste([source], 'Bug 7', AT).accepted[0]).toEqual({
      name: 'Bug 7 2026-02-03 14.05.12.png',
      size: 3,
      folder: '',
      source,
    });
  });
});

describe('pastedName', () => {
  const at = new Date(2026, 1, 3, 4, 5, 6);

  test.each([
    ['image/png', 'png'],
    ['image/jpeg', 'jpg'],
    ['image/gif', 'gif'],
    ['image/webp', 'webp'],
    ['image/bmp', 'bmp'],
    ['image/svg+xml', 'png'],
    ['', 'png'],
  ])('for type %j ends in .%s', (mimeType, extension) => {
    expect(pastedName('Bug 7', at, mimeType)).toBe(`Bug 7 2026-02-03 04.05.06.${extension}`);
  });

  test('returns a valid attachment name', () => {
    const name = pastedName('New User Story', new Date(2026, 11, 31, 23, 59, 59), 'image/png');
    expect(name).toBe('New User Story 2026-12-31 23.59.59.png');
    expect(attachmentName(name)).toBe(name);
  });
});

describe('fitIntoWorkItem', () => {
  const FILES = ['a.txt', 'b.txt', 'c.txt'].map((name) => pickedFile(name, 3));
  const UNREADABLE = { name: 'd.txt', size: 0, folder: '', problem: { kind: 'file-unreadable' as const } };

  test.each([
    [0, 3],
    [97, 3],
    [98, 2],
    [99, 1],
    [100, 0],
    [140, 0],
  ])('with %d attachments accepts %d of three files', (taken, room) => {
    const { accepted, rejected } = fitIntoWorkItem({ accepted: FILES, rejected: [] }, taken, 100);
    expect(accepted).toEqual(FILES.slice(0, room));
    expect(rejected).toEqual(
      FILES.slice(room).map(({ name, source }) => ({
        name,
        size: 3,
        folder: '',
        source,
        problem: { kind: 'attachment-limit' },
      })),
    );
  });

  test('accepts all files where the server decides', () => {
    const picked = { accepted: FILES, rejected: [] };
    expect(fitIntoWorkItem(picked, 140, Infinity)).toEqual(picked);
  });

  test('keeps earlier rejections', () => {
    expect(fitIntoWorkItem({ accepted: FILES, rejected: [UNREADABLE] }, 99, 100)).toEqual({
      accepted: FILES.slice(0, 1),
      rejected: [
        UNREADABLE,
        { ...FILES[1], problem: { kind: 'attachment-limit' } },
        { ...FILES[2], problem: { kind: 'attachment-limit' } },
      ],
    });
  });

  test('accounts for every file and never exceeds 100 attachments', () => {
    fc.assert(
      fc.property(fc.nat(150), fc.nat(150), (count, taken) => {
        const files = Array.from({ length: count }, (_, index) => ({ ...FILES[0]!, name: String(index) }));
        const { accepted, rejected } = fitIntoWorkItem({ accepted: files, rejected: [] }, taken, 100);
        expect([...accepted, ...rejected].map(({ name }) => name)).toEqual(files.map(({ name }) => name));
        expect(accepted.length).toBeLessThanOrEqual(Math.max(0, 100 - taken));
      }),
    );
  });
});

describe('createIntake', () => {
  test('numbers screenshots from several pastes of one second', () => {
    const { fromPaste } = createIntake(createFakeRuntime());
    const paste = (at: Date, ...files: File[]): string[] =>
      fromPaste(files, 'Bug 7', at).accepted.map(({ name }) => name);
    const later = new Date(AT.getTime() + 1_000);
    expect([
      paste(AT, screenshot()),
      paste(AT, screenshot('image/jpeg')),
      paste(AT, screenshot(), screenshot()),
      paste(later, screenshot()),
    ]).toEqual([
      ['Bug 7 2026-02-03 14.05.12.png'],
      ['Bug 7 2026-02-03 14.05.12 (2).jpg'],
      ['Bug 7 2026-02-03 14.05.12 (3).png', 'Bug 7 2026-02-03 14.05.12 (4).png'],
      ['Bug 7 2026-02-03 14.05.13.png'],
    ]);
  });
});

describe('assertReadable', () => {
  test.each([0, 1, 1000])('accepts a file of %d bytes', async (size) => {
    await expect(
      assertReadable({ name: 'a', source: new Blob(['x'.repeat(size)]) }),
    ).resolves.toBeUndefined();
  });

  test('reads only the first byte', async () => {
    const source = new Blob(['abc']);
    const slice = jest.spyOn(source, 'slice');
    await assertReadable({ name: 'a', source });
    expect(slice.mock.calls).toEqual([[0, 1]]);
  });

  test('names a missing file and keeps the cause', async () => {
    const cause = new DOMException('Gone.', 'NotFoundError');
    const source = { slice: () => ({ arrayBuffer: () => Promise.reject(cause) }) } as unknown as Blob;
    expect(await rejectionOf(assertReadable({ name: 'a.txt', source }))).toMatchObject({
      name: 'FileUnreadableError',
      kind: 'file-unreadable',
      message: 'The file "a.txt" cannot be read.',
      cause,
    });
  });
});
