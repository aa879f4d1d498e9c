import { jamal, johnnie } from './fabrikam';
import { linkTo, linksFirst } from './link-types';
import { attachmentRelation } from './relation-values';
import { seedFiles } from './seed-files';
import { seedComments, seedReceipt, seedTexts } from './seed-texts';
import type { Author } from './new-work-item';
import type { Store } from './store';
import type { Fields } from './work-item';

/** Work item with many attachments. */
const crowdedItemId = 30;
/** One more attachment fits into the first, none into the second. */
const [almostFullItemId, fullItemId] = [31, 32];
/** Work item that the user can only read. */
const archivedItemId = 21;

interface SeedItem {
  readonly id: number;
  readonly type: string;
  readonly fields: Fields;
  readonly author: Author;
}

const webArea = 'Fabrikam\\Website';
const sprint = 'Fabrikam\\Sprint 12';

const items: readonly SeedItem[] = [
  {
    id: 7,
    type: 'Bug',
    author: { by: johnnie, date: '2026-03-02T08:41:10.310Z' },
    fields: {
      'System.Title': 'Login page loses the typed name',
      'System.State': 'Active',
      'System.Reason': 'Approved',
      'System.AssignedTo': jamal,
      'System.AreaPath': webArea,
      'System.IterationPath': sprint,
      'System.Tags': 'login; regression',
      'System.Description':
        '<div>Type a name, type a wrong password, press Enter: the page comes back with an empty name.</div>',
      'Microsoft.VSTS.Common.Priority': 1,
    },
  },
  {
    id: 8,
    type: 'Bug',
    author: { by: jamal, date: '2026-03-03T13:05:44.870Z' },
    fields: {
      'System.Title': 'Invoice total is rounded twice',
      'System.AssignedTo': johnnie,
      'System.AreaPath': 'Fabrikam\\Billing',
      'System.IterationPath': sprint,
      'System.Description': '<div>An invoice of three lines at 0.335 shows 1.02 instead of 1.01.</div>',
    },
  },
  {
    id: 9,
    type: 'Bug',
    author: { by: jamal, date: '2026-03-04T09:17:02.120Z' },
    fields: {
      'System.Title': 'Search box hides its last letter in Firefox',
      'System.AreaPath': webArea,
      'System.IterationPath': 'Fabrikam',
      'System.Tags': 'browser',
      'Microsoft.VSTS.Common.Priority': 3,
    },
  },
  {
    id: 12,
    type: 'User Story',
    author: { by: jamal, date: '2026-02-16T10:00:00.500Z' },
    fields: {
      'System.Title': 'As a customer I sign in with my work account',
      'System.State': 'Active',
      'System.Reason': 'Implementation started',
      'System.AssignedTo': jamal,
      'System.AreaPath': webArea,
      'System.IterationPath': sprint,
    },
  },
  {
    id: 15,
    type: 'Task',
    author: { by: johnnie, date: '2026-02-17T15:22:31.940Z' },
    fields: {
      'System.Title': 'Keep the form values after a failed login',
      'System.State': 'To Do',
      'System.Reason': 'New task',
      'System.AssignedTo': johnnie,
      'System.AreaPath': webArea,
      'System.IterationPath': sprint,
      'Microsoft.VSTS.Scheduling.RemainingWork': 4,
    },
  },
  {
    id: archivedItemId,
    type: 'Bug',
    author: { by: johnnie, date: '2026-01-20T07:55:00.080Z' },
    fields: {
      'System.Title': 'Archived: printer drops the last page',
      'System.State': 'Closed',
      'System.Reason': 'Fixed',
      'System.AreaPath': 'Fabrikam\\Archive',
      'System.IterationPath': 'Fabrikam\\Sprint 4',
    },
  },
  {
    id: crowdedItemId,
    type: 'Bug',
    author: { by: jamal, date: '2026-03-05T11:48:27.660Z' },
    fields: {
      'System.Title': 'Nightly export fails now and then',
      'System.State': 'Active',
      'System.Reason': 'Approved',
      'System.AssignedTo': johnnie,
      'System.AreaPath': 'Fabrikam\\Export',
      'System.IterationPath': sprint,
      'System.Tags': 'flaky; nightly',
      'System.Description':
        '<div>One run in ten stops half-way. Logs and pictures of each are attached.</div>',
    },
  },
  {
    id: almostFullItemId,
    type: 'Bug',
    author: { by: jamal, date: '2026-03-16T10:12:03.400Z' },
    fields: {
      'System.Title': 'Scanned receipts come out upside down',
      'System.AreaPath': 'Fabrikam\\Billing',
      'System.IterationPath': sprint,
    },
  },
  {
    id: fullItemId,
    type: 'Bug',
    author: { by: jamal, date: '2026-03-17T10:40:51.020Z' },
    fields: {
      'System.Title': 'Scanned receipts miss their last line',
      'System.AreaPath': 'Fabrikam\\Billing',
      'System.IterationPath': sprint,
      'System.Description': '<div>100 receipts are attached; there is no room for another.</div>',
    },
  },
];

const filledOn: Author = { by: jamal, date: '2026-03-18T08:00:00.000Z' };
const linkedOn: Author = { by: jamal, date: '2026-03-05T12:00:00.000Z' };

/**
 * Fills an empty store with the seeded work items.
 *
 * @param baseUrl - base of the REST service, for the addresses of pictures in texts
 */
export function seed(store: Store, baseUrl: string): void {
  const texts = seedTexts(store, baseUrl);
  for (const { author, ...item } of items) {
    const { fields = {}, markdownFields = [] } = texts.get(item.id) ?? {};
    store.create({ ...item, fields: { ...item.fields, ...fields }, markdownFields }, author);
  }
  link(store, 12, 'System.LinkTypes.Hierarchy-Forward', 7, 'found while testing');
  link(store, 12, 'System.LinkTypes.Hierarchy-Forward', 15, 'decomposition of work');
  link(store, 7, 'System.LinkTypes.Related', 9);
  link(store, crowdedItemId, 'System.LinkTypes.Related', 8, 'same export');
  link(store, almostFullItemId, 'System.LinkTypes.Related', fullItemId);
  attachSeedFiles(store);
  store.fill(almostFullItemId, 98, filledOn);
  seedReceipt(store, baseUrl, almostFullItemId, filledOn);
  store.fill(fullItemId, 100, filledOn);
  seedComments(store, baseUrl, archivedItemId);
  store.readOnlyIds.add(archivedItemId);
}

function link(store: Store, from: number, rel: string, to: number, comment?: string): void {
  const item = store.workItem(from);
  store.save({ ...item, relations: linksFirst([...item.relations, linkTo(to, rel, comment)]) }, linkedOn);
}

/** One revision for each night, as if the files had been dropped together. */
function attachSeedFiles(store: Store): void {
  for (const { date, files } of seedFiles()) {
    const item = store.workItem(crowdedItemId);
    const added = files.map(({ name, comment, content }) => {
      const { id } = store.attachments.put(name, content, date);
      return attachmentRelation(store, id, { name, comment, resourceSize: content.length }, date);
    });
    store.save({ ...item, relations: [...item.relations, ...added] }, { by: johnnie, date });
  }
}
