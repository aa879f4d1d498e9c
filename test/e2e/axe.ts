import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What is hard to use for somebody, on the page and inside its frames. */
export async function violations(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page })
    // At least 24 by 24 px, WCAG 2.2 AA; off by default.
    .options({ rules: { 'target-size': { enabled: true } } })
    .analyze();
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, target }) => ({ html, target })),
  }));
}
