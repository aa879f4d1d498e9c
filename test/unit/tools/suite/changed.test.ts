import { specsFor } from '../../../../tools/changed.mjs';

describe('specsFor', () => {
  test('returns a changed spec itself', () => {
    expect(specsFor(['test/e2e/link.spec.ts'])).toEqual(['test/e2e/link.spec.ts']);
  });

  test('returns the specs that import a changed helper', () => {
    expect(specsFor(['test/e2e/all-pairs.ts'])).toEqual(['test/e2e/journal-matrix.spec.ts']);
  });

  test('returns the stories of a changed part of the source', () => {
    expect(specsFor(['src/entries/observer/observer.tsx'])).toEqual(['test/e2e/observer.spec.ts']);
    expect(specsFor(['src/upload/link/link-attachments.ts'])).toContain('test/e2e/link.spec.ts');
    expect(specsFor(['packages/emulator/src/rest/store.ts'])).toEqual(['packages/emulator/test/e2e/']);
  });

  test('returns nothing for a changed document', () => {
    expect(specsFor(['docs/architecture.md', 'README.md'])).toEqual([]);
  });

  test.each(['gallery', 'ui', 'bulk', 'upload', 'azure', 'base', 'entries/form-group'])(
    'knows a story for src/%s',
    (folder) => {
      expect(specsFor([`src/${folder}/any.ts`])).not.toEqual([]);
    },
  );
});
