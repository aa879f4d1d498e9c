import type { ActiveFault, Emulator, EmulatorMode } from 'azure-devops-emulator';
import type { Wanted } from './bulk-story';
import { everyOneOf, story } from './bulk-story';
import type { TestFile } from './files';
import { makeFile, pickable } from './files';
import { expect, poll } from './fixtures';

/** Consecutive work items, beside the emulator's own. */
function createItems(emulator: Emulator, count: number): number[] {
  const ids = Array.from({ length: count }, (_, index) => 1_001 + index);
  for (const id of ids)
    emulator.store.create({ id, type: 'Bug', fields: { 'System.Title': `One of many ${id}` } });
  return ids;
}

function wantedOf(files: readonly TestFile[]): readonly Wanted[] {
  return files.map((file) => ({ file }));
}

/** Prefilled attachments of the emulator. */
function fillings(count: number): readonly Wanted[] {
  const bytes = Buffer.from('One of many.\n');
  return Array.from({ length: count }, (_, index) => ({
    file: { name: `file-${String(index + 1).padStart(3, '0')}.txt`, bytes },
  }));
}

for (const semantics of ['independent', 'all-or-nothing'] as const) {
  const onlyIn = semantics === 'independent' ? ' @services-only' : ' @both';
  story(
    `Stapler attaches to the other work items if some refuse, in ${semantics} batches${onlyIn}`,
    async ({ panel, emulator }) => {
      emulator.store.assumptions.batchFailure = semantics;
      const files = ['a.txt', 'b.txt'].map((name, index) => makeFile(name, 100 + index));
      await panel.open([7, 8, 9, 12, 15]);
      await panel.addItems('999');
      await panel.pick(files.map(pickable));
      emulator.interfere('batch', () => {
        emulator.store.remove(8);
        emulator.store.fill(9, 100);
        emulator.store.readOnlyIds.add(15);
      });
      await panel.attach('4 of 12 attached, 8 failed');
      const wanted = everyOneOf([7, 12], wantedOf(files));
      panel.expectOnServer({ ...wanted, 9: fillings(100) });
      const told: readonly (readonly [reason: string, count: number, sentence: string])[] = [
        // Two of them were known before the run.
        ['work item not found', 4, "doesn't exist"],
        ['work item full', 2, 'is full (100 attachments)'],
        ['no permission', 2, "don't have permission to edit"],
      ];
      for (const [reason, count, sentence] of told) {
        await panel.button(`Failed: ${reason} (${count})`).click();
        await expect(panel.reportRow(sentence)).toHaveCount(count);
      }
      await expect(panel.reportRow('TF237111')).toHaveCount(0);
      await panel.button('Details of a.txt').click();
      await expect(panel.reportRow('TF237111')).toHaveCount(1);
      await expect(panel.button('Attached (4)')).toBeVisible();

      emulator.store.readOnlyIds.delete(15);
      emulator.store.limits.maxAttachmentsPerItem = 200;
      const linked = panel.linkRequests();
      // Two of them are the files for work item 999.
      await panel.button('Retry failed (8)').click();
      await panel.expectReport('8 of 12 attached, 4 failed');
      panel.expectOnServer({
        ...wanted,
        15: wantedOf(files),
        9: [...fillings(100), ...wantedOf(files)],
      });
      expect(panel.uploads()).toBe(2);
      expect(panel.linkRequests().together).toBe(linked.together + 1);
    },
  );
}

/** Faults that strike once, with the resulting number of batch requests. */
const SINGLE_FAULTS: readonly (Omit<ActiveFault, 'remaining'> & { together: number; in?: EmulatorMode })[] = [
  { name: 'answer-lost', at: 'batch', together: 1 },
  { name: 'truncated-json', at: 'batch', together: 1 },
  { name: 'done-but-500', at: 'batch', together: 1 },
  { name: 'dropped-before', at: 'batch', together: 2 },
  { name: 'dropped-after', at: 'batch', together: 2 },
  { name: 'status-503', at: 'batch', together: 2 },
  { name: 'status-429', at: 'batch', together: 2 },
  { name: 'token-expired', at: 'batch', together: 2 },
  { name: 'signed-out', at: 'batch', together: 2 },
  { name: 'not-json', at: 'read', together: 1 },
  { name: 'token-expired', at: 'simple', together: 1 },
];

