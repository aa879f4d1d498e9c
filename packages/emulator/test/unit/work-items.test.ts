import type { Emulator } from '../../src/running-emulator';
import { attach, linkTo, patch, read, refusal, send, start, upload, type WorkItemAnswer } from './client';

let emulator: Emulator;

beforeAll(async () => void (emulator = await start()));
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

async function names(id: number): Promise<unknown[]> {
  const { relations = [] } = await read(emulator, id);
  return relations.filter(({ rel }) => rel === 'AttachedFile').map(({ attributes }) => attributes['name']);
}

describe('PATCH of attachments', () => {
  test('makes one revision for several links and returns them as stored', async () => {
    const [one, two] = [await upload(emulator, 'one', 'one.txt'), await upload(emulator, 'two', 'two.txt')];
    const response = await patch(emulator, 8, [
      { op: 'test', path: '/rev', value: 1 },
      attach(one.url, { comment: 'first', name: 'eins.txt', resourceSize: 3 }),
      attach(two.url),
    ]);
    expect(response.status).toBe(200);
    const item = (await response.json()) as WorkItemAnswer;
    expect(item.rev).toBe(2);
    const attached = item.relations!.filter(({ rel }) => rel === 'AttachedFile');
    expect(attached.map(({ attributes }) => attributes['name'])).toEqual(['eins.txt', 'two.txt']);
    expect(attached[0]!.url).toMatch(
      new RegExp(`^${emulator.restBaseUrl}[0-9a-f-]{36}/_apis/wit/attachments/${one.id}$`),
    );
    expect(attached[0]!.attributes).toMatchObject({
      id: expect.any(Number) as number,
      comment: 'first',
      resourceSize: 3,
      revisedDate: '9999-01-01T00:00:00Z',
    });
    expect(emulator.store.revisions(8).map(({ rev }) => rev)).toEqual([1, 2]);
  });

  test('applies all operations or none', async () => {
    const { url } = await upload(emulator, 'one', 'one.txt');
    const unknown = `${emulator.restBaseUrl}_apis/wit/attachments/00000000-0000-4000-8000-000000000000`;
    const response = await patch(emulator, 9, [
      { op: 'add', path: '/fields/System.Title', value: 'Changed' },
      attach(url),
      attach(unknown),
    ]);
    expect(response.status).toBe(400);
    expect(await names(9)).toEqual([]);
    expect(emulator.store.workItem(9)).toMatchObject({ rev: 1 });
  });

  test('refuses a stale rev with the documented text', async () => {
    await patch(emulator, 9, [{ op: 'add', path: '/fields/System.Title', value: 'Changed' }]);
    const response = await patch(emulator, 9, [{ op: 'test', path: '/rev', value: 1 }, attach('x')]);
    expect(response.status).toBe(412);
    expect(await refusal(response)).toMatchObject({
      typeKey: 'TestPatchOperationFailedException',
      message: 'VS403351: Test Operation for path /rev failed, value 2 was not equal to test value 1.',
    });
  });

  test('refuses a second link to one attachment, whichever form its address has', async () => {
    const { url } = await upload(emulator, 'one');
    await patch(emulator, 9, [attach(url)]);
    const rewritten = (await read(emulator, 9)).relations!.at(-1)!.url;
    for (const address of [url, rewritten]) {
      const response = await patch(emulator, 9, [attach(address)]);
      expect(response.status).toBe(400);
      expect((await refusal(response)).message).toContain('Relation already exists');
    }
  });

  test('refuses a whole patch with one duplicate link, even within the patch', async () => {
    const [one, two] = [await upload(emulator, 'one', 'one.txt'), await upload(emulator, 'two', 'two.txt')];
    await patch(emulator, 9, [attach(one.url)]);
    for (const operations of [
      [attach(two.url), attach(one.url)],
      [attach(two.url), attach(two.url)],
    ]) {
      const response = await patch(emulator, 9, operations);
      expect(response.status).toBe(400);
      expect((await refusal(response)).message).toContain('Relation already exists');
    }
    expect(await names(9)).toEqual(['one.txt']);
  });

  test('links one upload to several items', async () => {
    const { url } = await upload(emulator, 'one', 'one.txt');
    for (const id of [7, 8, 9]) expect((await patch(emulator, id, [attach(url)])).status).toBe(200);
    expect(await names(9)).toEqual(['one.txt']);
  });

  test('refuses the 101st attachment', async () => {
    const uploads = Array.from({ length: 64 }, (_, index) => upload(emulator, String(index)));
    const operations = (await Promise.all(uploads)).map(({ url }) => attach(url));
    const response = await patch(emulator, 30, operations);
    expect(response.status).toBe(400);
    expect((await refusal(response)).message).toMatch(/^VS403313: .*no more than 100 attachments/);
    expect((await patch(emulator, 30, operations.slice(1))).status).toBe(200);
  });

  test('refuses too many attachments on the seeded full items', async () => {
    const [one, two] = [await upload(emulator, 'one'), await upload(emulator, 'two')];
    expect((await patch(emulator, 31, [attach(one.url), attach(two.url)])).status).toBe(400);
    expect((await patch(emulator, 31, [attach(one.url)])).status).toBe(200);
    expect((await patch(emulator, 32, [attach(one.url)])).status).toBe(400);
  });

  test('refuses read-only, unknown and invalid items', async () => {
    const { url } = await upload(emulator, 'one');
    expect((await patch(emulator, 21, [attach(url)])).status).toBe(403);

    const unknown = await patch(emulator, 4711, [attach(url)]);
    expect(unknown.status).toBe(404);
    expect(await refusal(unknown)).toMatchObject({
      typeKey: 'WorkItemUnauthorizedAccessException',
      message: 'TF401232: Work item 4711 does not exist, or you do not have permissions to read it.',
    });

    emulator.store.requiredFields.add('Custom.Severity');
    const invalid = await patch(emulator, 7, [attach(url)]);
    expect(invalid.status).toBe(400);
    expect(await invalid.json()).toMatchObject({
      typeKey: 'RuleValidationException',
      customProperties: { RuleValidationErrors: [{ fieldReferenceName: 'Custom.Severity' }] },
    });
  });

  test('refuses a relation above the limit', async () => {
    emulator.store.limits.maxRelationsPerItem = 2;
    const [one, two] = [await upload(emulator, 'one'), await upload(emulator, 'two')];
    const response = await patch(emulator, 9, [attach(one.url), attach(two.url)]);
    expect(response.status).toBe(400);
    expect((await refusal(response)).message).toMatch(/will exceed 2 link limit/);
    expect((await patch(emulator, 9, [attach(one.url)])).status).toBe(200);
  });

  test('refuses a comment of more than 255 characters, with a new relation or in an old one', async () => {
    const { url } = await upload(emulator, 'one');
    const comment = (length: number) => 'x'.repeat(length);
    const long = await patch(emulator, 9, [attach(url, { comment: comment(256) })]);
    expect(long.status).toBe(400);
    expect(await refusal(long)).toMatchObject({
      typeKey: 'VssPropertyValidationException',
      message: expect.stringContaining('256 characters') as string,
    });
    expect((await patch(emulator, 9, [attach(url, { comment: comment(255) })])).status).toBe(200);
    const path = '/relations/1/attributes/comment';
    expect((await patch(emulator, 9, [{ op: 'replace', path, value: comment(256) }])).status).toBe(400);
    emulator.store.limits.maxCommentLength = 10;
    const title = { op: 'add', path: '/fields/System.Title', value: 'Changed' };
    expect((await patch(emulator, 9, [title])).status).toBe(200);
  });

  test('requires the content type of a patch', async () => {
    const init = { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '[]' };
    expect((await send(emulator, '_apis/wit/workitems/7', init)).status).toBe(415);
  });
});

