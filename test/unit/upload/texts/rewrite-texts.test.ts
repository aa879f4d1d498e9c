import type { Comment, FieldText, LongTexts } from '../../../../src/azure/rest/long-texts';
import type { PatchOperation } from '../../../../src/azure/rest/work-items';
import type { WorkItem } from '../../../../src/azure/work-item';
import { createKeyedMutex } from '../../../../src/base/async';
import { NetworkError, ServerError } from '../../../../src/base/errors';
import { createTextRewriter, MAX_REWRITTEN_LENGTH } from '../../../../src/upload/texts/rewrite-texts';
import type { NewAddress } from '../../../../src/upload/texts/rewrite-texts';
import { flush, rejectionOf } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { workItemWith } from '../../../helpers/uploads';

const OLD = 'https://dev.azure.com/contoso/old.png';
const NEW = 'https://dev.azure.com/fabrikam/new.png';

const toNew: NewAddress = ({ address }) => (address === OLD ? NEW : undefined);

/** A work item with a description and a comment, which a test may change at the time of a request. */
function stage(description = `<img src="${OLD}">`, comment = `![a](${OLD})`) {
  const runtime = createFakeRuntime();
  const fields: FieldText[] = [
    { field: 'System.Description', name: 'Description', text: description, format: 'html' },
    { field: 'Custom.Notes', name: 'Notes', text: '', format: 'markdown' },
  ];
  const comments: Comment[] = [{ id: 4, by: 'Raisa', at: 5, text: comment, format: 'markdown' }];
  let revision = 3;
  const setDescription = (text: string): void => {
    fields[0] = { ...fields[0]!, text };
    revision++;
  };
  const apply = (patch: readonly PatchOperation[]): void => {
    const [{ path, value } = { path: '', value: 0 }, ...changes] = patch;
    if (path !== '/rev' || value !== revision) throw new ServerError('conflict', 'Another revision.');
    for (const change of changes)
      if (change.path === '/fields/System.Description') setDescription(String(change.value));
  };
  const update = jest.fn((_id: number, patch: readonly PatchOperation[]): Promise<WorkItem> => {
    apply(patch);
    return Promise.resolve(workItemWith([]));
  });
  const texts: Pick<LongTexts, 'readTextFields' | 'readComments' | 'changeComment'> = {
    readTextFields: () => Promise.resolve({ project: 'Fabrikam', revision, fields: [...fields] }),
    readComments: () => Promise.resolve([...comments]),
    changeComment: jest.fn((_id, _project, { text }: Pick<Comment, 'text'>) => {
      comments[0] = { ...comments[0]!, text };
      return Promise.resolve();
    }),
  };
  const workItems = { read: () => Promise.resolve(workItemWith([])), update };
  const rewriter = createTextRewriter({ texts, workItems, mutex: createKeyedMutex(), runtime });
  return {
    ...{ rewriter, runtime, update, setDescription, apply },
    description: () => fields[0]!.text,
    comment: () => comments[0]!.text,
  };
}

test('Fields are rewritten in one revision, and comments in their own format', async () => {
  const { rewriter, update, description, comment } = stage();
  expect(await rewriter.rewrite(7, toNew, true)).toEqual([
    { of: 'System.Description', before: `<img src="${OLD}">`, after: `<img src="${NEW}">` },
    { of: 4, before: `![a](${OLD})`, after: `![a](${NEW})` },
  ]);
  expect([description(), comment()]).toEqual([`<img src="${NEW}">`, `![a](${NEW})`]);
  expect(update.mock.calls).toEqual([
    [
      7,
      [
        { op: 'test', path: '/rev', value: 3 },
        { op: 'replace', path: '/fields/System.Description', value: `<img src="${NEW}">` },
      ],
    ],
  ]);
});

test('A text without such an address is not sent', async () => {
  const { rewriter, update } = stage('<p>Nothing</p>', 'Nothing');
  expect(await rewriter.rewrite(7, toNew, true)).toEqual([]);
  expect(update).not.toHaveBeenCalled();
});

test('A text that someone changes at the same time is rewritten as it is then', async () => {
  const { rewriter, runtime, update, setDescription, description } = stage();
  update.mockImplementationOnce(() => {
    setDescription(`<p>More.</p><img src="${OLD}">`);
    return Promise.reject(new ServerError('conflict', 'Another revision.'));
  });
  const rewriting = rewriter.rewrite(7, toNew, false);
  await flush();
  await runtime.pass(1_000);
  await rewriting;
  expect(description()).toBe(`<p>More.</p><img src="${NEW}">`);
});

test('A rewrite with a lost answer is not repeated', async () => {
  const { rewriter, runtime, update, apply, description } = stage();
  update.mockImplementationOnce((_, patch) => {
    apply(patch);
    return Promise.reject(new NetworkError('No answer.'));
  });
  const rewriting = rewriter.rewrite(7, toNew, false);
  await flush();
  await runtime.pass(1_000);
  await rewriting;
  expect(await rewriting).toHaveLength(1);
  expect(update).toHaveBeenCalledTimes(1);
  expect(description()).toBe(`<img src="${NEW}">`);
});

test('A refusal changes nothing', async () => {
  const { rewriter, update, description } = stage();
  update.mockRejectedValue(new ServerError('rule-broken', 'Frozen.'));
  expect(await rejectionOf(rewriter.rewrite(7, toNew, false))).toMatchObject({ kind: 'rule-broken' });
  expect(description()).toBe(`<img src="${OLD}">`);
});

test('A text that is too long stays as it is', async () => {
  const { rewriter, update } = stage(`<img src="${OLD}">${'x'.repeat(MAX_REWRITTEN_LENGTH)}`);
  expect(await rewriter.rewrite(7, toNew, false)).toEqual([]);
  expect(update).not.toHaveBeenCalled();
});

test('Undo restores texts, except those that someone has changed since', async () => {
  const { rewriter, setDescription, description, comment } = stage();
  const rewritten = await rewriter.rewrite(7, toNew, true);
  setDescription(`<p>More.</p><img src="${NEW}">`);
  expect(await rewriter.undo(7, rewritten)).toBe(1);
  expect([description(), comment()]).toEqual([`<p>More.</p><img src="${NEW}">`, `![a](${OLD})`]);
  setDescription(`<img src="${NEW}">`);
  expect(await rewriter.undo(7, rewritten)).toBe(0);
  expect(description()).toBe(`<img src="${OLD}">`);
});
