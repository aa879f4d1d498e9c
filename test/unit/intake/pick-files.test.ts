import { pick, pickFromInput, pickFromPaste } from '../../../src/intake/pick-files';
import { browserFile } from '../../helpers/drop';

const breathe = (): Promise<void> => Promise.resolve();

const AT = new Date(2026, 1, 3, 14, 5, 12);

function screenshot(type = 'image/png'): File {
  return new File(['png'], 'image.png', { type });
}

function namesPasted(...files: File[]): string[] {
  return pickFromPaste(files, 'Bug 7', AT).accepted.map(({ name }) => name);
}

describe('a pick', () => {
  test('is taken as it is, the bytes unread', () => {
    const source = new File(['hello'], 'u\u0308.txt');
    expect(pick(source, 'logs')).toEqual({ name: 'ü.txt', size: 5, folder: 'logs', source });
    expect(pick(source, 'logs').source).toBe(source);
  });

  test('may be empty', async () => {
    const source = browserFile('empty.txt', 0);
    expect(await pickFromInput([source], breathe)).toEqual({
      accepted: [{ name: 'empty.txt', size: 0, folder: '', source }],
      rejected: [],
    });
  });

  test('of a folder carries its folders', async () => {
    const files = [
      browserFile('a.txt', 1, 'logs'),
      browserFile('b.txt', 1, 'logs/2026/02'),
      browserFile('c.txt'),
    ];
    const { accepted } = await pickFromInput(files, breathe);
    expect(accepted.map(({ name, folder }) => [folder, name])).toEqual([
      ['logs', 'a.txt'],
      ['logs/2026/02', 'b.txt'],
      ['', 'c.txt'],
    ]);
  });

  test('of nothing is nothing', async () => {
    expect(await pickFromInput([], breathe)).toEqual({ accepted: [], rejected: [] });
  });

  test('is one of many: the page breathes in between, and their order stays', async () => {
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

describe('a paste', () => {
  test('of a screenshot is named by its work item and time', () => {
    expect(namesPasted(screenshot())).toEqual(['Bug 7 2026-02-03 14.05.12.png']);
  });

  test('of several screenshots numbers them', () => {
    expect(namesPasted(screenshot(), screenshot('image/jpeg'), screenshot())).toEqual([
      'Bug 7 2026-02-03 14.05.12 (1).png',
      'Bug 7 2026-02-03 14.05.12 (2).jpg',
      'Bug 7 2026-02-03 14.05.12 (3).png',
    ]);
  });

  test('of files copied in a file manager keeps their names', () => {
    expect(namesPasted(new File(['x'], 'a.txt'), new File(['x'], 'my image.png'))).toEqual([
      'a.txt',
      'my image.png',
    ]);
  });

  test.each(['image.png', 'image.jpg', 'image.jpeg', 'IMAGE.PNG', 'image.gif', 'image.webp', 'image.bmp'])(
    'takes %s for a screenshot',
    (name) => {
      expect(namesPasted(new File(['x'], name, { type: 'image/png' }))).toEqual([
        'Bug 7 2026-02-03 14.05.12.png',
      ]);
    },
  );

  test('of one screenshot among files does not number it', () => {
    expect(namesPasted(new File(['x'], 'a.txt'), screenshot())).toEqual([
      'a.txt',
      'Bug 7 2026-02-03 14.05.12.png',
    ]);
  });

  test('of screenshots among files counts the screenshots', () => {
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
