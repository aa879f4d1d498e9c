/**
 * Joins a URL below an organization or collection.
 *
 * @param base From the host's location service: `https://dev.azure.com/org/`, `https://org.visualstudio.com`,
 *   `https://server/tfs/Collection`; with or without a trailing slash.
 * @param path Relative, `_apis/wit/attachments`; a leading slash does not remove the organization.
 * @param query Skips `undefined` members. Values are percent-encoded as UTF-8 to preserve `#`, `+`, `&` and `%` in
 *   file names (REST reference B).
 */
export function joinUrl(
  base: string,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const [bare = '', ownQuery] = path.replace(/^\/+/, '').split('?', 2);
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  if (ownQuery) pairs.unshift(ownQuery);
  const root = base.replace(/[?#].*$/, '').replace(/\/+$/, '');
  return `${root}/${bare}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}
