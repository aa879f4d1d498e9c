import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import type { EmulatorMode, EmulatorOptions } from './contract';
import { pathOfAsset, type Manifest } from './manifest';

/**
 * Base path of an extension's files, with a trailing slash: the gallery's address on Services, the server
 * itself on Server.
 */
export function assetsBasePath({ publisher, id, version }: Manifest, mode: EmulatorMode): string {
  return mode === 'services'
    ? `/extensions/${publisher}/${id}/${version}/`
    : `/_apis/public/gallery/publisher/${publisher}/extension/${id}/${version}/assetbyname/`;
}

/**
 * Serves only the files marked as addressable in the manifest. Assumed: no CORS headers, so requests that the
 * sandbox of Server forbids fail here too (host reference 5.1).
 */
export async function createAssetsServer(
  folder: string,
  manifest: Manifest,
  mode: EmulatorMode,
  certificate?: EmulatorOptions['certificate'],
): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    https: certificate ?? null,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    cacheControl: false,
    etag: false,
    lastModified: false,
    setHeaders: (response) => void response.setHeader('Cache-Control', 'no-store'),
  });
  app.get<{ Params: { '*': string } }>(`${assetsBasePath(manifest, mode)}*`, (request, reply) => {
    const path = pathOfAsset(manifest, request.params['*']);
    if (path !== undefined) return reply.sendFile(path);
    return reply.code(404).send('There is nothing at this address.');
  });
  return app;
}
