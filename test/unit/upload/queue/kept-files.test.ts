import { keepFiles } from '../../../../src/upload/queue/kept-files';
import type { ChangeListener } from '../../../../src/upload/queue/upload-store';
import { guid, referenceTo, uploadIn } from '../../../helpers/uploads';

/** Keeps files of a queue without uploads; `upload` reports one as uploaded. */
function stage() {
  let report!: ChangeListener;
  const bytes = new Map<string, Blob>();
  const find = keepFiles({
    onChange: (listener) => (report = listener),
    sourceOf: (id) => bytes.get(id),
  });
  const upload = (number: number, name: string, isLocal = true): Blob => {
    const source = new Blob([name]);
    if (isLocal) bytes.set(name, source);
    const state = { status: 'uploaded', attempt: 1, reference: referenceTo(number) } as const;
    const after = uploadIn(state, { id: name, file: { name, size: 1, folder: '' } });
    report([{ before: undefined, after }], { type: 'uploaded', id: name, reference: referenceTo(number) });
    bytes.clear();
    return source;
  };
  return { find, upload };
}

describe('keepFiles', () => {
  test('returns the bytes of an uploaded file of any kind after the queue has dropped them', () => {
    const { find, upload } = stage();
    const picture = upload(1, 'a.png');
    const text = upload(2, 'b.txt');
    upload(3, 'from another frame.png', false);
    expect([1, 2, 3].map((number) => find(guid(number)))).toEqual([picture, text, undefined]);
  });

  test('keeps only the last twelve', () => {
    const { find, upload } = stage();
    for (let number = 1; number <= 14; number++) upload(number, `${number}.png`);
    expect([1, 2, 3, 14].map((number) => find(guid(number)) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
