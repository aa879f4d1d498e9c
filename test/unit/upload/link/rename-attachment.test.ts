import type { Relation } from '../../../../src/azure/work-item';
import { renameAttachment, renameAttachments } from '../../../../src/upload/link/rename-attachments';
import { rejectionOf } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { servicesFor } from '../../../helpers/frame-services';
import type { OthersDeed, WorkItemFacts, WorkItemFault } from '../../../helpers/model-work-items';
import { createModelWorkItems } from '../../../helpers/model-work-items';
import { createManualWorkItems } from '../../../helpers/manual-work-items';
import { guid, linkable, linkTo, relationTo, workItemWith } from '../../../helpers/uploads';
import { passAll } from './begin';

/** A relation to an attachment with its number in the comment. */
function described(number: number): Relation {
  const relation = relationTo(number);
  const { name } = relation;
  return { ...relation, attributes: { name, comment: `comment ${number}`, resourceSize: 10 * number } };
}

const THREE = [1, 2, 3].map(described);

/** Renames an attachment on such a server. */
function beginOnServer(facts: WorkItemFacts) {
  const server = createModelWorkItems(facts);
  const runtime = createFakeRuntime();
  const services = servicesFor(server, runtime);
  return {
    server,
    rename: (number: number, name: string) =>
      passAll({ runtime }, renameAttachment(services, 7, guid(number), name)),
    /** Names with their comments and sizes, in the order of the list. */
    files: () =>
      server
        .item()
        .relations.filter(({ rel }) => rel === 'AttachedFile')
        .map(
          ({ name, attributes }) =>
            `${name}, ${String(attributes['comment'])}, ${String(attributes['resourceSize'])}`,
        ),
    updates: () => server.asked.filter((what) => what === 'update').length,
  };
}

const RENAMED = ['1.txt, comment 1, 10', 'new.txt, comment 2, 20', '3.txt, comment 3, 30'];

describe('renameAttachment', () => {
  it('sends one patch with a test of the list, and keeps order and comments', async () => {
    const workItems = createManualWorkItems();
    const answer = renameAttachment(servicesFor(workItems, createFakeRuntime()), 7, guid(2), 'new.txt');
    (await workItems.nextCall()).answer(workItemWith([], { relations: THREE, revision: 5 }));
    const patch = await workItems.nextCall();
    expect(patch.patch).toEqual([
      { op: 'test', path: '/rev', value: 5 },
      { op: 'test', path: '/relations/1/url', value: relationTo(2).url },
      { op: 'replace', path: '/relations/1/attributes/name', value: 'new.txt' },
    ]);
    const relations = THREE.map((each, index) => (index === 1 ? { ...each, name: 'new.txt' } : each));
    patch.answer(workItemWith([], { relations, revision: 6 }));
    expect((await answer).revision).toBe(6);
    expect(workItems.asked()).toEqual(['read 7', 'update 7']);
  });

  it('makes one revision', async () => {
    const { rename, server, files } = beginOnServer({ relations: THREE });
    const before = server.item().revision;
    await rename(2, 'new.txt');
    expect(files()).toEqual(RENAMED);
    expect(server.item().revision).toBe(before + 1);
  });

  it('sends no patch for an unchanged name', async () => {
    const { rename, server } = beginOnServer({ relations: THREE });
    await rename(2, '2.txt');
    expect(server.asked).toEqual(['read']);
  });

  it('rejects when the attachment was removed before, or meanwhile, and renames no other', async () => {
    const gone = beginOnServer({ relations: THREE.slice(0, 1) });
    expect(await rejectionOf(gone.rename(2, 'new.txt'))).toMatchObject({ kind: 'not-attached' });
    const removed = beginOnServer({
      relations: THREE,
      others: [() => undefined, (item) => item.change((all) => all.filter((_, index) => index !== 1))],
    });
    expect(await rejectionOf(removed.rename(2, 'new.txt'))).toMatchObject({ kind: 'not-attached' });
    expect(removed.files()).toEqual([RENAMED[0], RENAMED[2]]);
  });

  it('rejects when the attachment is removed after a lost answer', async () => {
    const { rename } = beginOnServer({
      relations: THREE,
      faults: ['none', 'lost before it was acted on'],
      others: [() => undefined, (item) => item.change((all) => all.filter((_, index) => index !== 1))],
    });
    expect(await rejectionOf(rename(2, 'new.txt'))).toMatchObject({ kind: 'not-attached' });
  });

  it('retries after a concurrent edit', async () => {
    const { rename, files } = beginOnServer({
      relations: THREE,
      others: [() => undefined, (item) => item.edit()],
    });
    await rename(2, 'new.txt');
    expect(files()).toEqual(RENAMED);
  });

  it.each([
    'lost before it was acted on',
    'lost after it was acted on',
    'stalled after it was acted on',
    'busy after it was acted on',
    'answered without relations',
  ] as const)('renames once with a response %s', async (fault) => {
    const { rename, files, server } = beginOnServer({ relations: THREE, faults: ['none', fault] });
    const before = server.item().revision;
    await rename(2, 'new.txt');
    expect(files()).toEqual(RENAMED);
    expect(server.item().revision).toBe(before + 1);
  });

  it('rejects when a busy server did nothing', async () => {
    const { rename } = beginOnServer({ relations: THREE, faults: ['none', 'busy before it was acted on'] });
    expect(await rejectionOf(rename(2, 'new.txt'))).toMatchObject({ kind: 'server-busy' });
  });

  it.each(['none', 'lost after it was acted on'] as const)(
    'restores another name after an unnoticed shift of the list, with the fault “%s”',
    async (fault) => {
      const { rename, files } = beginOnServer({
        relations: [linkTo(1), ...THREE],
        testsAddresses: false,
        faults: [...Array<WorkItemFault>(6).fill('none'), fault],
        others: [...Array<OthersDeed>(6).fill(() => undefined), (item) => item.change((all) => all.slice(1))],
      });
      // Learns in five requests: the server tests no URLs.
      await rename(3, 'core.txt');
      await rename(2, 'new.txt');
      expect(files()).toEqual([RENAMED[0], RENAMED[1], 'core.txt, comment 3, 30']);
    },
  );
});

