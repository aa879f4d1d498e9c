/** Variables of a process, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Port of a URL, also the default one. */
export function portOf(url: URL): number {
  return Number(url.port || DEFAULT_PORTS[url.protocol]);
}

/**
 * Returns the proxy for a URL, or `undefined` without one. Reads the variables as curl does: `https_proxy`,
 * `http_proxy`, `all_proxy` and `no_proxy`, or their names in upper case.
 *
 * @throws TypeError if the proxy is not a URL.
 */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  const read = (name: string): string | undefined => env[name] ?? env[name.toUpperCase()];
  const proxy = read(`${url.protocol.slice(0, -1)}_proxy`) || read('all_proxy');
  if (!proxy || isExcluded(url, read('no_proxy') ?? '')) return undefined;
  return new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}

/** Whether an entry of the list is the host, a domain of it, or `*`; an entry may have a port. */
function isExcluded(url: URL, list: string): boolean {
  const host = url.hostname.toLowerCase();
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', port] = /^\*?\.?(\[.*\]|[^:]*|.*:.*:.*)(?::(\d+))?$/.exec(entry) ?? [];
      if (port !== undefined && Number(port) !== portOf(url)) return false;
      return name !== '' && (host === name || host === `[${name}]` || host.endsWith(`.${name}`));
    });
}

/** Value of the `Proxy-Authorization` header, or `undefined` without a user. */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (!username) return undefined;
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(user).toString('base64')}`;
}
