import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import type { Certificate } from '../../test/helpers/certificate';
import { pathOfAsset, type Manifest } from 'azure-devops-emulator/manifest';

/**
 * Every page may read these files, like those of the marketplace. Private Network Access requires the last
 * header before a page of the internet may use a server on this computer.
 */
const FOR_EVERY_PAGE = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Private-Network': 'true',
};

/**
 * Serves the files of an extension over https at their addresses in the package, for a manifest whose
 * `baseUri` is this server. Nothing else of the folder is served.
 *
 * @param folder - folder of the manifest
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
  // Page for accepting the certificate.
  app.get('/', () => 'This browser accepts the certificate. Stapler is served from here.');
  app.get<{ Params: { '*': string } }>('/*', (request, reply) => {
    const path = pathOfAsset(manifest, request.params['*']);
    if (path !== undefined) return reply.sendFile(path);
    return reply.code(404).send('There is nothing at this address.');
  });
  return app;
}