describe('renameAttachment on a server that does not change names of relations', () => {
  it.each(['refused', 'ignored', 'from-url'] as const)(
    'adds the relation again, with the name in its URL, if the change is %s',
    async (names) => {
      const { rename, files, server } = beginOnServer({ relations: THREE, names });
      const before = server.item().revision;
      await rename(2, 'new & better.txt');
      expect(files()).toEqual([RENAMED[0], RENAMED[2], 'new & better.txt, comment 2, 20']);
      expect(server.item().revision).toBe(before + 1);
    },
  );

  it('adds it once after a lost answer', async () => {
    const { rename, files } = beginOnServer({
      relations: THREE,
      names: 'ignored',
      faults: ['none', 'none', 'none', 'lost after it was acted on'],
    });
    await rename(2, 'new.txt');
    expect(files()).toEqual([RENAMED[0], RENAMED[2], RENAMED[1]]);
  });

  it('removes and adds nothing when the list has shifted', async () => {
    const { rename, files } = beginOnServer({
      relations: [linkTo(1), ...THREE],
      testsAddresses: false,
      names: 'ignored',
      others: [
        ...Array<OthersDeed>(6).fill(() => undefined),
        (item) => item.change((all) => all.filter(({ rel }) => rel === 'AttachedFile')),
      ],
    });
    await rename(2, 'new.txt');
    expect(files()).toEqual([RENAMED[0], RENAMED[2], RENAMED[1]]);
  });

  it('rejects when the server keeps the old name', async () => {
    const workItems = createManualWorkItems();
    const runtime = createFakeRuntime();
    const answer = rejectionOf(renameAttachment(servicesFor(workItems, runtime), 7, guid(2), 'new.txt'));
    for (let round = 0; round < 2; round++) {
      (await workItems.nextCall()).answer(workItemWith([], { relations: THREE }));
      (await workItems.nextCall()).answer(workItemWith([], { relations: THREE }));
      await runtime.pass(10_000);
    }
    expect(await answer).toMatchObject({ kind: 'refused' });
  });
});

describe('renameAttachments', () => {
  it('repeats a patch without its test of the list when a patch of another work item was refused meanwhile', async () => {
    const runtime = createFakeRuntime();
    const servers = [1, 2].map(() => createModelWorkItems({ relations: THREE, testsAddresses: false }));
    const { capabilities } = servicesFor(servers[0]!, runtime);
    const misnamed = [{ ...linkable(2), name: 'new.txt' }];
    const renames = servers.map((server) =>
      renameAttachments({ ...servicesFor(server, runtime), capabilities }, 7, misnamed),
    );
    await passAll({ runtime }, Promise.all(renames));
    for (const server of servers) expect(server.item().relations[1]?.name).toBe('new.txt');
  });
});
