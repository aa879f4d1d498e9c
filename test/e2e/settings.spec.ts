import { misfits } from './fit';
import { expect } from './fixtures';
import { Keys } from './keys';
import { expectNoViolations } from './looks';
import { story } from './settings-story';

const MINE = '{ "version": 1, "maxFiles": 5 }';
const THEIRS = '{ "version": 1, "maxFiles": 9 }';

story('Two administrators edit the policy at once, and no version gets lost @both', async ({ settings }) => {
  const { content, page } = settings;
  await settings.json.fill('{ "version": 1 }');
  await settings.save();

  await story.step('save after another administrator', async () => {
    await settings.json.fill(MINE);
    settings.saveElsewhere(THEIRS);
    await settings.button('Save').click();
    const clash = content.getByRole('region', { name: 'Another version was saved while you edited' });
    await expect(clash.getByRole('alert')).toContainText('Saved by Another administrator on ');
    await expect(clash.getByText('1 line removed, 1 line added.')).toBeVisible();
    expect(settings.stored()).toMatchObject({ text: THEIRS });
  });

  await story.step('take theirs, and bring mine back', async () => {
    await settings.button('Take theirs').click();
    await expect(settings.json).toHaveValue(THEIRS);
    await settings.button('Bring mine back').click();
    await expect(settings.json).toHaveValue(MINE);
  });

  await story.step('save mine over theirs at the next clash', async () => {
    settings.saveElsewhere('{ "version": 1, "maxFiles": 12 }');
    await settings.button('Save').click();
    await settings.button('Save mine over theirs').click();
    await expect(settings.saved).toBeVisible();
    expect(settings.stored()).toMatchObject({
      text: MINE,
      versions: [{ text: '{ "version": 1, "maxFiles": 12 }', by: 'Another administrator' }],
    });
    await page.reload();
    await expect(settings.json).toHaveValue(MINE);
  });
});

story(
  'An administrator edits the policy, tries a file, and restores an earlier version @both',
  async ({ settings }) => {
    const { content, page } = settings;
    const field = (name: string) => content.getByRole('textbox', { name, exact: true });

    await story.step('tell at first that the policy guides and does not guard', async () => {
      await expect(content.getByRole('paragraph').first()).toContainText(
        "guide people, but don't guard the project",
      );
      await expect(settings.button('Save')).toBeDisabled();
    });

    await story.step('edit in the form, and keep a member of a newer version', async () => {
      await settings.json.fill('{\n  "version": 1,\n  "future": [1]\n}\n');
      await expect(content.getByText('This version of Stapler ignores: future')).toBeVisible();
      await field('Maximum size of a file, in MB').fill('1.5');
      await field('Blocked types').fill('exe, bat');
      // A common type that this project does not have.
      await expect(content.locator('datalist option[value="Test Case"]')).toHaveCount(0);
      await content.getByRole('combobox', { name: 'Work item type', exact: true }).fill('Bug');
      await settings.button('Add rules for this type').click();
      await content.getByRole('combobox', { name: 'Comment on each file' }).selectOption('Required');
      const text = await settings.json.inputValue();
      expect(JSON.parse(text)).toEqual({
        ...{ version: 1, future: [1], maxBytes: 1_500_000, block: ['exe', 'bat'] },
        workItemTypes: { Bug: { requireComment: true } },
      });
    });

    await story.step('show a fault at its field and in the text, and refuse to save', async () => {
      await settings.button('All work items').click();
      await field('Maximum number of attachments').fill('many');
      await expect(field('Maximum number of attachments')).toHaveAccessibleDescription(/isn't possible here/);
      await expect(content.getByText(/^maxFiles: .many. isn.t possible here\.$/)).toBeVisible();
      await expect(content.getByText('Fix the errors to save.')).toBeVisible();
      await expect(settings.button('Save')).toBeDisabled();
      await field('Maximum number of attachments').fill('');
      await settings.save();
    });

    await story.step('try a program that calls itself a document', async () => {
      const chooser = page.waitForEvent('filechooser');
      await settings.button('Choose a file').click();
      await (
        await chooser
      ).setFiles([{ name: 'report.pdf', mimeType: '', buffer: Buffer.from('MZ program') }]);
      const results = content.getByRole('region', { name: 'Try a file' }).getByRole('listitem');
      await expect(results).toHaveText([
        'OK: The size of 10 B is within the limit of 1.5 MB.',
        "Not allowed: By its content, this is a file of type “exe”, which this project doesn't allow.",
      ]);
      await content.getByRole('combobox', { name: 'For a work item of type' }).fill('bug');
      await expect(results).toHaveCount(3);
    });

    await story.step('reload, and restore the first version', async () => {
      const first = String(settings.stored()['text']);
      await settings.json.fill('{ "version": 1 }');
      await settings.save();
      await page.reload();
      await expect(settings.json).toHaveValue('{ "version": 1 }');
      await settings.button('History (1)').click();
      const dialog = content.getByRole('dialog', { name: 'History of the rules' });
      await expect(dialog.getByRole('button', { name: /^Saved by Jamal Hartnett on / })).toBeVisible();
      await expect(dialog.getByText(/lines removed, 1 line added/)).toBeVisible();
      await dialog.getByRole('button', { name: 'Restore' }).click();
      await expect(settings.json).toHaveValue(first);
      await settings.save();
      expect(settings.stored()).toMatchObject({
        text: first,
        versions: [{ text: '{ "version": 1 }', by: 'Jamal Hartnett' }, { text: first }],
      });
    });
  },
);

story(
  'The settings have no accessibility violations, fit, and work by keyboard @services-only',
  async ({ settings }) => {
    const { content, page } = settings;
    const keys = new Keys(page, () => content);
    await settings.json.fill('{ "version": 1, "maxFiles": -1 }');
    await expectNoViolations(page, 'a fault');

    await story.step('save by keyboard', async () => {
      await settings.json.focus();
      await keys.press('Control+a');
      await keys.type('{ "version": 1 }');
      await keys.use(settings.button('Save'));
      await expect(settings.saved).toBeVisible();
      await keys.expectFocusInside();
      await keys.tabTo(content.getByRole('textbox', { name: 'Maximum number of attachments' }), 'Shift+Tab');
      await keys.type('7');
      await keys.use(settings.button('Save'));
      await expect(settings.saved).toBeVisible();
      await keys.use(settings.button('History (1)'));
      await expect(content.getByRole('dialog')).toBeVisible();
      await expectNoViolations(page, 'history');
      await keys.press('Escape');
      await expect(settings.button('History (1)')).toBeFocused();
    });

    await story.step('decide a clash by keyboard', async () => {
      settings.saveElsewhere('{ "version": 1, "maxFiles": 9 }');
      await keys.tabTo(settings.json, 'Shift+Tab');
      await keys.press('Control+a');
      await keys.type('{ "version": 1, "maxFiles": 8 }');
      await keys.use(settings.button('Save'));
      await expect(settings.button('Take theirs')).toBeVisible();
      await expectNoViolations(page, 'clash');
      await keys.tabTo(settings.button('Take theirs'), 'Shift+Tab');
      await keys.press('Enter');
      await expect(settings.button('Bring mine back')).toBeVisible();
      await keys.expectFocusInside();
    });

    await story.step('fit at 400 % zoom', async () => {
      await page.setViewportSize({ width: 320, height: 256 });
      expect(await misfits(content.locator('html'))).toEqual([]);
    });
  },
);