story.describe('with a controlled clock', () => {
  story.use({ ownsClock: true });

  story(
    'Each file is sent and linked once despite a failed request @services-only',
    async ({ panel, emulator }) => {
      story.setTimeout(120_000);
      const ids = [7, 8, 9];
      const attached: TestFile[] = [];
      emulator.store.assumptions.retryAfterReadable = true;
      await panel.open(ids);
      for (const [index, { name, at, together }] of SINGLE_FAULTS.entries()) {
        await story.step(`${name} at ${at}`, async () => {
          const file = makeFile(`${index} ${name}.bin`, 1_000 + index);
          await (index > 0 ? panel.pickInstead([pickable(file)]) : panel.pick([pickable(file)]));
          const before = panel.linkRequests();
          const uploads = panel.uploads();
          emulator.setNetwork({ faults: [{ name, remaining: 1, ...(at && { at }) }] });
          await panel.attachButton.click();
          await panel.passTheWaits('3 of 3 attached');
          attached.push(file);
          panel.expectOnServer(everyOneOf(ids, wantedOf(attached)));
          expect(emulator.network.faults).toEqual([]);
          expect(panel.linkRequests()).toEqual({ together: before.together + together, alone: before.alone });
          if (at !== 'simple') expect(panel.uploads()).toBe(uploads + 1);
          await panel.backToPlan();
        });
      }
    },
  );

  story(
    'The report shows the last answer for work items it cannot read, and a retry reads them @services-only',
    async ({ panel, emulator }) => {
      const file = makeFile('a.txt', 100);
      await panel.open([7, 8]);
      await panel.pick([pickable(file)]);
      emulator.interfere('batch', () =>
        emulator.setNetwork({ faults: [{ name: 'not-json', remaining: null }] }),
      );
      await panel.attachButton.click();
      await expect(async () => {
        // A request in progress would count as stalled.
        if (emulator.requests.records.every(({ finished }) => finished))
          await panel.page.clock.fastForward(30_000);
        await expect(panel.reportHeading).toBeVisible({ timeout: 100 });
      }).toPass({ timeout: 30_000, intervals: [50] });
      await panel.expectReport('2 of 2 attached');
      await expect(panel.content.getByRole('alert')).toHaveText(
        "Unexpected response. These results couldn't be verified. Open the work items to check.",
      );
      panel.expectOnServer(everyOneOf([7, 8], wantedOf([file])));
    },
  );

  story(
    'A paused run sends and links nothing, and a resumed run attaches everything @services-only',
    async ({ panel, emulator }) => {
      const files = ['a.bin', 'b.bin', 'c.bin'].map((name) => makeFile(name, 20_000));
      await panel.open([7, 8, 9]);
      await panel.pick(files.map(pickable));
      const stored = emulator.store.attachments.all.length;
      emulator.setNetwork({ bytesPerSecond: 2_000 });
      await panel.attachButton.click();
      await expect(panel.content.getByRole('progressbar', { name: 'Files uploaded' })).toBeVisible();
      await panel.button('Pause').click();
      await poll(() => emulator.requests.records.filter(({ finished }) => !finished)).toEqual([]);
      await panel.page.clock.fastForward(60_000);
      await expect(panel.content.getByRole('status').filter({ hasText: 'paused' })).toBeAttached();
      expect(emulator.store.attachments.all).toHaveLength(stored);
      expect(panel.linkRequests()).toEqual({ together: 0, alone: 0 });
      panel.expectOnServer({});

      emulator.setNetwork({ bytesPerSecond: null });
      await panel.button('Resume').click();
      await panel.expectReport('9 of 9 attached');
      panel.expectOnServer(everyOneOf([7, 8, 9], wantedOf(files)));
    },
  );

  story(
    'The report shows the true links after a cancel with a lost answer @services-only',
    async ({ panel, emulator }) => {
      const file = makeFile('a.txt', 100);
      emulator.store.assumptions.retryAfterReadable = true;
      await panel.open([7, 8]);
      await panel.pick([pickable(file)]);
      emulator.setNetwork({
        faults: [
          { name: 'answer-lost', remaining: 1, at: 'batch' },
          // The verification request is throttled.
          { name: 'status-429', remaining: 1, at: 'read' },
        ],
      });
      await panel.attachButton.click();
      await expect(panel.content.getByText('Waiting to retry').first()).toBeVisible();
      await panel.button('Cancel').click();
      await panel.passTheWaits('2 of 2 attached');
      panel.expectOnServer(everyOneOf([7, 8], wantedOf([file])));
    },
  );
});

