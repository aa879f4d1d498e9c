import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { expect, test, watchErrors } from './fixtures';

const COLLECTION = 'policies';

/** Stapler's page in the project settings. */
export class SettingsPage {
  constructor(
    readonly page: Page,
    readonly emulator: Emulator,
  ) {}

  async open(query: Record<string, string> = {}): Promise<void> {
    const search = new URLSearchParams({ panel: 'closed', ...query });
    await this.page.goto(`${this.emulator.hostUrl}?${search}`);
    await this.page.getByRole('link', { name: 'Project settings', exact: true }).click();
    await this.link.click();
    await expect(this.json).toBeVisible();
  }

  get link(): Locator {
    const list = this.page.getByRole('navigation', { name: 'Project settings' });
    return list.getByRole('link', { name: 'Stapler', exact: true });
  }

  get content(): FrameLocator {
    return this.page.locator('iframe[title="Stapler"]').contentFrame();
  }

  button(name: string | RegExp): Locator {
    return this.content.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
  }

  /** The policy as text. */
  get json(): Locator {
    return this.content.getByRole('textbox', { name: 'JSON' });
  }

  get saved(): Locator {
    return this.content.getByRole('status').filter({ hasText: 'Saved.' });
  }

  async save(): Promise<void> {
    await this.button('Save').click();
    await expect(this.saved).toBeVisible();
  }

  /** Document of the project on the server. */
  stored(): Record<string, unknown> {
    const [document] = this.emulator.store.extensionData.list('Default', COLLECTION);
    return document ?? {};
  }

  /** Saves as another administrator with another page. */
  saveElsewhere(text: string, by = 'Another administrator'): void {
    const { extensionData } = this.emulator.store;
    extensionData.set('Default', COLLECTION, { ...this.stored(), text, by, at: Date.UTC(2026, 10, 3, 12) });
  }
}

/** Test of the settings page, open before a policy is written. */
export const story = test.extend<{ settings: SettingsPage }>({
  settings: async ({ page, emulator }, use) => {
    const errors = watchErrors(page);
    const settings = new SettingsPage(page, emulator);
    await settings.open();
    await use(settings);
    expect(errors).toEqual([]);
  },
});
