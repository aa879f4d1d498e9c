import { isWorkItemId } from '../../azure/work-item';
import { isInOrganization, parseUrl } from '../../azure/organization-urls';

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
export interface LeadingUrl {
  readonly target: UrlTarget | undefined;
  /** In UTF-16 units. */
  readonly length: number;
}

/** Up to the maximum URL length of browsers; a comma before another URL ends it. */
const URL_AT_START = /^(?:(?![,;]https?:)[^\s<>"'|]){1,2048}/i;

/**
 * Reads the URL at the start of a text. A comma may belong to the URL or to the surrounding list, so the URL ends at
 * the first position with a target.
 *
 * @param baseUrls See `readWorkItemIds`.
 */
export function readUrl(text: string, baseUrls: readonly string[]): LeadingUrl {
  const address = URL_AT_START.exec(text)?.[0] ?? '';
  for (const { index } of address.matchAll(/[,;]|$/g)) {
    const url = parseUrl(withoutTrailingPunctuation(address.slice(0, index)));
    const target = url && isInOrganization(url, baseUrls) ? targetOf(url) : undefined;
    if (target) return { target, length: index };
  }
  return { target: undefined, length: address.length };
}

/** Work item or saved query of a URL. A work item opened from a query wins. */
function targetOf(url: URL): UrlTarget | undefined {
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
