import { createAttachments } from '../../../src/gallery/attachments';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { filesOfTexts } from '../../../src/gallery/texts/text-files';
import { createFrameServices } from '../../../src/upload/frame-services';
import { rejectionOf } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { createManualHttpStack } from '../../helpers/manual-http-stack';
import { workItemWith } from '../../helpers/uploads';

const BASE = 'https://dev.azure.com/fabrikam/';

function fileAt(address: string): AttachedFile {
  const of = { kind: 'field', field: 'System.Description', name: 'Description' } as const;
  const known = { workItem: workItemWith([]), attached: [], additions: undefined };
  const [file] = filesOfTexts([{ of, text: `<img src="${address}">`, format: 'html' }], known, [BASE]).files;
  return file!;
}

function open() {
  const stack = createManualHttpStack();
  const host = { getToken: () => Promise.resolve('token'), getBaseUrl: () => Promise.resolve(BASE) };
  const services = createFrameServices({ host, stack, runtime: createFakeRuntime() });
  return { ...createAttachments(services), stack };
}

test.each([
  'https://example.com/a.png',
  'http://169.254.169.254/a.png',
  'https://dev.azure.com/contoso/_apis/wit/attachments/11111111-2222-4333-8444-555555555555?fileName=a.png',
  'https://fabrikam.visualstudio.com.example.com/_apis/wit/attachments/11111111-2222-4333-8444-555555555555',
  'https://dev.azure.com@example.com/fabrikam/_apis/wit/attachments/11111111-2222-4333-8444-555555555555',
])('A picture at %s is not requested: the token is for this organization', async (address) => {
  const { readBytes, stack } = open();
  const reading = readBytes(fileAt(address), new AbortController().signal);
  expect(await rejectionOf(reading)).toMatchObject({ kind: 'elsewhere' });
  expect(stack.requests).toEqual([]);
});

test('An embedded picture is read without a request', async () => {
  const { readBytes, stack } = open();
  const bytes = await readBytes(fileAt('data:image/gif;base64,R0lGODdh'), new AbortController().signal);
  expect([await bytes.text(), bytes.type]).toEqual(['GIF87a', 'image/gif']);
  expect(stack.requests).toEqual([]);
});
