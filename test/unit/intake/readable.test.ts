import { assertReadable } from '../../../src/intake/readable';
import { rejectionOf } from '../../helpers/deferred';

test.each([0, 1, 1000])('a file of %d bytes is readable', async (size) => {
  await expect(assertReadable({ name: 'a', source: new Blob(['x'.repeat(size)]) })).resolves.toBeUndefined();
});

test('only the first byte is read', async () => {
  const source = new Blob(['abc']);
  const slice = jest.spyOn(source, 'slice');
  await assertReadable({ name: 'a', source });
  expect(slice.mock.calls).toEqual([[0, 1]]);
});

test('a file that is gone is named, the cause kept', async () => {
  const cause = new DOMException('Gone.', 'NotFoundError');
  const source = { slice: () => ({ arrayBuffer: () => Promise.reject(cause) }) } as unknown as Blob;
  expect(await rejectionOf(assertReadable({ name: 'a.txt', source }))).toMatchObject({
    name: 'FileUnreadableError',
    kind: 'file-unreadable',
    message: 'The file "a.txt" cannot be read.',
    cause,
  });
});
