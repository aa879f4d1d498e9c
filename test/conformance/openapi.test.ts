import { allExamples } from './examples';
import { readDescription, type SentRequest } from './openapi';

const description = readDescription('7.1');

const read: SentRequest = {
  method: 'GET',
  url: 'https://dev.azure.com/fabrikam/_apis/wit/workitems/7?$expand=relations&api-version=7.1',
  headers: { Accept: 'application/json', Authorization: 'Bearer token' },
};
const upload: SentRequest = {
  method: 'POST',
  url: 'https://dev.azure.com/fabrikam/_apis/wit/attachments?fileName=a.txt&api-version=7.1',
  headers: { 'Content-Type': 'application/octet-stream', Authorization: 'Bearer token' },
  body: 'hello',
};
const patch: SentRequest = {
  ...read,
  method: 'PATCH',
  headers: { ...read.headers, 'Content-Type': 'application/json-patch+json' },
  body: '[{"op":"test","path":"/rev","value":3}]',
};
const chunk: SentRequest = {
  ...upload,
  method: 'PUT',
  url: 'https://dev.azure.com/fabrikam/_apis/wit/attachments/a5cedde4-2dd5-4fcf-befe-fd0977dd3433?api-version=7.1',
  headers: { ...upload.headers, 'Content-Range': 'bytes 0-4/5' },
};

describe('The validator accepts', () => {
  test.each([
    ['a read', read],
    ['a read in a project, in another case', { ...read, url: read.url.replace('_apis', 'Fab Fiber/_APIS') }],
    ['an upload', upload],
    ['a patch', patch],
    ['a chunk', chunk],
  ])('%s', (_what, request) => {
    expect(description.requestProblems(request)).toEqual([]);
  });

  test('the published responses', () => {
    const answers = allExamples().filter(({ answerBody }) => answerBody !== undefined);
    expect(answers.length).toBeGreaterThan(10);
    const problems = answers.map(({ path, url, method, status, answerBody }) => [
      path,
      description.answerProblems(
        { method, url: url.href, headers: {} },
        { status, contentType: 'application/json', text: JSON.stringify(answerBody) },
      ),
    ]);
    expect(problems.filter(([, found]) => found?.length !== 0)).toEqual([]);
  });
});

describe('The validator rejects', () => {
  test.each<[string, SentRequest, string]>([
    ['another path', { ...read, url: read.url.replace('workitems', 'workitem') }, 'There is no operation'],
    ['another method', { ...read, method: 'PUT' }, 'There is no operation'],
    ['a non-numeric id', { ...read, url: read.url.replace('/7?', '/seven?') }, 'path id must be integer'],
    ['an unknown parameter', { ...upload, url: `${upload.url}&name=x` }, 'no query parameter name'],
    ['an unlisted value', { ...read, url: read.url.replace('relations', '1') }, 'query $expand must be'],
    [
      'a missing version',
      { ...read, url: read.url.replace('&api-version=7.1', '') },
      'api-version is missing',
    ],
    ['another version', { ...read, url: read.url.replace('7.1', '7.0') }, 'api-version is 7.0, not 7.1'],
    ['a missing range', { ...chunk, headers: upload.headers }, 'The header Content-Range is missing'],
    ['a missing token', { ...read, headers: {} }, 'no bearer token'],
    [
      'an unsupported response type',
      { ...read, headers: { ...read.headers, Accept: 'text/xml' } },
      'does not produce',
    ],
    [
      'another content type',
      { ...patch, headers: { ...patch.headers, 'Content-Type': 'application/json' } },
      'does not take',
    ],
    ['a patch without a list', { ...patch, body: '{"op":"test","path":"/rev"}' }, 'body must be array'],
    ['an unknown operation', { ...patch, body: '[{"op":"put","path":"/rev"}]' }, 'body/0/op must be'],
    [
      'an operation without a path',
      { ...patch, body: '[{"op":"test"}]' },
      "must have required property 'path'",
    ],
    ['broken JSON', { ...patch, body: '[' }, 'body: SyntaxError'],
    ['a body on a read', { ...read, body: '{}' }, 'a body that nobody asked for'],
  ])('%s', (_what, request, sentence) => {
    expect(description.requestProblems(request).join('\n')).toContain(sentence);
  });

  const good = { id: 7, rev: 1, fields: {}, url: 'https://dev.azure.com/fabrikam/_apis/wit/workItems/7' };

  test.each<[string, object, string]>([
    ['a missing member', { ...good, rev: undefined }, "must have required property 'rev'"],
    ['a member of another type', { ...good, id: '7' }, 'answer/id must be integer'],
    ['an undescribed member', { ...good, revision: 1 }, 'additional properties (revision)'],
    ['relations without a list', { ...good, relations: {} }, 'answer/relations must be array'],
  ])('a response with %s', (_what, body, sentence) => {
    const answer = { status: 200, contentType: 'application/json', text: JSON.stringify(body) };
    expect(description.answerProblems(read, answer).join('\n')).toContain(sentence);
  });

  test('a sign-in page as response', () => {
    const page = { status: 203, contentType: 'text/html', text: '<html>' };
    expect(description.answerProblems(read, page)).toEqual(['Status 203 is no success.']);
    expect(description.answerProblems(read, { ...page, status: 200 }).join()).toContain(
      'does not produce text/html',
    );
  });
});
