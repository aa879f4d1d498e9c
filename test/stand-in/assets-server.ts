import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import type { StandInMode } from './contract';
import type { Manifest } from './manifest';

/** Where an extension's files lie: below the gallery's address, or on the server itself. Ends in a slash. */
export function assetsBasePath({ publisher, id, version }: Manifest, mode: StandInMode): string {
  return mode === 'services'
    ? `/extensions/${publisher}/${id}/${version}/`
    : `/_apis/public/gallery/publisher/${publisher}/extension/${id}/${version}/assetbyname/`;
}

/**
 * Serves the files that the manifest marks as addressable, and nothing else. Assumed: no CORS headers, so that what
 * the sandbox of Server forbids fails here too (host reference 5.1).
 */
export async function createAssetsServer(
  folder: string,
  manifest: Manifest,
  mode: StandInMode,
): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
  const addressable = manifest.files.filter((file) => file.addressable === true).map(({ path }) => path);
  await app.register(fastifyStatic, {
    root: folder,
    prefix: assetsBasePath(manifest, mode),
    index: false,
    cacheControl: false,
    etag: false,
    lastModified: false,
    setHeaders: (response) => void response.setHeader('Cache-Control', 'no-store'),
    allowedPath: (path) => addressable.some((allowed) => isWithin(path.replace(/^\/+/, ''), allowed)),
  });
  return app;
}

function isWithin(path: string, allowed: string): boolean {
  return path === allowed || path.startsWith(`${allowed.replace(/\/$/, '')}/`);
}
