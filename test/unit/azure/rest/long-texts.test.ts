import { createLongTexts } from '../../../../src/azure/rest/long-texts';
import { createTestConnection } from '../../../helpers/connection';
import { rejectionOf } from '../../../helpers/deferred';

const FIELDS = {
  value: [
    { referenceName: 'System.Title', name: 'Title', type: 'string' },
    { referenceName: 'System.Description', name: 'Beschreibung', type: 'html' },
    { referenceName: 'Custom.Notes', name: '', type: 'html' },
    { referenceName: 'System.History', name: 'History', type: 'history' },
  ],
};

const TOO_NEW = {
  status: 400,
  json: {
    typeKey: 'VssVersionOutOfRangeException',
    message: 'The requested REST API version of 7.2-preview.3 is out of range for this server.',
  },
};

function stage() {
  const { connection, stack } = createTestConnection();
  const asked: string[] = [];
  const answer = async (response: { status: number; json: unknown }): Promise<void> => {
    const request = await stack.nextRequest();
    const { pathname, searchParams } = request.parsedUrl;
    asked.push(`${pathname.replace('/fabrikam/', '')} ${searchParams.get('api-version')}`);
    request.respondWith(response);
  };
  return { texts: createLongTexts(connection), answer, asked, stack };
}

const ok = (json: unknown) => ({ status: 200, json });

test('readFields returns the texts of all long fields, with their names and formats', async () => {
  const { texts, answer, asked } = stage();
  const reading = texts.readFields(7);
  await answer(ok(FIELDS));
  await answer(
    ok({
      fields: {
        'System.Title': 'T',
        'System.Description': '# D',
        'Custom.Notes': '<p>N</p>',
        'System.History': 'H',
      },
      multilineFieldsFormat: { 'System.Description': 'Markdown' },
    }),
  );
  expect(await reading).toEqual([
    { field: 'System.Description', name: 'Beschreibung', text: '# D', format: 'markdown' },
    { field: 'Custom.Notes', name: 'Custom.Notes', text: '<p>N</p>', format: 'html' },
  ]);
  expect(asked).toEqual(['_apis/wit/fields 7.1', '_apis/wit/workitems/7 7.2-preview.3']);
});

test('readFields remembers that a server has no formats, and its fields', async () => {
  const { texts, answer, asked } = stage();
  const first = texts.readFields(7);
  await answer(ok(FIELDS));
  await answer(TOO_NEW);
  await answer(ok({ fields: {} }));
  expect(await first).toEqual([]);
  const second = texts.readFields(8);
  await answer(ok({ fields: { 'System.Description': 'D' } }));
  expect(await second).toMatchObject([{ format: 'html' }]);
  expect(asked.slice(2)).toEqual(['_apis/wit/workitems/7 7.1', '_apis/wit/workitems/8 7.1']);
});

test('readFields reads the fields again after a failure', async () => {
  const { texts, answer } = stage();
  const failed = rejectionOf(texts.readFields(7));
  await answer({ status: 500, json: {} });
  await answer(ok({ fields: {} }));
  expect(await failed).toBeInstanceOf(Error);
  const again = texts.readFields(7);
  await answer(ok(FIELDS));
  await answer(ok({ fields: { 'System.Description': 'D' } }));
  expect(await again).toHaveLength(1);
});

test('readComments reads all pages, in any version', async () => {
  const { texts, answer, asked } = stage();
  const reading = texts.readComments(7, 'My shop');
  await answer(TOO_NEW);
  const raisa = { displayName: 'Raisa' };
  await answer(
    ok({
      comments: [{ id: 3, text: 'c', createdBy: raisa, createdDate: '2026-02-03T00:00:00Z' }, null],
      continuationToken: 'next',
    }),
  );
  await answer(ok({ comments: [{ id: 2, text: 'b', format: 'markdown' }] }));
  expect(await reading).toEqual([
    { id: 3, text: 'c', format: 'html', by: 'Raisa', at: Date.UTC(2026, 1, 3) },
    { id: 2, text: 'b', format: 'markdown', by: '', at: NaN },
  ]);
  const path = 'My%20shop/_apis/wit/workItems/7/comments';
  expect(asked).toEqual([`${path} 7.1-preview.4`, `${path} 6.0-preview.3`, `${path} 6.0-preview.3`]);
});

test('readComments rejects an answer without comments', async () => {
  const { texts, answer } = stage();
  const reading = rejectionOf(texts.readComments(7, 'Shop'));
  await answer(ok({}));
  expect(await reading).toMatchObject({ kind: 'unexpected-answer' });
});

test('readTextFields returns all long fields, the project and the revision', async () => {
  const { texts, answer } = stage();
  const reading = texts.readTextFields(7);
  await answer(ok(FIELDS));
  await answer(ok({ rev: 3, fields: { 'System.TeamProject': 'Shop', 'Custom.Notes': '<p>N</p>' } }));
  expect(await reading).toEqual({
    ...{ project: 'Shop', revision: 3 },
    fields: [
      { field: 'System.Description', name: 'Beschreibung', text: '', format: 'html' },
      { field: 'Custom.Notes', name: 'Custom.Notes', text: '<p>N</p>', format: 'html' },
    ],
  });
});

test('addComment sends HTML, once for each version that the server refuses', async () => {
  const { texts, answer, asked, stack } = stage();
  const adding = texts.addComment(7, 'Web Shop', '<img src="x">');
  const { method, body, parsedUrl } = await stack.nextRequest();
  expect([method, body, parsedUrl.searchParams.get('format')]).toEqual([
    'POST',
    '{"text":"<img src=\\"x\\">"}',
    'html',
  ]);
  stack.requests.at(-1)?.respondWith(TOO_NEW);
  await answer(ok({ id: 1 }));
  await adding;
  expect(asked).toEqual(['Web%20Shop/_apis/wit/workItems/7/comments 6.0-preview.3']);
});

test('readNewestComments asks for one short page', async () => {
  const { texts, stack } = stage();
  const reading = texts.readNewestComments(7, 'Shop');
  const request = await stack.nextRequest();
  const { searchParams } = request.parsedUrl;
  expect([searchParams.get('$top'), searchParams.get('order')]).toEqual(['20', 'desc']);
  request.respondWith(ok({ comments: [{ id: 4, text: 'a' }], continuationToken: 'more' }));
  expect(await reading).toMatchObject([{ id: 4, text: 'a', format: 'html' }]);
});
