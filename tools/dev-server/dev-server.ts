import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import type { Certificate } from '../../test/helpers/certificate';
import { pathOfAsset, type Manifest } from 'azure-devops-emulator/manifest';

/**
 * Every page may read what is served here, as it may read what the marketplace serves. The last header is what a
 * browser with Private Network Access asks of a server on this computer before a page of the internet may.
 */
const FOR_EVERY_PAGE = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Private-Network': 'true',
};

/**
 * Serves the files of an extension over https, each below the address that it has in the package, so that a manifest
 * whose `baseUri` leads here finds its pages. Nothing else of the folder is served.
 *
 * @param folder - where the manifest lies
 */
export async function createDevServer(
  folder: string,
  manifest: Manifest,
  { key, cert }: Certificate,
): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({ https: { key, cert }, forceCloseConnections: true });
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false });
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ ...FOR_EVERY_PAGE, 'Cache-Control': 'no-store' });
  });
  app.options('/*', (_request, reply) => reply.code(204).send());
  // Where a person is sent to accept the certificate.
  app.get('/', () => 'This browser accepts the certificate. Stapler is served from here.');
  app.get<{ Params: { '*': string } }>('/*', (request, reply) => {
    const path = pathOfAsset(manifest, request.params['*']);
    if (path !== undefined) return reply.sendFile(path);
    return reply.code(404).send('There is nothing at this address.');
  });
  return app;
}
