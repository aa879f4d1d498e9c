import { makeFile, pickable } from './files';
import { expect } from './fixtures';
import { everyOneOf, story } from './bulk-story';
import { Keys } from './keys';

// The focus enters and leaves the frame, which differs in Server mode.
story(
  'The keyboard alone operates the panel and never loses the focus',
  async ({ panel, page, emulator }) => {
    story.setTimeout(90_000);
    const { content } = panel;
    const keys = new Keys(page, () => content);
    const host = new Keys(page, () => page);
    const field = (name: string) => content.getByRole('textbox', { name, exact: true });
    const files = ['one.txt', 'two.txt', 'three.txt'].map((name) => makeFile(name, 2_000));

    await story.step('select, open, pick', async () => {
      await panel.pages.open('Queries');
      await panel.pages.row(7).waitFor();
      await panel.pages.grid.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Shift+ArrowDown');
      await host.tabTo(page.getByRole('button', { name: 'Attach files', exact: true }), 'Shift+Tab');
      await panel.openForSelection('Enter');
      await keys.pickAt(panel.dropZone, files.map(pickable));
      await keys.tabTo(field('Add work items'));
      await keys.type('9 999');
      await keys.press('Enter');
      await expect(panel.itemCount).toHaveText('4 work items');
      await keys.use(panel.button('Remove Work item 999 from the list').first());
      await expect(panel.itemCount).toHaveText('3 work items');
      await keys.expectFocusInside();
    });

    await story.step('list the shortcuts', async () => {
      await keys.press('?');
      const help = content.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await expect(help.getByRole('table')).toHaveCount(2);
      await keys.press('Escape');
      await expect(help).toHaveCount(0);
      await keys.expectFocusInside();
    });

    await story.step('map by name: edit the pattern, assign manually, undo', async () => {
      await keys.tabTo(content.getByRole('radio', { name: 'All files to all work items' }));
      await keys.press('ArrowDown');
      await expect(content.getByRole('radio', { name: 'File or folder name' })).toBeFocused();
      await keys.use(panel.button('Customize…'));
      await keys.tabTo(field('Pattern'));
      await keys.type('x{id}');
      await keys.use(panel.button('Reset'));
      await expect(panel.button('Reset')).toHaveCount(0);
      await keys.expectFocusInside();
      await keys.use(panel.button(/^By file/));
      await keys.tabTo(panel.assignField('two.txt'));
      await keys.type('8');
      await keys.press('Enter');
      await expect(panel.fileRow('two.txt')).toContainText('To Bug 8');
      await keys.expectFocusInside();
      await keys.use(panel.button('Edit two.txt'));
      await keys.use(panel.button('Undo'));
      await expect(panel.assignField('two.txt')).toBeVisible();
      await keys.expectFocusInside();
    });

    await story.step('map by list', async () => {
      await keys.tabTo(content.getByRole('radio', { name: 'File or folder name' }), 'Shift+Tab');
      await keys.press('ArrowDown');
      await expect(content.getByRole('radio', { name: 'CSV list' })).toBeFocused();
      const list = makeFile('list.csv', 0);
      await keys.pickAt(panel.button('Choose a CSV file'), [
        { ...pickable(list), buffer: Buffer.from('work item,file\n7,one.txt\n') },
      ]);
      await expect(content.getByText(/^list\.csv: 1 row/)).toBeVisible();
      await expect(panel.fileRow('one.txt')).toContainText('To Bug 7');
      await keys.tabTo(content.getByRole('radio', { name: 'CSV list' }), 'Shift+Tab');
      await keys.press('ArrowUp', 'ArrowUp');
    });

    await story.step('rename, skip, comment', async () => {
      await keys.use(panel.button('Options'));
      await keys.tabTo(field('Comment for all files'));
      await keys.type('by keys');
      await keys.tabTo(field('Attach as'));
      await keys.type('2.txt');
      await keys.use(panel.button('Remove three.txt from the plan'));
    });

    await story.step('attach, pause, stay, resume', async () => {
      emulator.setNetwork({ bytesPerSecond: 500 });
      await keys.use(panel.attachButton);
      await expect(panel.button('Pause')).toBeVisible();
      await keys.expectFocusInside();
      await expect(content.getByRole('status').filter({ hasText: '0 of 6 attached' })).toBeAttached();
      await keys.use(panel.button('Pause'));
      await expect(panel.button('Resume')).toBeFocused();
      await keys.use(panel.button('Close'));
      await expect(panel.button('Keep open')).toBeFocused();
      await keys.press('Enter');
      await expect(panel.button('Resume')).toBeVisible();
      emulator.store.readOnlyIds.add(9);
      emulator.setNetwork({ bytesPerSecond: null });
      await keys.use(panel.button('Resume'));
      await panel.expectReport('4 of 6 attached, 2 failed');
      await expect(panel.reportHeading).toBeFocused();
    });

    await story.step('retry, export the report, close', async () => {
      emulator.store.readOnlyIds.delete(9);
      emulator.setNetwork({ latencyMs: 200 });
      await keys.use(panel.button('Retry failed (2)'));
      await expect(panel.button('Pause')).toBeVisible();
      await keys.expectFocusInside();
      emulator.setNetwork({ latencyMs: 0 });
      await panel.expectReport('6 of 6 attached');
      await expect(panel.reportHeading).toBeFocused();
      const comment = 'by keys';
      panel.expectOnServer(
        everyOneOf(
          [7, 8, 9],
          [
            { file: files[0]!, comment },
            { file: files[1]!, name: '2.txt', comment },
          ],
        ),
      );
      await keys.use(panel.button('Attached (6)'));
      if (emulator.mode === 'services') {
        const report = page.waitForEvent('download');
        await keys.use(panel.button('Export'));
        await expect(content.getByRole('menuitem', { name: 'Copy summary' })).toBeFocused();
        await keys.press('ArrowDown', 'ArrowDown', 'Enter');
        expect((await report).suggestedFilename()).toBe('stapler-report.csv');
      }
      await keys.use(panel.button('Back to plan'));
      await expect(panel.dropZone).toBeVisible();
      await keys.expectFocusInside();
      await keys.tabTo(panel.button('Close'));
      await page.keyboard.press('Enter');
      await expect(panel.dialog).toHaveCount(0);
    });
  },
);