describe('PATCH of relations', () => {
  test('shifts the attachments by a link to a work item, without a new revision', async () => {
    const { url } = await upload(emulator, 'one', 'one.txt');
    await patch(emulator, 8, [attach(url)]);
    const before = await read(emulator, 8);
    await patch(emulator, 8, [linkTo(emulator, 15)]);
    const after = await read(emulator, 8);
    expect(after.rev).toBe(before.rev);
    expect(before.relations![1]!.rel).toBe('AttachedFile');
    expect(after.relations!.map(({ rel }) => rel)).toEqual([
      'System.LinkTypes.Related',
      'System.LinkTypes.Related',
      'AttachedFile',
    ]);
    const other = await read(emulator, 15);
    expect(other.relations!.at(-1)!.url).toMatch(/\/workItems\/8$/);
  });

  test('removes the right relations from the highest index down', async () => {
    const all = await names(30);
    const { relations, rev } = await read(emulator, 30);
    const first = relations!.findIndex(({ rel }) => rel === 'AttachedFile');
    const response = await patch(emulator, 30, [
      { op: 'remove', path: `/relations/${first + 5}` },
      { op: 'remove', path: `/relations/${first}` },
    ]);
    expect(((await response.json()) as WorkItemAnswer).rev).toBe(rev + 1);
    expect(await names(30)).toEqual(all.filter((_, index) => index !== 0 && index !== 5));
  });

  test('changes a comment and a name', async () => {
    const { relations } = await read(emulator, 30);
    const index = relations!.length - 1;
    await patch(emulator, 30, [
      { op: 'replace', path: `/relations/${index}/attributes/comment`, value: 'new comment' },
      { op: 'replace', path: `/relations/${index}/attributes/name`, value: 'new.txt' },
      { op: 'test', path: `/relations/${index}/url`, value: relations![index]!.url },
    ]);
    const changed = (await read(emulator, 30)).relations![index]!;
    expect(changed.attributes).toMatchObject({ comment: 'new comment', name: 'new.txt' });
    expect(changed.url).toBe(relations![index]!.url);
  });

  test.each([
    ['an index out of range', { op: 'remove', path: '/relations/99' }],
    ['a remove at -', { op: 'remove', path: '/relations/-' }],
    ['the whole list', { op: 'add', path: '/relations', value: [] }],
    ['an unknown operation', { op: 'move', path: '/relations/0' }],
    ['a path without a slash', { op: 'add', path: 'fields/System.Title', value: 'x' }],
  ])('refuses %s', async (_name, operation) => {
    expect((await patch(emulator, 30, [operation])).status).toBe(400);
  });

  test.each(['updates', 'revisions'])('returns up to 200 %s, by $top and $skip', async (list) => {
    const { store } = emulator;
    store.create({ id: 50, type: 'Bug', fields: {} });
    for (let rev = 2; rev <= 211; rev++)
      store.save({ ...store.workItem(50), fields: { 'System.Title': `${rev}` } });
    const page = async (query: string) => {
      const response = await send(emulator, `_apis/wit/workitems/50/${list}${query}`);
      const { count, value } = (await response.json()) as { count: number; value: { rev: number }[] };
      return [count, value.at(0)?.rev, value.at(-1)?.rev];
    };
    expect(await page('')).toEqual([200, 1, 200]);
    expect(await page('?$top=500')).toEqual([200, 1, 200]);
    expect(await page('?$skip=200')).toEqual([11, 201, 211]);
    expect(await page('?$top=2&$skip=1')).toEqual([2, 2, 3]);
    expect(await page('?$skip=211')).toEqual([0, undefined, undefined]);
    expect((await send(emulator, `_apis/wit/workitems/50/${list}?$top=-1`)).status).toBe(400);
  });

  test('records added and removed relations in the history', async () => {
    const { url } = await upload(emulator, 'one', 'one.txt');
    await patch(emulator, 15, [
      attach(url),
      { op: 'add', path: '/fields/System.History', value: 'see file' },
    ]);
    await patch(emulator, 15, [{ op: 'remove', path: '/relations/1' }]);
    await patch(emulator, 15, [linkTo(emulator, 9)]);
    const answer = await send(emulator, '_apis/wit/workitems/15/updates');
    const { value } = (await answer.json()) as { value: Record<string, unknown>[] };
    expect(value.map(({ rev }) => rev)).toEqual([1, 1, 2, 3, 3]);
    expect(value.slice(1).map(({ relations }) => Object.keys(relations as object))).toEqual([
      ['added'],
      ['added'],
      ['removed'],
      ['added'],
    ]);
    const revisions = await send(emulator, '_apis/wit/workitems/15/revisions?$expand=relations');
    const list = ((await revisions.json()) as { value: WorkItemAnswer[] }).value;
    expect(list.map(({ relations }) => relations?.length)).toEqual([1, 2, 2]);
    expect(list.map(({ fields }) => fields['System.History'])).toEqual([undefined, 'see file', undefined]);
  });

  describe('validateOnly', () => {
    const title = { op: 'add', path: '/fields/System.Title', value: 'Changed' };
    const tryIt = (id: number, operations: readonly unknown[]) =>
      patch(emulator, id, operations, '&validateOnly=true');

    test('returns the result without applying it', async () => {
      const before = emulator.store.workItem(7);
      const { length } = emulator.store.updates(7);
      const { url } = await upload(emulator, 'one', 'one.txt');
      const shown = (await (await tryIt(7, [title, attach(url)])).json()) as WorkItemAnswer;
      expect(shown).toMatchObject({ rev: 1, fields: { 'System.Title': 'Changed' } });
      expect(shown.relations!.at(-1)!.attributes['name']).toBe('one.txt');
      expect(emulator.store.workItem(7)).toBe(before);
      expect(emulator.store.updates(7)).toHaveLength(length);
    });

    test('creates nothing', async () => {
      const before = emulator.store.workItemIds;
      const response = await send(emulator, 'Fabrikam/_apis/wit/workitems/$Bug?validateOnly=true', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json-patch+json' },
        body: JSON.stringify([title]),
      });
      expect(response.status).toBe(200);
      expect(emulator.store.workItemIds).toEqual(before);
    });

    test.each([
      ['one that is not there', 4711, 404, /^TF401232/],
      ['one that may not be written', 21, 403, /^TF237111/],
      ['a full one', 32, 400, /^VS403313/],
      ['one that breaks a rule', 9, 400, /^TF401320/],
      ['one with as many revisions as there may be', 8, 400, /revisions are supported/],
    ])('refuses %s like the change itself', async (_name, id, status, message) => {
      const { url } = await upload(emulator, 'one');
      if (id === 9) emulator.store.requiredFields.add('Custom.Severity');
      if (id === 8) emulator.store.limits.maxRevisions = 1;
      for (const query of ['&validateOnly=true', '']) {
        const response = await patch(emulator, id, [attach(url)], query);
        expect(response.status).toBe(status);
        expect((await refusal(response)).message).toMatch(message);
      }
    });

    test('refuses stale and invalid patches', async () => {
      expect((await tryIt(7, [{ op: 'test', path: '/rev', value: 4711 }, title])).status).toBe(412);
      expect((await tryIt(7, [{ op: 'remove', path: '/relations/99' }])).status).toBe(400);
    });
  });

  test('refuses revision 10,001', async () => {
    const title = { op: 'add', path: '/fields/System.Title', value: 'Changed' };
    emulator.store.limits.maxRevisions = 1;
    const response = await patch(emulator, 7, [title]);
    expect(response.status).toBe(400);
    expect((await refusal(response)).message).toContain('1 revisions');
  });
});