story(
  'A service without batches gets a few single patches at a time and no second batch @both',
  async ({ panel, emulator, mode }) => {
    const ids = [7, 8, 9, 12, 15];
    const [first, second] = ['first.bin', 'second.bin'].map((name) => makeFile(name, 1_000));
    await panel.open(ids);
    await panel.pick([pickable(first!)]);
    // The server does not support batches, or refuses them for extensions.
    emulator.store.assumptions.batchFromExtension = mode === 'server' ? 'unknown' : 'refused';
    let answer = (): void => undefined;
    const seen = new Promise<void>((resolve) => (answer = resolve));
    ids.forEach(() => emulator.interfere('link', () => seen));
    await panel.attachButton.click();
    await poll(() => panel.linkRequests()).toEqual({ together: 1, alone: 3 });
    answer();
    await panel.expectReport('5 of 5 attached');
    expect(panel.linkRequests()).toEqual({ together: 1, alone: 5 });
    await panel.backToPlan();
    await panel.pickInstead([pickable(second!)]);
    await panel.attach('5 of 5 attached');
    expect(panel.linkRequests()).toEqual({ together: 1, alone: 10 });
    panel.expectOnServer(everyOneOf(ids, wantedOf([first!, second!])));
  },
);

story(
  'A batch refused without CORS headers gets single patches and no further batch @services-only',
  async ({ panel, emulator }) => {
    const ids = [7, 8, 9];
    const [first, second] = ['first.bin', 'second.bin'].map((name) => makeFile(name, 1_000));
    await panel.open(ids);
    await panel.pick([pickable(first!)]);
    emulator.store.assumptions.batchFromExtension = 'hidden';
    await panel.attach('3 of 3 attached');
    expect(panel.linkRequests()).toEqual({ together: 2, alone: 3 });
    await panel.backToPlan();
    await panel.pickInstead([pickable(second!)]);
    await panel.attach('3 of 3 attached');
    expect(panel.linkRequests()).toEqual({ together: 2, alone: 6 });
    panel.expectOnServer(everyOneOf(ids, wantedOf([first!, second!])));
  },
);

story(
  'A link missing at the end is made once more, then reported @services-only',
  async ({ panel, emulator }) => {
    const file = makeFile('a.txt', 100);
    await panel.open([8, 9]);
    await panel.pick([pickable(file)]);
    await expect(panel.itemRow('Bug 9')).toContainText('1 file');
    /** Removes the attachment right before it is verified. */
    const takeAway = (): unknown => emulator.store.save({ ...emulator.store.workItem(8), relations: [] });
    emulator.interfere('read', takeAway);
    await panel.attach('2 of 2 attached');
    panel.expectOnServer(everyOneOf([8, 9], wantedOf([file])));

    await panel.backToPlan();
    const late = makeFile('late.txt', 200);
    await panel.pickInstead([pickable(late)]);
    // The final read, the read before the second link, and the final read after it.
    for (let reads = 0; reads < 3; reads++) emulator.interfere('read', takeAway);
    await panel.attach('1 of 2 attached, 1 failed');
    await expect(panel.reportRow('Uploaded, but not attached')).toHaveCount(1);
    panel.expectOnServer({ 8: [], 9: wantedOf([file, late]) });
    await panel.button('Retry failed (1)').click();
    await panel.expectReport('2 of 2 attached');
    panel.expectOnServer({ 8: wantedOf([late]), 9: wantedOf([file, late]) });
    expect(panel.uploads()).toBe(2);
  },
);

