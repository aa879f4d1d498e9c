import type { Phase } from './contract';
import { drawn, scrollThrough } from './person';

/** A page with files, each in an element with a `data-key` that gets an `<img>`, in a list of the name `LIST`. */
export interface LookedAt {
  /** Makes the page read the work item. */
  readonly open: () => void | Promise<void>;
  readonly showAsGrid: () => void | Promise<void>;
}

/** Accessible name of what has the files. */
export const LIST = 'Attachments';

/** Does what a person would who looks at all that is attached; `begins` and `progressed` are those of `Start`. */
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
    // To ask where they are makes the browser lay out the page, which it would not have to do by now.
    while (onScreen.some(isUnseen)) await drawn();
    onScreen = rows().filter(isOnScreen);
  }
  for (const row of onScreen) await row.querySelector('img')?.decode();
  await drawn();
}

/** Whether a row that is still there has no picture yet. */
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