describe('Store', () => {
  test('fills an item up to a number of attachments in one revision', async () => {
    for (const [id, count] of [
      [9, 3],
      [9, 5],
      [30, 40],
    ] as const) {
      const { rev } = emulator.store.workItem(id);
      emulator.store.fill(id, count);
      expect(await names(id)).toHaveLength(count);
      expect(emulator.store.workItem(id).rev).toBe(rev + 1);
    }
    expect(await names(9)).toEqual([
      'file-001.txt',
      'file-002.txt',
      'file-003.txt',
      'file-004.txt',
      'file-005.txt',
    ]);
    const { url } = (await read(emulator, 9)).relations!.find(({ rel }) => rel === 'AttachedFile')!;
    expect(await (await send(emulator, url)).text()).toBe('One of many.\n');
  });

  test('answers for a removed item as for an unknown one, and never reuses its id', async () => {
    const newest = emulator.store.workItemIds.at(-1)!;
    for (const id of [7, newest]) {
      emulator.store.remove(id);
      const responses = [
        await send(emulator, `_apis/wit/workitems/${id}`),
        await patch(emulator, id, [{ op: 'add', path: '/fields/System.Title', value: 'x' }]),
      ];
      for (const response of responses) {
        expect(response.status).toBe(404);
        expect((await refusal(response)).message).toMatch(
          new RegExp(`^TF401232: Work item ${id} does not exist`),
        );
      }
    }
    expect(emulator.store.workItem(9).relations).toEqual([]);
    expect(emulator.store.nextWorkItemId()).toBe(newest + 1);
  });
});

