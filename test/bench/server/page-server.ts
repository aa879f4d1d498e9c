import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, PageName } from '../page/build-pages';

/** Serves the contestants' pages from an origin of their own. */
export interface PageServer {
  readonly urlOf: (page: PageName) => string;
  readonly close: () => void;
}

/** Starts it. */
export async function startPageServer(pages: ReadonlyMap<PageName, Page>): Promise<PageServer> {
  const assets = new Map<string, { type: string; text: string }>();
  for (const [name, { script, style }] of pages) {
    assets.set(`/${name}.html`, { type: 'text/html', text: html(name) });
    assets.set(`/${name}.js`, { type: 'text/javascript', text: script });
    assets.set(`/${name}.css`, { type: 'text/css', text: style });
  }
  const server = createServer((request, response) => {
    const asset = assets.get(request.url ?? '');
    if (asset) response.writeHead(200, { 'Content-Type': `${asset.type}; charset=utf-8` }).end(asset.text);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (page) => `http://127.0.0.1:${port}/${page}.html`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function html(name: PageName): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>${name}</title><link rel="stylesheet" href="${name}.css" /></head>
  <body>
    <input type="file" id="files" multiple />
    <main id="root"></main>
    <script src="${name}.js"></script>
  </body>
</html>`;
}
