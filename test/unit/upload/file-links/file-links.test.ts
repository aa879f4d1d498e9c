import type { Relation } from '../../../../src/azure/work-item';
import { readFileAddress } from '../../../../src/upload/file-links/file-address';
import type { FileLink } from '../../../../src/upload/file-links/file-links';
import { createFileLinks } from '../../../../src/upload/file-links/file-links';
import type { Release } from '../../../../src/upload/form/save-gate';
import { createDeferred, flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import { servicesFor } from '../../../helpers/frame-services';
import { createModelWorkItems } from '../../../helpers/model-work-items';
import { relationTo } from '../../../helpers/uploads';
import { passAll } from '../link/begin';

function hyperlink(url: string, comment = ''): Relation {
  return { rel: 'Hyperlink', url, name: '', attributes: { comment } };
}

function linkTo(url: string, comment = ''): FileLink {
  return { ...readFileAddress(url)!, workItemId: 7, comment };
}

function begin(relations: readonly Relation[] = [], released?: Promise<Release>) {
  const server = createModelWorkItems({ relations });
  const runtime = createFakeRuntime();
  const refreshed: number[] = [];
  const links = createFileLinks({
    services: servicesFor(server, runtime),
    host: {
      refreshForm(id) {
        refreshed.push(id);
        return Promise.resolve('refreshed');
      },
    },
    gate: { pass: () => Promise.resolve(released && { released }) },
  });
  links.onRead(server.item());
  const names = () => links.getSnapshot().links.map(({ name }) => name);
  return { server, links, names, refreshed, pass: <T>(work: Promise<T>) => passAll({ runtime }, work) };
}

const DUMP = 'https://files.example/dump.zip';

test('Lists the links to files, without web pages and attachments', () => {
  const { links } = begin([relationTo(1), hyperlink(DUMP, 'Large'), hyperlink('https://example.com/')]);
  expect(links.getSnapshot().links).toEqual([linkTo(DUMP, 'Large')]);
});

test('Adds a link, removes it, and undoes the removal with its comment', async () => {
  const { links, names, refreshed, server, pass } = begin();
  const onLinked = jest.fn();
  await pass(links.add(linkTo(DUMP, 'Large'), onLinked));
  expect(onLinked).toHaveBeenCalledTimes(1);
  expect(names()).toEqual(['dump.zip']);
  await pass(links.remove(linkTo(DUMP, 'Large')));
  expect(links.getSnapshot()).toMatchObject({ links: [], removed: { url: DUMP } });
  await pass(links.undo());
  expect(links.getSnapshot()).toMatchObject({ links: [{ comment: 'Large' }], removed: undefined });
  expect(server.item().relations).toMatchObject([{ rel: 'Hyperlink', url: DUMP }]);
  expect(refreshed).toEqual([7, 7, 7]);
});

test.each(['run', 'cancel'] as const)('A change waits for a save of the form: %s', async (how) => {
  const release = createDeferred<Release>();
  const { links, names, server, pass } = begin([], release.promise);
  const onLinked = jest.fn();
  await pass(links.add(linkTo(DUMP), onLinked));
  expect(server.asked).toEqual([]);
  expect(links.getSnapshot().busy.size).toBe(1);
  release.resolve(how);
  await flush();
  expect(links.getSnapshot().busy.size).toBe(0);
  expect(names()).toEqual(how === 'run' ? ['dump.zip'] : []);
  expect(onLinked).toHaveBeenCalledTimes(how === 'run' ? 1 : 0);
});

test('An older read does not bring a removed link back', async () => {
  const { links, names, server, pass } = begin([hyperlink(DUMP)]);
  const before = server.item();
  await pass(links.remove(linkTo(DUMP)));
  links.onRead(before);
  expect(names()).toEqual([]);
});