story(
  'A canceled run keeps its links, and the rest can be attached later @services-only',
  async ({ panel, emulator }) => {
    const ids = createItems(emulator, 120);
    const file = makeFile('a.txt', 100);
    await panel.open([1_001]);
    await panel.addItems(ids.join(' '));
    await expect(panel.itemCount).toHaveText('120 work items');
    await panel.pick([pickable(file)]);
    let answer = (): void => undefined;
    const canceled = new Promise<void>((resolve) => (answer = resolve));
    for (const turn of [1, 2]) emulator.interfere('batch', () => canceled.then(() => turn));
    await panel.attachButton.click();
    await poll(() => panel.linkRequests().together).toBe(2);
    await panel.button('Cancel').click();
    const news = panel.content.getByText('canceling…').first();
    await expect(news).toBeVisible();
    await expect(news).not.toContainText('failed');
    answer();
    await panel.expectReport('100 of 120 attached, 20 left');
    const done = new Map(ids.map((id) => [id, emulator.store.workItem(id).relations.length]));
    expect([...done.values()].filter((relations) => relations === 1)).toHaveLength(100);
    panel.expectOnServer(
      everyOneOf(
        ids.filter((id) => done.get(id) === 1),
        wantedOf([file]),
      ),
    );
    await panel.backToPlan();
    await panel.attach('20 of 120 attached, 100 already attached');
    panel.expectOnServer(everyOneOf(ids, wantedOf([file])));
  },
);

story(
  'A run after a cancel attaches nothing twice, with any choice for existing files @services-only',
  async ({ panel, emulator }) => {
    const files = ['a.txt', 'b.txt'].map((name) => makeFile(name, 100));
    await panel.open([7, 8, 9]);
    await panel.pick(files.map(pickable));
    await panel.openOptions();
    await panel.duplicatesOfAll.selectOption('Keep both');
    emulator.interfere('batch', () => emulator.store.readOnlyIds.add(9));
    await panel.attach('4 of 6 attached, 2 failed');
    emulator.store.readOnlyIds.delete(9);
    await panel.backToPlan();
    await panel.attach('2 of 6 attached, 4 already attached');
    panel.expectOnServer(everyOneOf([7, 8, 9], wantedOf(files)));
  },
);

story(
  'The report separates a refused file from failed files, and a retry attaches these @services-only',
  async ({ panel, emulator }) => {
    const [large, ...others] = ['large.bin', 'a.bin', 'b.bin'].map((name, index) =>
      makeFile(name, index === 0 ? 9_000 : 900 + index),
    );
    emulator.store.limits.maxAttachmentBytes = 5_000;
    await panel.open([7, 8]);
    await panel.pick([large!, ...others].map(pickable));
    await panel.attach('4 of 6 attached, 2 failed');
    await panel.button(/^Failed/).click();
    await expect(panel.reportRow('large.bin')).toHaveCount(2);
    await expect(panel.reportRow('large.bin').first()).toContainText('is larger than 5.0 KB');
    await expect(panel.button(/^Retry/)).toHaveCount(0);
    panel.expectOnServer(everyOneOf([7, 8], wantedOf(others)));

    await panel.backToPlan();
    const late = makeFile('late.bin', 700);
    await panel.pickInstead([pickable(late)]);
    emulator.setNetwork({ faults: [{ name: 'status-403', remaining: null, at: 'simple' }] });
    await panel.attach('0 of 2 attached, 2 failed');
    await expect(panel.reportRow("You don't have permission to edit this work item")).toHaveCount(2);
    emulator.setNetwork({ faults: [] });
    await panel.button('Retry failed (2)').click();
    await panel.expectReport('2 of 2 attached');
    panel.expectOnServer(everyOneOf([7, 8], wantedOf([...others, late])));
  },
);

story(
  'The panel keeps work items it cannot read, and tokens may expire at any time',
  async ({ panel, emulator }) => {
    const file = makeFile('a.txt', 100);
    await panel.open([7]);
    await panel.pick([pickable(file)]);
    emulator.setNetwork({ faults: [{ name: 'not-json', remaining: null, at: 'read' }] });
    await panel.addItems('8');
    const alert = panel.content.getByRole('alert');
    await expect(alert).toContainText('Unexpected response');
    emulator.setNetwork({ faults: [] });
    await panel.button('Retry').press('Enter');
    await expect(alert).toHaveCount(0);
    await expect(panel.itemCount).toHaveText('2 work items');
    await panel.expectFocusKept();

    emulator.expireTokens();
    emulator.interfere('simple', () => emulator.expireTokens());
    emulator.interfere('batch', () => emulator.expireTokens());
    await panel.attach('2 of 2 attached');
    panel.expectOnServer(everyOneOf([7, 8], wantedOf([file])));
  },
);
