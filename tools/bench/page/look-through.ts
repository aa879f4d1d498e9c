import type { Phase } from './contract';
import { drawn, scrollThrough } from './person';

/** Page with a list named `LIST`; each file is an element with a `data-key` and gets an `<img>`. */
export interface LookedAt {
  /** Makes the page read the work item. */
  readonly open: () => void | Promise<void>;
  readonly showAsGrid: () => void | Promise<void>;
}

/** Accessible name of the list. */
export const LIST = 'Attachments';

/** Looks at all attachments like a user; `begins` and `progressed` are those of `Start`. */
export async function lookThrough(
  { open, showAsGrid }: LookedAt,
  progressed: () => void,
  begins: (phase: Phase) => void,
): Promise<void> {
  const look = async (): Promise<void> => {
    await seen();
    progressed();
  };
  begins('first-row');
  await open();
  await firstRow();
  await drawn();
  progressed();
  begins('thumbnails');
  await look();
  begins('scrolling');
  await showAsGrid();
  await look();
  await scrollThrough(LIST, look);
}

/** Resolves as soon as there is a row, drawn or not. */
function firstRow(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (rows().length === 0) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });
}

/** Resolves when each file on the screen has its picture, decoded and drawn. */
async function seen(): Promise<void> {
  await drawn();
  let onScreen = rows().filter(isOnScreen);
  while (onScreen.some(isUnseen)) {
    // Reading their positions forces a layout.
    while (onScreen.some(isUnseen)) await drawn();
    onScreen = rows().filter(isOnScreen);
  }
  for (const row of onScreen) await row.querySelector('img')?.decode();
  await drawn();
}

/** Whether a remaining row has no picture yet. */
function isUnseen(row: Element): boolean {
  const picture = row.querySelector('img');
  return row.isConnected && !(picture?.complete && picture.naturalWidth > 0);
}

function rows(): readonly Element[] {
  return [...document.querySelectorAll('[data-key]')];
}

function isOnScreen(row: Element): boolean {
  const { top, bottom } = row.getBoundingClientRect();
  const scroller = row.closest(`[aria-label="${LIST}"]`)?.parentElement?.getBoundingClientRect();
  const [from, to] = [scroller?.top ?? 0, Math.min(scroller?.bottom ?? Infinity, window.innerHeight)];
  return bottom > from && top < to;
}
