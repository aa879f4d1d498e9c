import type { Frame, Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

const options: axe.RunOptions = {
  // At least 24 by 24 px, WCAG 2.2 AA; off by default.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

/** Rules of axe that combine the results of a page and its frames. */
const PAGE_RULES = [
  ...['accesskeys', 'bypass', 'frame-title-unique', 'heading-order', 'page-has-heading-one', 'region'],
  ...['landmark-one-main', 'landmark-unique', 'landmark-no-duplicate-main'],
  ...['landmark-no-duplicate-banner', 'landmark-no-duplicate-contentinfo'],
];

/** Only the rules of axe that depend on colors. */
const colorOptions: axe.RunOptions = {
  runOnly: ['color-contrast', 'link-in-text-block'],
  resultTypes: ['violations'],
};

/**
 * Accessibility violations on the page and inside its frames.
 *
 * `@axe-core/playwright` opens a page of its own for each look, which takes three times as long, and skips slow frames.
 *
 * @param part `frames` leaves out the elements of the host's page around the frames, half of the time. The emulator's
 *   own stories check that page.
 * @param rules Rules inside the frames. `of colors`: for another look of a page that passes all.
 */
export async function violations(
  page: Page,
  part: 'frames' | 'page' = 'frames',
  rules: 'all' | 'of colors' = 'all',
): Promise<unknown[]> {
  const inside = rules === 'all' ? options : colorOptions;
  const outside = part === 'page' ? inside : { ...options, runOnly: PAGE_RULES };
  const seen = await look(page.mainFrame(), { include: [], exclude: [] }, { outside, inside });
  const { violations } = await axe.finishRun(seen, options);
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, target }) => ({ html, target })),
  }));
}

/** Partial results of a frame and the frames inside it, in the order expected by `finishRun`. */
async function look(
  frame: Frame,
  context: axe.FrameContextObject,
  { outside, inside }: Readonly<Record<'outside' | 'inside', axe.RunOptions>>,
): Promise<axe.PartialResults> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
  // JSON: Playwright needs longer to serialize so many objects than axe to check the page.
  const { inner, seen } = await frame.evaluate(
    async ([context, options]) => {
      const { utils, runPartial } = window.axe!;
      // Elements fading in have too little contrast until the animation ends.
      const fading = document
        .getAnimations()
        .filter(
          ({ playState, effect }) =>
            playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
        );
      await Promise.allSettled(fading.map(({ finished }) => finished));
      const inner = utils.getFrameContexts(context, options);
      return { inner, seen: JSON.stringify(await runPartial(context, options)) };
    },
    [context, outside] as const,
  );
  const results: axe.PartialResults = [JSON.parse(seen) as axe.PartialResult];
  for (const { frameSelector, frameContext } of inner) {
    const element = await frame.evaluateHandle(
      (selector) => window.axe!.utils.shadowSelect(selector),
      frameSelector,
    );
    const child = await element.asElement()?.contentFrame();
    if (!child) throw new Error(`There is no frame at ${JSON.stringify(frameSelector)} any more.`);
    results.push(...(await look(child, frameContext, { outside: inside, inside })));
  }
  return results;
}
