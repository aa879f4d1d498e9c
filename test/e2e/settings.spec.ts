import { expect } from './fixtures';
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
