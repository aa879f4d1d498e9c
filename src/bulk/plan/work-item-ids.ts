/** Ids found in pasted text. */
export interface WorkItemIds {
  /** Work item ids without duplicates, in text order. */
  readonly ids: readonly number[];
  /** GUIDs of saved queries, lower case, without duplicates. */
  readonly queryIds: readonly string[];
  /** The rest, as written. */
  readonly unknown: readonly string[];
}

/** Common notations: `123`, `#123`, `AB#123`, `(123)`, `123:`. */
const NUMBER = /^[([]?(?:AB)?#?(\d+)[)\]]?[.:]?$/i;

/** Target of an Azure DevOps URL. */
type UrlTarget = { readonly workItemId: number } | { readonly queryId: string };

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** `…/_workitems/edit/123`, `…/_queries/edit/123`, `…/_apis/wit/workItems/123`. */
const ITEM_PATH =
  /\/(?:_workitems|_queries)\/(?:edit\/)?(\d+)(?:\/|$)|\/_apis\/wit\/workitems\/(\d+)(?:\/|$)/i;

/** `…/_queries/query/<GUID>`, `…/_queries/query-edit/<GUID>`, `…/_apis/wit/wiql/<GUID>`. */
const QUERY_PATH = new RegExp(
  `/(?:_queries/[a-z-]+|_apis/wit/(?:queries|wiql))/(${GUID.source})(?:/|$)`,
  'i',
);

/** Pages with a leading `_` about work items; on other pages `id` means something else. */
const IS_ABOUT_WORK_ITEMS = /^_(?:workitems|work|boards|backlogs|sprints|queries)$/i;

/** The URL at the start of a text; `target` is undefined if it leads elsewhere. */
interface LeadingUrl {
  readonly target: UrlTarget | undefined;
  /** In UTF-16 units. */
  readonly length: number;
}

/** Up to the maximum URL length of browsers; a comma before another URL ends it. */
const URL_AT_START = /^(?:(?![,;]https?:)[^\s<>"'|]){1,2048}/i;

/** Azure DevOps stores work item ids in 32 bits. */
const MAX_ID = 2 ** 31 - 1;

/**
 * Reads work item ids from any text: `12, 13; #14 Bug 15`, URLs of work items and of saved queries. Words directly
 * before a number count as a type. Of a row copied from a grid, only the first column counts; text after `Bug 15: `
 * is a title, so its numbers are ignored.
 */
export function readWorkItemIds(text: string): WorkItemIds {
  const ids = new Set<number>();
  const queryIds = new Set<string>();
  const unknown: string[] = [];

  /** Words after a number may start a sentence. Numbers in a sentence count only if it ends with one. */
  function readPhrase(words: readonly string[], isBeforeUrl: boolean): void {
    const isSentence = idIn(words.at(-1)) === undefined;
    let pending: string[] = [];
    let hasNumber = false;
    for (const word of words) {
      const id = idIn(word);
      if (id === undefined || (isSentence && hasNumber && pending.length > 0)) pending.push(word);
      else {
        keepNumbered(pending);
        ids.add(id);
        hasNumber = true;
        pending = [];
      }
    }
    if (isBeforeUrl) keepNumbered(pending);
    else if (pending.length > 0) unknown.push(pending.join(' '));
  }

  /** Drops words that lead to a known id, unless they contain a digit. */
  function keepNumbered(words: readonly string[]): void {
    if (words.some((word) => /\d/.test(word))) unknown.push(words.join(' '));
  }

  function readLine(line: string): void {
    let rest = firstColumnOf(line);
    let isTitle = false;
    while (rest !== '') {
      const at = rest.search(/https?:\/\//i);
      const words = at < 0 ? rest : rest.slice(0, at);
      if (!isTitle) {
        const plain = withoutTitle(words);
        isTitle = plain !== words;
        const phrases = plain.split(/[,;\t|]/).map(wordsOf);
        for (const [index, phrase] of phrases.entries())
          readPhrase(phrase, at >= 0 && index === phrases.length - 1);
      }
      if (at < 0) return;
      const { target, length } = readUrl(rest.slice(at));
      if (!target) unknown.push(rest.slice(at, at + length));
      else if ('workItemId' in target) ids.add(target.workItemId);
      else queryIds.add(target.queryId);
      rest = rest.slice(at + length);
    }
  }

  for (const line of text.split(/[\r\n]+/)) readLine(line);
  return { ids: [...ids], queryIds: [...queryIds], unknown };
}

function wordsOf(phrase: string): readonly string[] {
  return phrase.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

function idIn(word = ''): number | undefined {
  const id = Number(NUMBER.exec(word)?.[1] ?? NaN);
  return isWorkItemId(id) ? id : undefined;
}

function firstColumnOf(line: string): string {
  const [first = '', ...others] = line.split('\t');
  return idIn(first.trim()) !== undefined && others.some(isText) ? first : line;
}

/** Whether a cell contains words and does not end with an id. */
function isText(cell: string): boolean {
  const last = cell
    .split(/[\s,;|]+/)
    .filter((word) => word !== '')
    .at(-1);
  return /\p{L}/u.test(cell) && !cell.includes('://') && idIn(last) === undefined;
}

function withoutTitle(text: string): string {
  const end = text.search(/\d:\s/) + 1;
  return end > 0 && /\p{L}/u.test(text.slice(end)) ? text.slice(0, end) : text;
}

/** Whether a number is a possible work item id. */
export function isWorkItemId(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_ID;
}

/**
 * Reads the URL at the start of a text. A comma may belong to the URL or to the surrounding list, so the URL ends at
 * the first position with a target.
 */
function readUrl(text: string): LeadingUrl {
  const address = URL_AT_START.exec(text)?.[0] ?? '';
  for (const { index } of address.matchAll(/[,;]|$/g)) {
    const target = readWorkItemUrl(withoutTrailingPunctuation(address.slice(0, index)));
    if (target) return { target, length: index };
  }
  return { target: undefined, length: address.length };
}

/** Work item or saved query of a URL. A work item opened from a query wins. */
function readWorkItemUrl(text: string): UrlTarget | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  const parameters = parametersOf(url);
  const path = ITEM_PATH.exec(url.pathname);
  const id = path?.[1] ?? path?.[2] ?? parameters.get('workitem') ?? parameters.get('workitemid');
  const isAboutWorkItems = url.pathname
    .split('/')
    .every((part) => !part.startsWith('_') || IS_ABOUT_WORK_ITEMS.test(part));
  const plainId = isAboutWorkItems ? parameters.get('id') : undefined;
  const workItemId = numberOf(id) ?? numberOf(plainId);
  if (workItemId !== undefined) return { workItemId };
  const queryId = QUERY_PATH.exec(url.pathname)?.[1] ?? guidOf(parameters.get('qid')) ?? guidOf(plainId);
  return queryId === undefined ? undefined : { queryId: queryId.toLowerCase() };
}

/** Removes the punctuation of the surrounding sentence. */
function withoutTrailingPunctuation(address: string): string {
  let end = address.length;
  while (end > 0 && ').:]'.includes(address.charAt(end - 1))) end--;
  return address.slice(0, end);
}

/** Parameters of the query and, on older pages, of the fragment; names in lower case. */
function parametersOf({ search, hash }: URL): ReadonlyMap<string, string> {
  const pairs = [search, hash.slice(1)].flatMap((part) => [...new URLSearchParams(part)]);
  return new Map(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}

function numberOf(text = ''): number | undefined {
  return /^\d+$/.test(text) && isWorkItemId(Number(text)) ? Number(text) : undefined;
}

function guidOf(text = ''): string | undefined {
  return text.length === 36 ? GUID.exec(text)?.[0] : undefined;
}
