import type { ItemText, KnownItem } from '../../../../src/gallery/texts/text-files';
import { createTextReader, filesOfTexts, MAX_FILES_PER_TEXT } from '../../../../src/gallery/texts/text-files';
import { attachedFilesOf } from '../../../../src/gallery/model/attached-file';
import type { TextFile } from '../../../../src/upload/texts/text-file';
import { createTestConnection } from '../../../helpers/connection';
import { guid, workItemWith } from '../../../helpers/uploads';

const BASE = 'https://dev.azure.com/fabrikam/';
const PROJECT_ID = 'aaaaaaaa-1111-4111-8111-bbbbbbbbbbbb';

const known: KnownItem = {
  workItem: workItemWith([], { projectId: PROJECT_ID }),
  attached: attachedFilesOf(workItemWith([2])),
  additions: new Map([[guid(1), { by: 'Raisa', at: 5 }]]),
};

function addressOf(number: number, project = '', name = `${number}.png`): string {
  return `${BASE}${project}_apis/wit/attachments/${guid(number)}?fileName=${encodeURIComponent(name)}`;
}

function description(text: string, format: ItemText['format'] = 'html'): ItemText {
  return { of: { kind: 'field', field: 'System.Description', name: 'Description' }, text, format };
}

function comment(text: string): ItemText {
  return { of: { kind: 'comment', id: 4, by: 'Jamal', at: 9 }, text, format: 'html' };
}

function filesIn(...texts: readonly ItemText[]) {
  return filesOfTexts(texts, known, [BASE]).files;
}

test('A picture has the name of its address, and the author and time of the text', () => {
  const text = description(
    `<p>Press Pay.</p><img src="${addressOf(1, '', 'a b.png')}"><p>Nothing happens.</p>`,
  );
  expect(filesIn(text)).toEqual([
    {
      workItemId: 7,
      workItemType: 'Bug',
      reference: { id: guid(1), url: `${BASE}_apis/wit/attachments/${guid(1)}` },
      name: 'a b.png',
      kind: 'image',
      size: undefined,
      comment: 'Description',
      folder: '',
      addedAt: 5,
      addedBy: 'Raisa',
      inText: {
        place: 'here',
        uses: [
          {
            text: text.of,
            source: { text: text.text, format: 'html' },
            file: expect.objectContaining({ isPicture: true, syntax: 'attribute' }) as TextFile,
          },
        ],
      },
    },
  ]);
});

test('A file is listed once, with all of its texts, and with its size if it is attached', () => {
  const [file, ...others] = filesIn(
    description(`![a](${addressOf(2)}) ![b](${addressOf(2, 'Fabrikam/')})`, 'markdown'),
    comment(`<a href="${addressOf(2)}">log</a>`),
  );
  expect(others).toEqual([]);
  expect(file).toMatchObject({
    size: 20,
    comment: expect.stringMatching(/^Description, Comment by Jamal, /) as string,
  });
  expect(file?.inText?.uses).toHaveLength(3);
});

test('A file of a comment has the author and time of the comment', () => {
  expect(filesIn(comment(`<img src="${addressOf(1)}">`))).toMatchObject([{ addedBy: 'Jamal', addedAt: 9 }]);
});

test.each([
  ['of the project, by its name', addressOf(1, 'fabrikam/'), 'here', 'Description'],
  ['of the project, by its GUID', addressOf(1, `${PROJECT_ID.toUpperCase()}/`), 'here', 'Description'],
  ['of another project', addressOf(1, 'Shop/'), 'other-project', 'Elsewhere (another project) · Description'],
  [
    'of another organization',
    `https://dev.azure.com/contoso/_apis/wit/attachments/${guid(1)}?fileName=1.png`,
    'elsewhere',
    'Elsewhere (dev.azure.com) · Description',
  ],
  [
    'of another host',
    'https://example.com/logo.png?v=2',
    'elsewhere',
    'Elsewhere (example.com) · Description',
  ],
  ['in the text itself', 'data:image/gif;base64,R0lGODdh', 'embedded', 'Embedded · Description'],
])('An image %s has its place', (_, address, place, words) => {
  expect(filesIn(description(`<img src="${address}">`))).toMatchObject([
    { inText: { place }, comment: words },
  ]);
});

