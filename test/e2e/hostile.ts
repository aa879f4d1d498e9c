import type { Page, Request } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';
import { expect } from './fixtures';

/** Runs a script if rendered as markup. */
export const IMAGE = '<img src=x onerror="top.hacked=1;window.hacked=true">';

/** Ends an attribute and starts an element. */
export const SCRIPT = '"><script>window.hacked=true</script>';

/** Syntax of Stapler's own messages. */
export const MESSAGE = "{count, plural, other {x}} '{' # <b>bold</b>";

/** Becomes an element with or without the closing tag. */
export const BOLD = '<b>bold</b>';

/** Looks like a token; some servers quote them. */
export const TOKEN = 'Bearer abcdefgh.ijklmnop-1234';

/** Refusal of a server: markup, message syntax and a secret. */
export const REFUSAL = `VS900001: ${IMAGE} ${MESSAGE} ${TOKEN}`;

/** The refusal as displayed. */
export const REFUSAL_SHOWN = `VS900001: ${IMAGE} ${MESSAGE} Bearer [removed]`;

/** The refusal in a row, without its code. */
export const REFUSAL_IN_ROW = `${IMAGE} ${MESSAGE} Bearer [removed]`;

/** Names of files with hostile content. None has a slash, because a slash starts a new name. */
export const NAMES = [
  `${IMAGE}.txt`,
  '"><script>window.hacked=true;.txt',
  "{count, plural, other {x}} '{' # <b>bold.txt",
  'javascript:window.hacked=true.txt',
  '\u202egnp.exe\u2066 \u200b\u2069.txt',
  `${'n'.repeat(246)}.txt`,
  '__proto__',
  "$& $1 $` $'.txt",
  '[x](javascript:hacked=1) `<b>`.txt',
  '=1+1;=2+2.txt',
] as const;

/** Elements created from hostile text. The extension creates none of these; its first script is in the head. */
const MADE_OF_TEXT =
  'img[src="x"], script:not([src], head > script:first-of-type), b, iframe, object, embed, base, [onerror], [onload], [href^="javascript:" i]';

/**
 * Watches a page of the emulator for requests to other places.
 *
 * @returns Check for effects of hostile text so far: expects no such element in a frame of the extension, no script
 *   run, no request, and no text wider than its frame.
 */
export function watchHostility(page: Page, emulator: Emulator): () => Promise<void> {
  const { hostUrl, restBaseUrl, assetsBaseUrl } = emulator;
  const known = new Set([hostUrl, restBaseUrl, assetsBaseUrl].map((url) => new URL(url).origin));
  const strayed: string[] = [];
  const note = (request: Request): void => {
    const { protocol, origin, pathname } = new URL(request.url());
    const isOwn = protocol === 'blob:' || protocol === 'data:' || known.has(origin);
    if (!isOwn || pathname.endsWith('/x')) strayed.push(request.url());
  };
  page.on('request', note);
  return async () => {
    const found = page.frames().map(async (frame) => {
      const isOurs = frame !== page.mainFrame();
      return frame.evaluate(
        ([selector, isOurs]) => [
          ...('hacked' in window ? ['A script ran.'] : []),
          ...(isOurs && document.documentElement.scrollWidth > innerWidth
            ? ['It is wider than its frame.']
            : []),
          ...(isOurs ? Array.from(document.querySelectorAll(selector)) : []).map((element) =>
            typeof element === 'string' ? element : element.outerHTML.slice(0, 200),
          ),
        ],
        [MADE_OF_TEXT, isOurs] as const,
      );
    });
    expect((await Promise.all(found)).flat()).toEqual([]);
    expect(strayed).toEqual([]);
    expect(page.context().pages()).toHaveLength(1);
  };
}
