import fc from 'fast-check';
import { fitIntoWorkItem } from '../../../src/intake/room';
import { pickedFile } from '../../helpers/uploads';

const FILES = ['a.txt', 'b.txt', 'c.txt'].map((name) => pickedFile(name, 3));
const UNREADABLE = { name: 'd.txt', size: 0, folder: '', problem: { kind: 'file-unreadable' as const } };

test.each([
  [0, 3],
  [97, 3],
  [98, 2],
  [99, 1],
  [100, 0],
  [140, 0],
])('beside %d attachments there is room for %d of three', (taken, room) => {
  const { accepted, rejected } = fitIntoWorkItem({ accepted: FILES, rejected: [] }, taken);
  expect(accepted).toEqual(FILES.slice(0, room));
  expect(rejected).toEqual(
    FILES.slice(room).map(({ name }) => ({
      name,
      size: 3,
      folder: '',
      problem: { kind: 'attachment-limit' },
    })),
  );
});

test('what was rejected before stays rejected', () => {
  expect(fitIntoWorkItem({ accepted: FILES, rejected: [UNREADABLE] }, 99)).toEqual({
    accepted: FILES.slice(0, 1),
    rejected: [
      UNREADABLE,
      { name: 'b.txt', size: 3, folder: '', problem: { kind: 'attachment-limit' } },
      { name: 'c.txt', size: 3, folder: '', problem: { kind: 'attachment-limit' } },
    ],
  });
});

test('nothing vanishes, and never more than 100 come together', () => {
  fc.assert(
    fc.property(fc.nat(150), fc.nat(150), (count, taken) => {
      const files = Array.from({ length: count }, (_, index) => ({ ...FILES[0]!, name: String(index) }));
      const { accepted, rejected } = fitIntoWorkItem({ accepted: files, rejected: [] }, taken);
      expect([...accepted, ...rejected].map(({ name }) => name)).toEqual(files.map(({ name }) => name));
      expect(accepted.length).toBeLessThanOrEqual(Math.max(0, 100 - taken));
    }),
  );
});
