/**
 * The address of `path` below an organisation or collection.
 *
 * @param base What the host's location service answers: `https://dev.azure.com/org/`, `https://org.visualstudio.com`,
 *   `https://server/tfs/Collection`; with or without a trailing slash.
 * @param path Relative, `_apis/wit/attachments`; a leading slash does not throw the organisation away.
 * @param query Members that are `undefined` are left out; values are percent-encoded as UTF-8, so that `#`, `+`,
 *   `&` and `%` of a file name arrive (REST reference B).
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
