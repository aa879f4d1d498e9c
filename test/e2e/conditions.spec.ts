import { scenarioNamed } from 'azure-devops-emulator';
import { expectAttached, makeFile, pickable } from './files';
import { expect, poll, test } from './fixtures';

test('Stapler attaches every file once despite random faults seeded by the address', async ({
  board,
  emulator,
}) => {
  await board.open(8, { trouble: '0.3', seed: '7', faults: 'answer-lost@link*1' });
  expect(emulator.network.trouble).toEqual({ rate: 0.3, seed: 7 });
  // Immediate retries avoid waits of minutes.
  const faults = ['dropped-after', 'status-500', 'answer-lost'];
  emulator.setNetwork({ trouble: { rate: 0.3, seed: 7, faults } });
  const files = ['a.txt', 'b.txt', 'c.txt'].map((name) => makeFile(name, 2_000));
  await board.pick(files.map(pickable));
  await expect(board.count(3)).toBeVisible({ timeout: 60_000 });
  expectAttached(emulator, 8, files);
  expect(emulator.network.faults).toEqual([]);
});

test('The side panel of the host shows the scenario of the address and sets another @services-only', async ({
  board,
  page,
  emulator,
}) => {
  await board.open(7, { scenario: 'flaky-wifi', seed: '9', panel: 'open' });
  const panel = page.getByRole('complementary', { name: 'Emulator' });
  const scenario = panel.getByRole('combobox', { name: 'Scenario' });
  await expect(scenario).toHaveValue('flaky-wifi');
  await expect(panel.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('9');

  await scenario.selectOption('train');
  await poll(() => emulator.network).toEqual(scenarioNamed('train'));
  await panel.getByRole('combobox', { name: 'Trouble at random' }).selectOption('50 % of requests');
  await poll(() => emulator.network.trouble?.rate).toBe(0.5);
  await panel.getByRole('spinbutton', { name: 'Seed' }).fill('12');
  await poll(() => emulator.network.trouble).toEqual({
    ...scenarioNamed('train').trouble,
    rate: 0.5,
    seed: 12,
  });
  await expect(scenario).toHaveValue('');

  await scenario.selectOption('undisturbed');
  await poll(() => emulator.network.trouble).toBeNull();
});

test('The emulator explains an unknown name in the address @services-only', async ({
  board,
  page,
  emulator,
}) => {
  await board.open(7, { scenario: 'plane' });
  await expect(page.getByText('There is no scenario "plane"; there are train,')).toBeVisible();
  expect(emulator.network).toMatchObject({ latencyMs: 0, faults: [], trouble: null });
});
