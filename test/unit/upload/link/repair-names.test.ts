import type { LinkableAttachment } from '../../../../src/azure/work-item';
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
    const update = jest.fn((_id: number, patch: readonly { path: string; value?: unknown }[]) => {
      void patch;
      return Promise.resolve(workItemWith([1, 2], { revision: 4 }));
    });
    const { outcome } = link({ read: () => Promise.resolve(LINKED), update });
    expect((await outcome).failures.size).toBe(0);
    expect(update).toHaveBeenCalledTimes(1);
    expect(update.mock.calls[0]?.[1].filter(({ path }) => path.endsWith('/name'))).toEqual([
      { op: 'add', path: '/relations/0/attributes/name', value: 'build.log' },
    ]);
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
