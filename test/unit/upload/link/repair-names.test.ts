import type { PatchOperation } from '../../../../src/azure/rest/work-items';
import type { LinkableAttachment, WorkItem } from '../../../../src/azure/work-item';
import { HostError, NetworkError, ServerError } from '../../../../src/base/errors';
import { createNameRepair, withNameRepair } from '../../../../src/upload/link/repair-names';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { servicesFor } from '../../../helpers/frame-services';
import { referenceTo, workItemWith } from '../../../helpers/uploads';

const LINKED = workItemWith([1, 2]);
const attachment = (number: number, name: string): LinkableAttachment => ({
  reference: referenceTo(number),
  name,
  comment: '',
  size: 10,
});
/** The work item shows the first one as `1.txt`. */
const ATTACHMENTS = [attachment(1, 'build.log'), attachment(2, '2.txt')];

/** Links both attachments; the first one has another name on the work item. */
function link(workItems: Parameters<typeof servicesFor>[0]) {
  const runtime = createFakeRuntime();
  const linker = withNameRepair(
    { link: () => Promise.resolve({ workItem: LINKED, failures: new Map() }) },
    createNameRepair(servicesFor(workItems, runtime), (_, asked) => asked.slice(0, 1)),
  );
  return { outcome: linker.link(7, ATTACHMENTS), runtime };
}

describe('createNameRepair', () => {
  it('renames an attachment with another name, in one revision', async () => {
    const named = workItemWith([1, 2], { revision: 4 });
    const [first, second] = named.relations;
    const renamed = { ...named, relations: [{ ...first!, name: 'build.log' }, second!] };
    const update = jest.fn<Promise<WorkItem>, [number, readonly PatchOperation[]]>(() =>
      Promise.resolve(renamed),
    );
    const { outcome } = link({ read: () => Promise.resolve(LINKED), update });
    expect((await outcome).failures.size).toBe(0);
    expect(update).toHaveBeenCalledTimes(1);
    expect(update.mock.calls[0]?.[1].filter(({ path }) => path.endsWith('/name'))).toEqual([
      { op: 'replace', path: '/relations/0/attributes/name', value: 'build.log' },
    ]);
  });

  it('renames again, and restores another name, after a link of another user has shifted the indexes', async () => {
    const names = ['1.txt', '2.txt'];
    const item = (): WorkItem => {
      const { relations, ...rest } = workItemWith([1, 2]);
      return { ...rest, relations: relations.map((each, index) => ({ ...each, name: names[index]! })) };
    };
    let updates = 0;
    const { outcome, runtime } = link({
      read: () => Promise.resolve(item()),
      update(_id, patch) {
        for (const { path, value } of patch) {
          const [, index] = /^\/relations\/(\d)\/attributes\/name$/.exec(path) ?? [];
          if (index !== undefined) names[(Number(index) + (updates === 0 ? 1 : 0)) % 2] = String(value);
        }
        updates++;
        return Promise.resolve(item());
      },
    });
    await runtime.pass(60_000);
    expect((await outcome).failures.size).toBe(0);
    expect(names).toEqual(['build.log', '2.txt']);
  });

  it.each([
    ['fails the link while there is no answer', new NetworkError('No answer.'), 1],
    ['fails the link while the host gives no token', new HostError('No token.'), 1],
    ['fails the link until the person signs in', new ServerError('signed-out', 'A page.'), 1],
    ['keeps the name of a server that refuses another', new ServerError('no-permission', 'No.'), 0],
  ])('%s', async (_, error, failures) => {
    const refuse = (): Promise<never> => Promise.reject(error);
    const { outcome, runtime } = link({ read: refuse, update: refuse });
    await runtime.pass(600_000);
    expect([...(await outcome).failures.keys()]).toHaveLength(failures);
  });
});
