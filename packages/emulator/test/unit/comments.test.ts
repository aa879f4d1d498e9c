import type { Emulator } from '../../src/running-emulator';
import { attach, patch, read, refusal, send, start, upload } from './client';

interface Comment {
  id: number;
  text?: string;
  renderedText?: string;
  format?: string;
  url: string;
}

interface List {
  totalCount: number;
  count: number;
  comments: Comment[];
  nextPage?: string;
  continuationToken?: string;
}

const preview = '7.1-preview.4';
const path = (id = 8) => `Fabrikam/_apis/wit/workItems/${id}/comments`;

/** Sends a new comment. */
function post(emulator: Emulator, text: unknown, query = '', version = preview): Promise<Response> {
  return send(emulator, `${path()}${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
    version,
  });
}

async function list(emulator: Emulator, query = '', version = preview): Promise<List> {
  const response = await send(emulator, `${path()}${query}`, { version });
  expect(response.status).toBe(200);
  return (await response.json()) as List;
}

const textsOf = ({ comments }: List) => comments.map(({ text }) => text);

describe('comments in Services', () => {
  let emulator: Emulator;

  beforeAll(async () => void (emulator = await start()));
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());

  test('a new comment makes a revision that refers to it', async () => {
    const response = await post(emulator, 'Fixed in <b>main</b>.');
    expect(response.status).toBe(200);
    const comment = (await response.json()) as Comment;
    expect(comment).toMatchObject({
      workItemId: 8,
      version: 1,
      text: 'Fixed in <b>main</b>.',
      format: 'html',
      createdBy: { displayName: 'Jamal Hartnett' },
      modifiedBy: { displayName: 'Jamal Hartnett' },
      isDeleted: false,
      url: expect.stringMatching(new RegExp(`/workItems/8/comments/${comment.id}$`)) as string,
    });
    const item = await read(emulator, 8);
    expect(item).toMatchObject({
      rev: 2,
      fields: { 'System.History': 'Fixed in <b>main</b>.', 'System.CommentCount': 1 },
      commentVersionRef: { commentId: comment.id, version: 1 },
    });
  });

  test('a change without a comment leaves the comments', async () => {
    await post(emulator, 'One');
    await patch(emulator, 8, [{ op: 'add', path: '/fields/System.Title', value: 'Changed' }]);
    const item = await read(emulator, 8);
    expect(item.fields).not.toHaveProperty('System.History');
    expect(item).not.toHaveProperty('commentVersionRef');
    expect(textsOf(await list(emulator))).toEqual(['One']);
  });

  test('a patch of System.History adds a comment, as a text or with a format', async () => {
    const field = '/fields/System.History';
    await patch(emulator, 8, [{ op: 'add', path: field, value: 'One' }]);
    await patch(emulator, 8, [{ op: 'add', path: field, value: { format: 'Markdown', text: '**Two**' } }]);
    const { comments } = await list(emulator);
    expect(comments.map(({ text, format }) => [text, format])).toEqual([
      ['**Two**', 'markdown'],
      ['One', 'html'],
    ]);
    expect((await read(emulator, 8)).fields['System.History']).toBe('**Two**');
  });

  test('pages follow each other in both orders', async () => {
    for (const text of ['1', '2', '3', '4', '5']) await post(emulator, text);
    const first = await list(emulator, '?$top=2');
    expect(first).toMatchObject({ totalCount: 5, count: 2 });
    expect(textsOf(first)).toEqual(['5', '4']);
    await post(emulator, '6');
    const next = new URL(first.nextPage!);
    expect(next.searchParams.get('continuationToken')).toBe(first.continuationToken);
    expect(next.searchParams.get('$top')).toBe('2');
    const second = await list(emulator, next.search);
    expect(textsOf(second)).toEqual(['3', '2']);
    const last = await list(emulator, `?$top=2&continuationToken=${second.continuationToken}`);
    expect(textsOf(last)).toEqual(['1']);
    expect(last).not.toHaveProperty('nextPage');
    expect(last).not.toHaveProperty('continuationToken');
    expect(textsOf(await list(emulator, '?order=asc&$top=3'))).toEqual(['1', '2', '3']);
  });

  test('comments are found by their ids', async () => {
    for (const text of ['1', '2', '3']) await post(emulator, text);
    const ids = (await list(emulator)).comments.map(({ id }) => id);
    expect(textsOf(await list(emulator, `?ids=${ids[2]},${ids[0]}`))).toEqual(['3', '1']);
    const one = await send(emulator, `${path()}/${ids[1]}`, { version: preview });
    expect(((await one.json()) as Comment).text).toBe('2');
    expect((await send(emulator, `${path()}/4711`, { version: preview })).status).toBe(404);
  });

  test('$expand adds the rendered text, or has nothing else', async () => {
    await post(emulator, 'See **this**:\n\n![a "b"](https://x.test/a.png =20x)', '?format=markdown');
    const renderedText =
      '<p>See <strong>this</strong>:</p>\n<p><img src="https://x.test/a.png" alt="a &quot;b&quot;"></p>';
    expect((await list(emulator)).comments[0]).not.toHaveProperty('renderedText');
    const [both] = (await list(emulator, '?$expand=renderedText')).comments;
    expect(both).toMatchObject({ renderedText, format: 'markdown' });
    const [alone] = (await list(emulator, '?$expand=renderedTextOnly')).comments;
    expect(alone).toMatchObject({ renderedText });
    expect(alone).not.toHaveProperty('text');
    expect((await list(emulator, '?$expand=all')).comments[0]).toMatchObject({ renderedText, reactions: [] });
  });

  test.each(['7.1-preview.3', '6.0-preview.3', '5.1-preview.3'])('%s has no formats', async (version) => {
    const response = await post(emulator, '**Bold**', '?format=markdown', version);
    expect(await response.json()).not.toHaveProperty('format');
    expect((await list(emulator, '', version)).comments[0]).not.toHaveProperty('format');
    expect((await list(emulator)).comments[0]!.format).toBe('html');
  });

  test.each([
    ['7.1', 'VssInvalidPreviewVersionException'],
    ['6.0', 'VssInvalidPreviewVersionException'],
    ['7.1-preview.5', 'VssVersionOutOfRangeException'],
    ['5.0-preview.2', 'VssVersionOutOfRangeException'],
  ])('the version %s is refused', async (version, typeKey) => {
    const response = await send(emulator, path(), { version });
    expect(response.status).toBe(400);
    expect((await refusal(response)).typeKey).toBe(typeKey);
  });

  test.each([
    ['', ''],
    [' ', ''],
    [undefined, ''],
    ['x', '?format=rtf'],
  ])('the text %j with "%s" is refused', async (text, query) => {
    expect((await post(emulator, text, query)).status).toBe(400);
    expect(emulator.store.workItem(8).rev).toBe(1);
  });

  test.each(['?continuationToken=x', '?order=up', '?$expand=links', '?$top=x'])(
    'a list with %s is refused',
    async (query) => {
      expect((await send(emulator, `${path()}${query}`, { version: preview })).status).toBe(400);
    },
  );

  test('read-only and unknown work items are refused', async () => {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"text":"x"}',
      version: preview,
    };
    expect((await send(emulator, path(21), init)).status).toBe(403);
    expect((await send(emulator, path(4711), init)).status).toBe(404);
    expect((await send(emulator, path(4711), { version: preview })).status).toBe(404);
  });

  test('the address must name the project', async () => {
    const silent = jest.spyOn(console, 'error').mockReturnValue();
    const response = await send(emulator, '_apis/wit/workItems/8/comments', { version: preview });
    expect(response.status).toBe(404);
    silent.mockRestore();
  });

  test('a comment with a lost answer is stored', async () => {
    emulator.setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at: 'link' }] });
    await expect(post(emulator, 'One')).rejects.toThrow();
    expect(textsOf(await list(emulator))).toEqual(['One']);
  });

  test('a picture in a comment is not purged unless inlineAloneIsPurged says so', async () => {
    const { id, url } = await upload(emulator, 'x', 'a.png');
    await post(emulator, `![a](${url})`, '?format=markdown');
    await post(emulator, 'Later');
    emulator.store.clock.advance(30);
    expect(emulator.store.isGone(id)).toBe(false);
    emulator.store.assumptions.inlineAloneIsPurged = 'yes';
    expect(emulator.store.isGone(id)).toBe(true);
  });

  test('a changed comment is stored and makes a revision', async () => {
    const { id } = (await (await post(emulator, 'One')).json()) as Comment;
    const response = await send(emulator, `${path()}/${id}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text: 'Two' }),
      version: preview,
    });
    expect([response.status, textsOf(await list(emulator))]).toEqual([200, ['Two']]);
    expect(emulator.store.workItem(8).rev).toBe(3);
  });

  test('comments are copied with their work item only', async () => {
    await post(emulator, 'One');
    const { url } = await upload(emulator, 'x');
    await patch(emulator, 8, [attach(url)]);
    expect(emulator.store.revisions(8).map(({ comments }) => comments.length)).toEqual([0, 1, 1]);
    expect(emulator.store.workItem(9).comments).toEqual([]);
  });
});

describe('comments on a server', () => {
  let emulator: Emulator;

  beforeAll(async () => void (emulator = await start({ mode: 'server' })));
  afterAll(() => emulator.close());

  test('6.0-preview.3 has comments without formats', async () => {
    const version = '6.0-preview.3';
    const response = await post(emulator, '<b>Bold</b>', '?format=markdown', version);
    expect(await response.json()).not.toHaveProperty('format');
    expect(textsOf(await list(emulator, '', version))).toEqual(['<b>Bold</b>']);
    expect(emulator.store.workItem(8).comments[0]!.format).toBe('html');
  });

  test('6.0-preview.4 is refused', async () => {
    expect((await send(emulator, path(), { version: '6.0-preview.4' })).status).toBe(400);
  });
});
