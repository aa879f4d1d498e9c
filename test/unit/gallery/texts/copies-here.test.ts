import { createSaveGate } from '../../../../src/upload/form/save-gate';
import { createGalleryStore } from '../../../../src/gallery/gallery-state';
import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { createCopiesHere } from '../../../../src/gallery/texts/copies-here';
import { filesOfTexts } from '../../../../src/gallery/texts/text-files';
import type { NewAddress, TextRewriter } from '../../../../src/upload/texts/rewrite-texts';
import { filesInText, replaceAddresses } from '../../../../src/upload/texts/text-files';
import { ServerError } from '../../../../src/base/errors';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { createTestHost } from '../../../helpers/host';
import { guid, referenceTo, workItemWith } from '../../../helpers/uploads';

const BASE = 'https://dev.azure.com/fabrikam/';
const GIF = new Blob([Uint8Array.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0, 0])]);

const ofShop = (number: number): string =>
  `${BASE}Shop/_apis/wit/attachments/${guid(number)}?fileName=${number}.gif`;
const DESCRIPTION = `<img src="${ofShop(1)}"><img src="https://example.com/2.gif"><img src="${ofShop(3)}">`;

/** Work item 7, whose description shows images of another project and another host. */
function stage() {
  const host = createTestHost();
  const store = createGalleryStore();
  const of = { kind: 'field', field: 'System.Description', name: 'Description' } as const;
  const { files } = filesOfTexts(
    [{ of, text: DESCRIPTION, format: 'html' }],
    { workItem: workItemWith([]), attached: [], additions: undefined },
    [BASE],
  );
  store.change({ status: 'open', workItemId: 7, files: [] });
  let description = DESCRIPTION;
  const rewriter = {
    rewrite: jest.fn((_id: number, newAddress: NewAddress) => {
      const before = description;
      description = replaceAddresses(description, 'html', newAddress);
      return Promise.resolve([{ of: of.field, before, after: description }]);
    }),
    undo: jest.fn<Promise<number>, Parameters<TextRewriter['undo']>>(() => Promise.resolve(0)),
  };
  const readBytes = jest.fn<Promise<Blob>, [AttachedFile]>(() => Promise.resolve(GIF));
  const send = jest.fn(() => Promise.resolve(referenceTo(9)));
  const copies = createCopiesHere({
    ...{ store, host, send, rewriter },
    gate: createSaveGate({ host, runtime: createFakeRuntime() }),
    readAgain: () => undefined,
    bins: new Map(),
    attachments: { readBytes, getBaseUrl: () => Promise.resolve(BASE) },
  });
  const addresses = (): string[] => filesInText(description, 'html').map(({ address }) => address);
  return { ...{ copies, store, files, rewriter, readBytes, send, addresses }, first: files[0]! };
}

const copyOf = (name: string): string => `${BASE}_apis/wit/attachments/${guid(9)}?fileName=${name}`;

test('An image of another project is uploaded, and the text shows the copy', async () => {
  const { copies, store, first, send, addresses } = stage();
  await copies.start([first]);
  expect(send).toHaveBeenCalledTimes(1);
  expect(addresses()).toEqual([copyOf('1.gif'), 'https://example.com/2.gif', ofShop(3)]);
  expect(store.getSnapshot()).toMatchObject({
    copied: { status: 'copied', count: 1, noImages: [] },
    errors: [],
  });
});

test('A chosen file takes the place of an image that cannot be read', async () => {
  const { copies, files, readBytes, addresses } = stage();
  await copies.start([files[1]!], GIF);
  expect(readBytes).not.toHaveBeenCalled();
  expect(addresses()).toEqual([ofShop(1), copyOf('2.gif'), ofShop(3)]);
});

test('A sign-in page is not uploaded, and the text keeps its address', async () => {
  const { copies, store, first, readBytes, send, rewriter } = stage();
  readBytes.mockResolvedValue(new Blob(['<!DOCTYPE html><title>Sign in</title>']));
  await copies.start([first]);
  expect(send).not.toHaveBeenCalled();
  expect(rewriter.rewrite).not.toHaveBeenCalled();
  expect(store.getSnapshot().copied).toMatchObject({ count: 0, noImages: ['1.gif'] });
});

test('An image that fails is named, and the others are copied', async () => {
  const { copies, store, files, readBytes, addresses } = stage();
  readBytes.mockRejectedValueOnce(new ServerError('no-permission', 'No.'));
  await copies.start([files[0]!, files[2]!]);
  expect(addresses()).toEqual([ofShop(1), 'https://example.com/2.gif', copyOf('3.gif')]);
  expect(store.getSnapshot().errors).toMatchObject([{ name: '1.gif', problem: { kind: 'no-permission' } }]);
});

test('A refused change of the text is reported', async () => {
  const { copies, store, first, rewriter } = stage();
  rewriter.rewrite.mockRejectedValue(new ServerError('rule-broken', 'Frozen.'));
  await copies.start([first]);
  expect(store.getSnapshot()).toMatchObject({
    copied: undefined,
    errors: [{ name: '1.gif', problem: { kind: 'rule-broken' } }],
  });
});

test('Undo restores the texts, and tells which have changed since', async () => {
  const { copies, store, first, rewriter } = stage();
  await copies.start([first]);
  rewriter.undo.mockResolvedValueOnce(1);
  await copies.undo();
  expect(store.getSnapshot().copied).toMatchObject({ undoing: 1 });
  await copies.start([first]);
  await copies.undo();
  expect(rewriter.undo).toHaveBeenCalledTimes(2);
  expect(store.getSnapshot().copied).toBeUndefined();
});

test('A result is not shown with another work item', async () => {
  const { copies, store, first, send, addresses } = stage();
  send.mockImplementationOnce(() => {
    store.change({ workItemId: 8, copied: undefined });
    return Promise.resolve(referenceTo(9));
  });
  await copies.start([first]);
  expect(addresses()[0]).toBe(copyOf('1.gif'));
  expect(store.getSnapshot().copied).toBeUndefined();
});
