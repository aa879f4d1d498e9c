import type { Locator, Page } from '@playwright/test';
import { expect } from './expect';
import type { Emulator } from 'azure-devops-emulator';

/** The emulator's other pages: lists for selecting work items, and extension points such as menus and hubs. */
export class Pages {
  constructor(
    readonly page: Page,
    private readonly emulator: Emulator,
  ) {}

  async open(
    name: 'Queries' | 'Backlogs' | 'Boards' | 'Sprints' | 'Delivery plans' | 'Project settings',
    query: Record<string, string> = {},
  ): Promise<void> {
    const search = new URLSearchParams({ panel: 'closed', ...query });
    await this.page.goto(`${this.emulator.hostUrl}?${search}`);
    await this.page.getByRole('link', { name, exact: true }).click();
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: /^(Query results|Backlog)$/ });
  }

  row(id: number): Locator {
    return this.grid.getByRole('row', { name: new RegExp(`\\b${id} (Bug|Task|User Story)\\b`) });
  }

  /** Expects this selection, as shown to users and screen readers. */
  async expectSelected(ids: number[]): Promise<void> {
    await expect(this.grid.getByRole('row', { selected: true }).locator('.grid-id')).toHaveText(
      ids.map(String),
    );
  }

  dialog(caption: string): Locator {
    return this.page.getByRole('dialog', { name: caption });
  }
}
