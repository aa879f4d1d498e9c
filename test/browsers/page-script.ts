import { computeAccessibleName, getRole, isInaccessible } from 'dom-accessibility-api';
import type { DroppedFile, Matcher, Snapshot, Step, StoredJournal } from './query';

/**
 * Runs in each frame, in every engine. Finds elements by role and name, reads them, and collects errors and policy
 * violations. Chromium and Firefox load it before the page, WebKit with the first search.
 */
const problems: string[] = [];

addEventListener('error', ({ message }) => message && problems.push(message));
addEventListener('unhandledrejection', ({ reason }) =>
  problems.push(`Unhandled rejection: ${String(reason)}`),
);
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  problems.push(`Content Security Policy: ${violatedDirective} refused ${blockedURI}`),
);
const { error } = console;
console.error = (...details: unknown[]) => {
  problems.push(`console.error: ${details.map(String).join(' ')}`);
  error.apply(console, details);
};

/** Text without the marks around inserted names, and with single spaces. */
function normalize(text: string): string {
  return text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function fits(text: string, { equals, includes, pattern, flags }: Matcher): boolean {
  if (equals !== undefined) return normalize(text) === normalize(equals);
  if (includes !== undefined) return normalize(text).includes(normalize(includes));
  return new RegExp(pattern ?? '', flags).test(normalize(text));
}

function isVisible(element: Element): boolean {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
}

function textOf(element: Element): string {
  return normalize(element.textContent);
}

/** Innermost elements with the text. */
function isInnermost(element: Element, text: Matcher): boolean {
  return (
    fits(textOf(element), text) && !Array.from(element.children).some((child) => fits(textOf(child), text))
  );
}

function matches(element: Element, { role, name, text, isHidden }: Step): boolean {
  if (role && getRole(element) !== role) return false;
  if (
    text &&
    (element.matches('script, style') || !(role ? fits(textOf(element), text) : isInnermost(element, text)))
  )
    return false;
  if (!isHidden && (!isVisible(element) || (role && isInaccessible(element)))) return false;
  return !name || fits(computeAccessibleName(element), name);
}

function find(steps: readonly Step[]): Element[] {
  let found: Element[] = [document.documentElement];
  for (const step of steps) {
    const inside = found.flatMap((element) => Array.from(element.querySelectorAll(step.css ?? '*')));
    found = [...new Set(inside)].filter(
      (element) => matches(element, step) && (!step.has || element.querySelector(step.has) !== null),
    );
    if (step.index !== undefined) found = found.slice(step.index).slice(0, 1);
  }
  return found;
}

function read(steps: readonly Step[]): Snapshot[] {
  return find(steps).map((element) => {
    return {
      name: normalize(computeAccessibleName(element)),
      text: textOf(element),
      value: (element as HTMLInputElement).value,
      isFocused: document.activeElement === element,
      isDisabled: element.matches(':disabled, [aria-disabled="true"]'),
      box: boxOf(element),
      naturalWidth: (element as HTMLImageElement).naturalWidth,
      background: getComputedStyle(element).backgroundColor,
      duration: (element as HTMLAudioElement).duration,
      attributes: Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value])),
    };
  });
}

/** Scrolls to the first match. Returns its place if a click on its middle reaches it. */
function aim(steps: readonly Step[]): string | undefined {
  const [element] = find(steps);
  // In the middle of the view, if a sticky heading covers its edge.
  for (const block of ['nearest', 'center'] as const) {
    element?.scrollIntoView({ block });
    if (element && isReached(element)) return boxOf(element).join();
  }
  return undefined;
}

function isReached(element: Element): boolean {
  const { x, y, width, height } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(x + width / 2, y + height / 2);
  return hit !== null && (element.contains(hit) || hit.closest('label') !== null);
}

/** Left, top, width and height in whole pixels. */
function boxOf(element: Element): number[] {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x, y, width, height].map(Math.round);
}

function transferOf(files: readonly DroppedFile[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const { name, type, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type }));
  }
  return transfer;
}

function drop(steps: readonly Step[], files: readonly DroppedFile[]): boolean {
  const dataTransfer = transferOf(files);
  const [target] = find(steps);
  for (const type of ['dragenter', 'dragover', 'drop'])
    target?.dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer }),
    );
  return target !== undefined;
}

function paste(steps: readonly Step[], files: readonly DroppedFile[]): boolean {
  const [target] = find(steps);
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true });
  // Firefox ignores this member of the constructor's options.
  Object.defineProperty(event, 'clipboardData', { value: transferOf(files) });
  target?.dispatchEvent(event);
  return target !== undefined;
}

let lastJournal: StoredJournal | undefined;

/** Last read journal. Starts to read it again: not every driver waits for promises. */
function journal(): StoredJournal | undefined {
  const opening = indexedDB.open('stapler-journal');
  // Leaves the creation of the database to Stapler.
  opening.onupgradeneeded = () => opening.transaction?.abort();
  opening.onsuccess = () => {
    const tx = opening.result.transaction(['batches', 'files']);
    const batches = tx.objectStore('batches').getAll() as IDBRequest<Pick<StoredJournal, 'uploads'>[]>;
    const files = tx.objectStore('files').count();
    tx.oncomplete = () => {
      lastJournal = { uploads: batches.result.flatMap(({ uploads }) => uploads), files: files.result };
      opening.result.close();
    };
  };
  return lastJournal;
}

const script = {
  journal,
  find: (steps: readonly Step[]) => find(steps)[0],
  read,
  aim,
  drop,
  paste,
  /** Visible text of the frame, for messages of failures. */
  everything: () => document.body.innerText.replace(/\s+/g, ' ').slice(0, 1500),
  /** Problems since the last call. */
  problems: () => [...problems.splice(0), ...('hacked' in window ? ['Hostile content ran.'] : [])],
};

/** Functions of this script, as the drivers call them. */
export type PageScript = typeof script;

Object.assign(window, { staplerStories: script });
