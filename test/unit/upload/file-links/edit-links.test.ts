import type { Relation } from '../../../../src/azure/work-item';
import { createLinkEditor } from '../../../../src/upload/file-links/edit-links';
import { rejectionOf } from '../../../helpers/deferred';
import { servicesFor } from '../../../helpers/frame-services';
import type { WorkItemFacts } from '../../../helpers/model-work-items';
import { createModelWorkItems, WORK_ITEM_FAULTS } from '../../../helpers/model-work-items';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { relationTo } from '../../../helpers/uploads';
import { passAll } from '../link/begin';

const URL_A = 'https://files.example/a.zip?sig=a%2Fb';

function hyperlink(url: string, comment = ''): Relation {
  return { rel: 'Hyperlink', url, name: '', attributes: { comment } };
}

function begin(facts: WorkItemFacts) {
  const server = createModelWorkItems(facts);
  const runtime = createFakeRuntime();
  const editor = createLinkEditor(servicesFor(server, runtime));
  const links = () =>
    server
      .item()
      .relations.filter(({ rel }) => rel === 'Hyperlink')
      .map(({ url }) => url);
  return { server, editor, links, pass: <T>(work: Promise<T>) => passAll({ runtime }, work) };
}

test('A link is added with its comment, and not twice', async () => {
  const { server, editor, links, pass } = begin({ relations: [relationTo(1)] });
  await pass(Promise.all([editor.add(7, URL_A, 'The dump'), editor.add(7, URL_A, 'Again')]));
  await pass(editor.add(7, 'https://FILES.example/a.zip?sig=a%2Fb', ''));
  expect(links()).toEqual([URL_A]);
  expect(server.item().relations.at(-1)?.attributes['comment']).toBe('The dump');
  expect(server.asked).toEqual(['read', 'update', 'read', 'read']);
});

test.each(WORK_ITEM_FAULTS.flatMap((first) => WORK_ITEM_FAULTS.map((second) => [first, second] as const)))(
  'A link is added and removed exactly once: %s, then %s',
  async (first, second) => {
    const { editor, links, pass } = begin({
      relations: [relationTo(1), hyperlink('https://b.example/')],
      faults: ['none', first, second],
      others: [() => undefined, (item) => item.edit()],
    });
    const ended = await pass(editor.add(7, URL_A, '').catch(() => undefined));
    const added = links().filter((url) => url === URL_A);
    if (ended) expect(added).toEqual([URL_A]);
    expect(added.length).toBeLessThanOrEqual(1);
    await pass(editor.add(7, URL_A, ''));
    await pass(editor.remove(7, URL_A));
    expect(links()).toEqual(['https://b.example/']);
  },
);

test.each(WORK_ITEM_FAULTS)('A comment is changed on its link alone: %s', async (fault) => {
  const { editor, pass, server } = begin({
    relations: [hyperlink('https://b.example/', 'b'), hyperlink(URL_A, 'a'), relationTo(1)],
    faults: ['none', 'none', fault],
  });
  await pass(editor.changeComment(7, 'https://FILES.example/a.zip?sig=a%2Fb', 'new').catch(() => undefined));
  await pass(editor.changeComment(7, URL_A, 'new'));
  expect(server.item().relations.map(({ attributes }) => attributes['comment'])).toEqual(
    expect.arrayContaining(['b', 'new', '']),
  );
});

test('A comment of a missing link is not changed', async () => {
  const { editor, pass, server } = begin({ relations: [relationTo(1)] });
  expect(await rejectionOf(pass(editor.changeComment(7, URL_A, 'new')))).toMatchObject({
    kind: 'not-attached',
  });
  expect(server.asked).not.toContain('update');
});

test('A removal keeps other relations, and a missing link is no error', async () => {
  const { editor, links, pass, server } = begin({
    relations: [hyperlink('https://b.example/'), hyperlink(URL_A), relationTo(1)],
  });
  await pass(editor.remove(7, URL_A));
  await pass(editor.remove(7, URL_A));
  expect(links()).toEqual(['https://b.example/']);
  expect(server.item().relations).toHaveLength(2);
});

test('A comment over 255 characters is rejected without a request', async () => {
  const { editor, server } = begin({});
  expect(await rejectionOf(editor.add(7, URL_A, 'x'.repeat(256)))).toMatchObject({
    kind: 'comment-too-long',
  });
  expect(server.asked).toEqual([]);
});