describe('GET of work items', () => {
  test('returns relations on request, and calculated fields by name', async () => {
    const plain = (await (await send(emulator, '_apis/wit/workitems/30')).json()) as WorkItemAnswer;
    expect(plain.relations).toBeUndefined();
    expect(plain.fields['System.AttachedFileCount']).toBeUndefined();
    const named = await send(emulator, '_apis/wit/workitems/30?fields=System.AttachedFileCount,System.Id');
    expect(((await named.json()) as WorkItemAnswer).fields).toEqual({
      'System.AttachedFileCount': 37,
      'System.Id': 30,
    });
  });

  test('refuses fields together with $expand', async () => {
    const response = await send(emulator, '_apis/wit/workitems/30?fields=System.Id&$expand=relations');
    expect(response.status).toBe(400);
  });

  test('returns up to 200 items at once', async () => {
    const list = await send(emulator, '_apis/wit/workitems?ids=7,8');
    expect(await list.json()).toMatchObject({ count: 2, value: [{ id: 7 }, { id: 8 }] });
    const ids = Array.from({ length: 201 }, (_, index) => index + 1);
    const tooMany = await send(emulator, `_apis/wit/workitems?ids=${ids.join()}`);
    expect(tooMany.status).toBe(400);
    expect((await refusal(tooMany)).message).toMatch(/^VS403474: .*200/);
  });

  test('fails for an unknown item, or omits it', async () => {
    const batch = (errorPolicy: string) =>
      send(emulator, '_apis/wit/workitemsbatch', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ids: [7, 4711], $expand: 'relations', errorPolicy }),
      });
    expect((await batch('fail')).status).toBe(404);
    expect(await (await batch('omit')).json()).toMatchObject({ count: 2, value: [{ id: 7 }, null] });
  });

  test('returns a work item created with attachments', async () => {
    const { url } = await upload(emulator, 'one', 'one.txt');
    const response = await send(emulator, 'Fabrikam/_apis/wit/workitems/$Bug', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json-patch+json' },
      body: JSON.stringify([{ op: 'add', path: '/fields/System.Title', value: 'Fresh' }, attach(url)]),
    });
    expect(await response.json()).toMatchObject({ id: 33, rev: 1, fields: { 'System.WorkItemType': 'Bug' } });
    expect(await names(33)).toEqual(['one.txt']);
  });

  test('returns dates in the format of the official client', async () => {
    const headers = { Accept: 'application/json;api-version=5.0-preview.3;msDateFormat=true' };
    const text = await (await send(emulator, '_apis/wit/workitems/7', { headers })).text();
    expect(text).toContain('"System.CreatedDate":"\\/Date(1772440870310)\\/"');
  });

  test('answers 404 for an unknown project', async () => {
    expect((await send(emulator, 'Contoso/_apis/wit/workitems/7')).status).toBe(404);
  });
});
