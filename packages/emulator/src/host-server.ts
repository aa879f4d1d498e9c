import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { addControlRoutes, type ControlledEmulator } from './control';
import type { EmulatorOptions } from './contract';
import { pagesOf, pathOfAsset, type Manifest } from './manifest';
import type { Tokens } from './rest/tokens';
import { watchBuilds } from './watch-builds';

/** Dependencies of the host origin. */
export interface HostServerOptions extends Pick<
  EmulatorOptions,
  'extensionFolder' | 'hostFolder' | 'certificate' | 'watch' | 'hint'
> {
  readonly emulator: ControlledEmulator;
  readonly manifest: Manifest;
  readonly tokens: Tokens;
}

const contentTypes: Readonly<Record<string, string>> = {
  'host.html': 'text/html; charset=utf-8',
  'host.js': 'text/javascript; charset=utf-8',
  'host.css': 'text/css; charset=utf-8',
};

/** Addresses of pages, below `/{organization}/{project}/` or `/tfs/{collection}/{project}/`. */
const pages = [
  '_workitems/edit/\\d+',
  '_queries/query/[^/]+',
  '_backlogs/backlog/[^/]+/[^/]+',
  '_boards/board/t/[^/]+/[^/]+',
  '_sprints/taskboard/[^/]+/[^/]+',
  '_deliveryplans/plan/[^/]+',
  '_settings(?:/[^/]+)?',
  '_apps/hub/[^/]+',
];
const pageAddress = new RegExp(`^/(?:[^/]+/){2,3}(?:${pages.join('|')})/?$`, 'i');

/** Creates the host origin: the host page and its control routes. */
export function createHostServer(options: HostServerOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    https: options.certificate ?? null,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  const built = options.hostFolder ?? join(__dirname, '../dist');
  addControlRoutes(app, options);
  if (options.watch) watchBuilds(app, [built, ...builtFolders(options)]);
  app.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (path === '/' || pageAddress.test(path))
      return sendFile(reply, 'host.html', openerPolicy(request.query));
    // The page names its files relative to itself, so they are asked for beside its other addresses too.
    const name = path.split('/').at(-1) ?? '';
    if (name in contentTypes) return sendFile(reply, name);
    return reply.code(404).send(`There is nothing at ${path}.`);
  });
  return app;

  async function sendFile(
    reply: FastifyReply,
    name: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<FastifyReply> {
    const content = await readFile(join(built, name)).catch(() => undefined);
    if (content === undefined) return reply.code(404).send(`${name} has not been built; run npm run build.`);
    return reply
      .header('Cache-Control', 'no-store')
      .headers(headers)
      .type(contentTypes[name] ?? '')
      .send(content);
  }
}

/** Headers of a page with `windowsOfFrames=severed` in its address: its frames and their windows lose each other. */
function openerPolicy(query: unknown): Readonly<Record<string, string>> {
  const { windowsOfFrames } = query as Partial<Record<string, unknown>>;
  return windowsOfFrames === 'severed' ? { 'Cross-Origin-Opener-Policy': 'same-origin' } : {};
}

/** Folders of the extension's pages. */
function builtFolders({ extensionFolder, manifest }: HostServerOptions): string[] {
  const folders = pagesOf(manifest).map((page) => dirname(pathOfAsset(manifest, page) ?? page));
  return [...new Set(folders)].map((folder) => join(extensionFolder, folder));
}
