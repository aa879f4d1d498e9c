import type { BulkPanel } from './bulk-story';
import { everyOneOf, story } from './bulk-story';
import type { TestFile } from './files';
import { makeFile, pickable } from './files';
import { expect, poll } from './fixtures';
import { heal, withoutRoom } from './journal-fixtures';
import { isKept, untilJournal } from './journal-rows';
import { expectNoViolations } from './looks';

const IDS = [7, 8, 9];
const ALL = '9 of 9 attached';

const someFiles = (): TestFile[] => ['a.bin', 'b.bin', 'c.bin'].map((name) => makeFile(name, 30_000));

function interrupted({ content }: BulkPanel) {
  return content.getByRole('group', { name: 'Interrupted upload' });
}

/** Opens the panel, picks the files and starts the run; the faults stall it at some point. */
async function begin(panel: BulkPanel, files: readonly TestFile[]): Promise<void> {
  await panel.open(IDS);
  await panel.pick(files.map(pickable));
  await panel.attachButton.click();
  await expect(
    panel.content.getByRole('heading', { name: 'Attaching 3 files to 3 work items' }),
  ).toBeVisible();
}

/** Expects this number of sent files in the panel of a run. */
async function expectSent(panel: BulkPanel, files: number): Promise<void> {
  await expect(panel.content.getByText(`${files} of 3 files uploaded`)).toBeVisible();
}

/** Waits until the journal has stored everything it can of the files. */
async function untilKept({ content }: BulkPanel, how: Parameters<typeof isKept>[0]): Promise<void> {
  await untilJournal({ stapler: content }, (journal) => journal.uploads.length === 3 && isKept(how, journal));
}

async function resumeRun(panel: BulkPanel): Promise<void> {
  await interrupted(panel).getByRole('button', { name: 'Resume' }).click();
}

/** Expects no interrupted run in the next panel. */
async function expectNothingLeft(panel: BulkPanel): Promise<void> {
  await panel.button('Close').click();
  await expect(panel.dialog).toHaveCount(0);
  await panel.openForSelection();
  await expect(interrupted(panel)).toHaveCount(0);
}

story(
  'A panel closed during a run asks once, and the next one resumes without a second upload @services-only',
  async ({ panel, emulator }) => {
    const files = someFiles();
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'batch' }] });
    await begin(panel, files);
    await expectSent(panel, 3);
    await panel.button('Close').click();
    await panel.button('Keep open').click();
    await panel.button('Close').click();
    await panel.button('Close').click();
    await expect(panel.dialog).toHaveCount(0);
    heal(emulator);
    await panel.openForSelection();
    await expect(interrupted(panel)).toContainText('3 of 3 files uploaded');
    await resumeRun(panel);
    await panel.expectReport(ALL);
    expect(panel.uploads()).toBe(3);
    panel.expectOnServer(
      everyOneOf(
        IDS,
        files.map((file) => ({ file })),
      ),
    );
    await expectNothingLeft(panel);
  },
);

story(
  'The panel detects links made before a reload and does not repeat them @services-only',
  async ({ panel, emulator, page }) => {
    const files = someFiles();
    emulator.setNetwork({ faults: [{ name: 'unanswered', remaining: 1, at: 'batch' }] });
    await begin(panel, files);
    await expectSent(panel, 3);
    await poll(() => panel.linkRequests().together).toBe(1);
    await page.reload();
    heal(emulator);
    await panel.open(IDS);
    await resumeRun(panel);
    await panel.expectReport(ALL);
    expect(panel.linkRequests()).toEqual({ together: 1, alone: 0 });
    panel.expectOnServer(
      everyOneOf(
        IDS,
        files.map((file) => ({ file })),
      ),
    );
  },
);

story(
  'The panel sends interrupted files from their stored content @services-only',
  async ({ panel, emulator, page }) => {
    const files = someFiles();
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
    await begin(panel, files);
    await untilKept(panel, 'stored');
    await page.reload();
    heal(emulator);
    await panel.open(IDS);
    await expect(interrupted(panel)).toContainText('0 of 3 files uploaded');
    await resumeRun(panel);
    await panel.expectReport(ALL);
    panel.expectOnServer(
      everyOneOf(
        IDS,
        files.map((file) => ({ file })),
      ),
    );
    await expectNothingLeft(panel);
  },
);

story(
  'The panel asks for files without stored content and recognizes them under any name @services-only',
  async ({ panel, emulator, page }) => {
    const files = someFiles();
    await page.addInitScript(withoutRoom);
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
    await begin(panel, files);
    await untilKept(panel, 'fingerprint only');
    await page.reload();
    heal(emulator);
    await panel.open(IDS);
    await resumeRun(panel);
    await expect(panel.button(/^Choose .* again$/)).toHaveCount(3);
    await panel.pick(files.map((file) => pickable({ ...file, name: `renamed ${file.name}` })));
    await panel.expectReport(ALL);
    panel.expectOnServer(
      everyOneOf(
        IDS,
        files.map((file) => ({ file })),
      ),
    );
  },
);

story('A discarded run is not offered again @services-only', async ({ panel, emulator, page }) => {
  emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'batch' }] });
  await begin(panel, someFiles());
  await expectSent(panel, 3);
  await page.reload();
  heal(emulator);
  await panel.open(IDS);
  await expect(interrupted(panel)).toContainText('3 of 3 files uploaded');
  await expectNoViolations(page, 'interrupted run');
  await interrupted(panel).getByRole('button', { name: 'Discard' }).click();
  await expect(interrupted(panel)).toHaveCount(0);
  await expectNothingLeft(panel);
  panel.expectOnServer(everyOneOf(IDS, []));
});

story(
  'A warning before closing lists the losses if the panel cannot store files @server-only',
  async ({ panel, emulator }) => {
    emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'batch' }] });
    await begin(panel, someFiles());
    await expectSent(panel, 3);
    await panel.button('Close').click();
    await expect(panel.content.getByText("The remaining files won't be attached")).toBeVisible();
    await panel.button('Close anyway').click();
    await expect(panel.dialog).toHaveCount(0);
  },
);