test.each([
  ['the last part of its path', '<img src="https://example.com/a/logo.gif" alt="Logo">', 'logo.gif'],
  [
    'its alternative text',
    `<img src="${BASE}_apis/wit/attachments/${guid(1)}" alt=" Sign-in  page ">`,
    'Sign-in page.png',
  ],
  ['a general one', `<img src="${BASE}_apis/wit/attachments/${guid(1)}">`, 'Image.png'],
  ['its media type', '<img src="data:image/gif;base64,R0lGODdh">', 'Image.gif'],
  ['its address, if that is no image', `<img src="${addressOf(1, '', 'a.tmp')}">`, 'a.tmp.png'],
])('A name comes from %s', (_, text, name) => {
  expect(filesIn(description(text))).toMatchObject([{ name, kind: 'image' }]);
});

test('A link is listed if it leads to an attachment', () => {
  const page = '<a href="https://example.com/logo.png">Logo</a>';
  expect(filesIn(description(`${page}<a href="${addressOf(1, '', 'run.log')}">Log</a>`))).toMatchObject([
    { name: 'run.log', kind: 'text' },
  ]);
});

test('A picture without an address to load is left out', () => {
  expect(filesIn(description('<img src="cid:1"><img src="file:///C:/a.png"><img>'))).toEqual([]);
});

test('The size of an embedded picture is that of its bytes', () => {
  expect(filesIn(description('<img src="data:image/gif;base64,R0lGODdh">'))).toMatchObject([{ size: 6 }]);
});

test('A text with too many files names itself', () => {
  const images = (count: number) =>
    Array.from({ length: count }, (_, index) => `<img src="https://example.com/${index}.png">`).join('');
  const result = filesOfTexts(
    [description(images(MAX_FILES_PER_TEXT + 1)), comment(images(MAX_FILES_PER_TEXT))],
    known,
    [BASE],
  );
  expect(result.files).toHaveLength(MAX_FILES_PER_TEXT);
  expect(result.cut).toEqual([description('').of]);
});

test('A reader reads comments only if requested', async () => {
  const { connection, stack } = createTestConnection();
  const read = createTextReader(connection);
  const asked: string[] = [];
  async function answerAll(promise: Promise<unknown>, count: number): Promise<void> {
    for (let answered = 0; answered < count; answered++) {
      const request = await stack.nextRequest();
      const path = request.parsedUrl.pathname.replace('/fabrikam/', '');
      asked.push(path);
      const fields = [{ referenceName: 'System.Description', name: 'Description', type: 'html' }];
      const item = { id: 7, fields: { 'System.Description': `<img src="${addressOf(1)}">` } };
      const comments = { comments: [{ id: 4, text: `<img src="${addressOf(3)}">` }] };
      const answers = { fields: { value: fields }, workitems: item, workItems: comments };
      const [, name = ''] = /(fields|work[iI]tems)/.exec(path) ?? [];
      request.respondWith({ status: 200, json: answers[name as keyof typeof answers] });
    }
    await promise;
  }
  const first = read(known, { withComments: false });
  await answerAll(first, 2);
  expect((await first).files.map(({ name }) => name)).toEqual(['1.png']);
  const second = read(known, { withComments: true });
  await answerAll(second, 2);
  expect((await second).files.map(({ name }) => name)).toEqual(['1.png', '3.png']);
  expect(asked.sort()).toEqual([
    'Fabrikam/_apis/wit/workItems/7/comments',
    '_apis/wit/fields',
    '_apis/wit/workitems/7',
    '_apis/wit/workitems/7',
  ]);
});
