import type { FrameLocator, Page } from '@playwright/test';

/** Letters with an accent in pseudo-languages (src/base/i18n/pseudo.ts), and their replacements. */
const PLAIN = 'aceinouyACEINOUY';
const ACCENTED = 'áçéíñöüýÁÇÉÍÑÖÜÝ';

/** Untranslated texts that are allowed on the screen, even in a pseudo-language. */
export interface Data {
  /** Names, titles, values of the server. */
  readonly texts: readonly (string | RegExp)[];
  /** CSS selector for parts of a page with file content. */
  readonly parts?: string;
}

/** Dates and times in pseudo-languages, written as in American English. */
const MOMENT = /(\w+day, )?[A-Z][a-z]+ \d{1,2}, \d{4}(,| at) \d{1,2}:\d\d\s[AP]M/;

/** Ages in pseudo-languages, written as in American English. */
const AGE = /\d+ (?:minute|hour|day)s? ago|yesterday|now|[A-Z][a-z]{2} \d{1,2}, \d{4}(?!,)/;

/**
 * Pattern of a message without plurals in a pseudo-language, to find elements by. Allows any padding, and any value for
 * placeholders without one in `values`.
 */
export function pseudo(message: string, values: Readonly<Record<string, string>> = {}): RegExp {
  const pattern = message.replace(/\{(\w+)[^}]*\}|[^{]/g, (part, name: string | undefined) => {
    if (name !== undefined) return Object.hasOwn(values, name) ? escape(values[name] ?? '') : '.*';
    return escape(ACCENTED[PLAIN.indexOf(part)] ?? part);
  });
  return new RegExp(`^\\[${pattern}( ~)*\\]$`);
}

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** Untranslated texts of a page in a pseudo-language, with their places. */
export function untranslatedTexts(content: FrameLocator | Page, data: Data): Promise<string[]> {
  return content.locator('html').evaluate(findUntranslated, serialize(data));
}

/** Texts of a page that are partly hidden, in any language, with their places. */
export function cutTexts(content: FrameLocator | Page, data: Data): Promise<string[]> {
  return content.locator('html').evaluate(findCut, serialize(data));
}

/** Distance that a page scrolls horizontally, in CSS pixels. */
export function horizontalOverflow(content: FrameLocator | Page): Promise<number> {
  return content.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
}

interface PlainData {
  readonly source: string;
  readonly parts: string;
}

/** Sorted by length, so that a shorter match does not leave the rest of a longer one. */
function serialize({ texts, parts = '' }: Data): PlainData {
  const sources = [...texts, MOMENT, AGE].map((text) =>
    typeof text === 'string' ? escape(text) : text.source,
  );
  return { source: sources.sort((a, b) => b.length - a.length).join('|'), parts };
}

/** Texts and spoken attributes outside translations, with their places. Runs in the page. */
function findUntranslated(html: Element, { source, parts }: PlainData): string[] {
  const SPOKEN = [
    ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'],
    ...['title', 'placeholder', 'alt'],
  ];
  const data = new RegExp(source, 'gu');
  const found = new Set<string>();
  // The content behind a dialog has been checked before.
  const root = html.querySelector('[role="dialog"]') ?? html;
  let depth = 0;

  /** Whether a text has letters outside brackets, or inside them letters that every translation accents. */
  const isUntranslated = (text: string): boolean => {
    let isBare = false;
    for (const character of text.replace(data, '')) {
      if (character === '[') depth++;
      else if (character === ']') depth--;
      else if (/[aceinouy]/i.test(character) || (depth <= 0 && /\p{L}/u.test(character))) isBare = true;
    }
    return isBare;
  };
  const placeOf = (element: Element): string =>
    `${element.localName}${element.className && typeof element.className === 'string' ? `.${element.className.replace(/ +/g, '.')}` : ''}`;

  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (!element.checkVisibility({ visibilityProperty: true }) && !element.closest('select')) continue;
    if (parts && element.closest(parts)) continue;
    for (const name of SPOKEN) {
      const text = element.getAttribute(name);
      depth = 0;
      if (text && (isUntranslated(text) || depth !== 0)) found.add(`${placeOf(element)}[${name}]: ${text}`);
    }
  }
  // A message with inline elements starts in one text node and ends in another.
  depth = 0;
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { parentElement, nodeValue } = node;
    if (!parentElement || !nodeValue?.trim() || parentElement.closest('head, script, style, noscript'))
      continue;
    if (!parentElement.checkVisibility({ visibilityProperty: true }) && !parentElement.closest('select'))
      continue;
    if (parts && parentElement.closest(parts)) continue;
    // A long name consists of two parts.
    const name = parentElement.closest('.file-name')?.textContent;
    if (name !== undefined && name.replace(data, '') === '') continue;
    if (isUntranslated(nodeValue)) found.add(`${placeOf(parentElement)}: ${nodeValue}`);
  }
  if (depth !== 0) found.add('A message has lost a bracket of its own.');
  return [...found];
}

