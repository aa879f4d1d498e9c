import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname } from 'node:path';
import type { PageFiles, PageName } from '../page/build-pages';

/** Serves the contestants' pages from an origin of their own. */
export interface PageServer {
  readonly urlOf: (page: PageName) => string;
  readonly close: () => void;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Starts it. */
export async function startPageServer(files: PageFiles): Promise<PageServer> {
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    const type = extname(name);
    const text = files.get(name) ?? (type === '.html' ? html(basename(name, type), files) : undefined);
    if (text === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': `${TYPES[type] ?? ''}; charset=utf-8` }).end(text);
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

function html(name: string, files: PageFiles): string {
  const style = files.has(`${name}.css`) ? `<link rel="stylesheet" href="${name}.css" />` : '';
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>${name}</title>${style}</head>
  <body>
    <input type="file" id="files" multiple />
    <main id="root"></main>
    <script type="module" src="${name}.js"></script>
  </body>
</html>`;
}
