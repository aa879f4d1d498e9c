import { storageByKind } from '../../../../src/gallery/model/storage';
import { attachedFile } from './files';

describe('storageByKind', () => {
  test('adds up the sizes per kind, the largest first', () => {
    const files = [
      attachedFile('a.png', { size: 10 }),
      attachedFile('b.log', { size: 50 }),
      attachedFile('c.jpg', { size: 15 }),
      attachedFile('d.png', { size: undefined }),
      attachedFile('e.zip', { size: undefined }),
    ];
    expect(storageByKind(files)).toEqual([
      { kind: 'text', count: 1, bytes: 50 },
      { kind: 'image', count: 3, bytes: 25 },
    ]);
  });

  test.each([
    ['no files', []],
    ['one kind', [attachedFile('a.png'), attachedFile('b.jpg')]],
    [
      'no known sizes',
      [attachedFile('a.png', { size: undefined }), attachedFile('b.log', { size: undefined })],
    ],
  ])('returns nothing for %s', (_, files) => {
    expect(storageByKind(files)).toEqual([]);
  });
});