/** Partly hidden texts, without shortened data. Runs in the page. */
function findCut(html: Element, { source, parts }: PlainData): string[] {
  const data = new RegExp(source, 'gu');
  const isData = (text: string): boolean => text.trim() !== '' && !/\p{L}/u.test(text.replace(data, ''));
  const found = new Set<string>();
  const placeOf = (element: Element): string => `${element.localName}.${element.className}`;
  const width = html.clientWidth;
  // The content behind a dialog has been checked before.
  const root = html.querySelector('[role="dialog"]') ?? html;

  /** Whether an ancestor clips the text; scrolling parts show all of it eventually. */
  const isCut = (rect: DOMRect, from: Element): boolean => {
    let sideways = true;
    let upright = true;
    for (let element: Element | null = from; element && element !== html; element = element.parentElement) {
      const { overflowX, overflowY, position, display } = getComputedStyle(element);
      if (display === 'inline') continue;
      const box = element.getBoundingClientRect();
      if (/auto|scroll/.test(overflowX)) sideways = false;
      if (/auto|scroll/.test(overflowY)) upright = false;
      const clipsX = sideways && /hidden|clip/.test(overflowX);
      const clipsY = upright && /hidden|clip/.test(overflowY);
      if (clipsX && (rect.left < box.left - 1 || rect.right > box.right + 1)) return true;
      if (clipsY && (rect.top < box.top - 2 || rect.bottom > box.bottom + 2)) return true;
      if (position === 'fixed') break;
    }
    return sideways && (rect.left < -1 || rect.right > width + 1);
  };

  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { parentElement, nodeValue } = node;
    if (!parentElement || !nodeValue?.trim() || !/\p{L}/u.test(nodeValue)) continue;
    if (!parentElement.checkVisibility({ visibilityProperty: true })) continue;
    if (parentElement.closest('.for-screen-readers, .file-name, head, script, style, noscript, select'))
      continue;
    if ((parts && parentElement.closest(parts)) || isData(nodeValue)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const isOneCut = Array.from(range.getClientRects()).some(
      (rect) => rect.width > 0 && isCut(rect, parentElement),
    );
    if (isOneCut) found.add(`${placeOf(parentElement)}: ${nodeValue}`);
  }

  const pen = document.createElement('canvas').getContext('2d');
  /** Whether a field is too narrow for its visible text. */
  const isTooNarrow = (field: HTMLElement, text: string, button: number): boolean => {
    const { font, paddingLeft, paddingRight, textOverflow } = getComputedStyle(field);
    // The tooltip has the full text.
    if (!pen || (textOverflow === 'ellipsis' && field.title === text)) return false;
    pen.font = font;
    const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - button;
    return pen.measureText(text).width > room + 1;
  };
  for (const field of root.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
    if (!field.checkVisibility({ visibilityProperty: true })) continue;
    const isChoice = field instanceof HTMLSelectElement;
    const hint = isChoice || field.value ? '' : field.placeholder;
    const text = isChoice ? (field.selectedOptions[0]?.text ?? '') : hint;
    if (text && !isData(text) && isTooNarrow(field, text, isChoice ? 16 : 0))
      found.add(`${placeOf(field)}: ${text}`);
  }
  return [...found];
}
