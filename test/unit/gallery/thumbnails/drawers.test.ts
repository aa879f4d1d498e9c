import fc from 'fast-check';
import { drawPicture } from '../../../../src/gallery/thumbnails/draw-picture';
import { namesAtTop } from '../../../../src/gallery/thumbnails/draw-archive';
import { linesToDraw, readHead } from '../../../../src/gallery/thumbnails/draw-text';
import { drawable } from '../../../../src/gallery/thumbnails/ink';

describe('linesToDraw', () => {
  test('leaves out blank lines at the beginning, and what does not fit', () => {
    const lines = ['', '  ', ...Array.from('abcdefghij')];
    expect(linesToDraw(lines)).toEqual(Array.from('abcdefg'));
  });

  test('wraps long lines if there are few', () => {
    expect(linesToDraw(['x'.repeat(60)])).toEqual(['x'.repeat(27), 'x'.repeat(27), 'x'.repeat(6)]);
  });

  test('draws nothing of a blank text', () => {
    expect(linesToDraw(['', ' '])).toEqual([]);
  });

  test('bounds the drawn text, however long the lines are', () => {
    const line = fc.string({ maxLength: 400 }).map((text) => text.repeat(50));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const drawn = linesToDraw(lines);
        expect(drawn.length).toBeLessThanOrEqual(7);
        for (const each of drawn) expect(each.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

test('drawable leaves out terminal colors and marks that reorder text, and widens tabs', () => {
  expect(drawable('\u001b[31;1mred\u001b[0m\t\u202Egnp.exe')).toBe('red  gnp.exe');
});

test('readHead refuses a binary file', async () => {
  await expect(readHead(new Blob(['a\0b']))).rejects.toThrow('This is not text.');
});

describe('namesAtTop', () => {
  const namesOf = (...paths: string[]) =>
    namesAtTop(paths.map((path) => ({ path, isFolder: path.endsWith('/') }))).map(({ name, isFolder }) =>
      isFolder ? `${name}/` : name,
    );

  test('returns distinct names, folders first', () => {
    expect(namesOf('b.txt', 'src/a.ts', 'src/b.ts', 'docs/', 'a.txt')).toEqual([
      'src/',
      'docs/',
      'b.txt',
      'a.txt',
    ]);
  });

  test('leaves out folders that all files have in common', () => {
    expect(namesOf('app/', 'app/src/a.ts', 'app/README.md')).toEqual(['src/', 'README.md']);
  });

  test('survives paths out of the archive', () => {
    expect(namesOf('../../etc/passwd', '/', '\\a\\b.txt')).toEqual(['etc/', 'a/']);
  });
});

describe('drawPicture', () => {
  test('refuses a picture with too many pixels before it decodes it', async () => {
    const header = Buffer.from('89504e470d0a1a0a0000000d494844520000c3500000c350', 'hex');
    const decode = jest.fn();
    Object.assign(globalThis, { createImageBitmap: decode });
    await expect(drawPicture(new Blob([new Uint8Array(header)]))).rejects.toThrow('too large');
    expect(decode).not.toHaveBeenCalled();
  });
});
