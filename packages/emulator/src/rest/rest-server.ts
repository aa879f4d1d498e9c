import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { EmulatorOptions } from '../contract';
import { ApiError, envelope, wrappedEnvelope } from './api-error';
import { checkApiVersion } from './api-version';
import { attachmentRoutes } from './attachment-routes';
import { asksForBareLists, withBareList } from './bare-lists';
import { buildRoutes } from './build-routes';
import { checkProject } from './check-project';
import { commentRoutes } from './comment-routes';
import { addCorsHeaders, answerPreflight, isPreflight, removeCorsHeaders } from './cors';
import { answerAfterFault, applyFault } from './fault-effects';
import { extensionManagementRoutes } from './extension-management-routes';
import { fieldRoutes } from './field-routes';
import { locationRoutes } from './location-routes';
import { maxQueryLength, queryTooLongPage, signInPage, type Page } from './pages';
import { tokenIn } from './tokens';
import { asksForMsDates, withMsDates } from './ms-dates';
import { projectRoutes } from './project-routes';
import { queryRoutes } from './query-routes';
import { costKindOf } from './rate-limit';
import { recycleBinRoutes } from './recycle-bin-routes';
import { notAuthorized, uploadForbidden } from './refusals';
import { addRoutes, askedVersion, discardBody, param, queryValue, type RestContext } from './rest-context';
import { stateRoutes } from './state-routes';
import { workItemBatchRoutes } from './work-item-batch';
import { workItemDeletionRoutes } from './work-item-deletion';
import { workItemRoutes } from './work-item-routes';

/** Creates the REST origin, used by the extension and the host page. */
export function createRestServer(
  context: RestContext,
  certificate?: EmulatorOptions['certificate'],
): FastifyInstance {
  const app: FastifyInstance = fastify({
    https: certificate ?? null,
    forceCloseConnections: true,
    requestTimeout: 0,
    keepAliveTimeout: 60_000,
    exposeHeadRoutes: false,
    routerOptions: { caseSensitive: false },
  });
  // Bodies are streams; a route reads its own with `receiveBody`.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  app.addHook('onRequest', async (request, reply) => {
    const record = context.log.begin(request.raw, reply.raw);
    context.exchanges.begin(request.raw, reply.raw, record);
    if (isPreflight(request)) return answerPreflight(request, reply, context.store);
    addCorsHeaders(reply, context.store);
    if (request.is404) return;
    const [, query = ''] = request.url.split('?');
    if (query.length > maxQueryLength) {
      context.log.note(request.raw, { fault: 'query-too-long' });
      return sendPage(request, reply, queryTooLongPage);
    }
    const token = tokenIn(request.headers.authorization);
    if (token === undefined) return sendPage(request, reply, signInPage);
    if (!context.tokens.isGood(token)) return refuseToken(request, reply);
    if (isUploadWithoutProject(request)) throw uploadForbidden();
    checkVersion(request);
    checkProject(param(request, 'project'), request.routeOptions.config.allowsOtherProject === true);
    return;
  });
  app.addHook('preHandler', async (request, reply) => {
    spendUnits(request);
    await applyFault(context, request, reply, sendPage);
  });
  app.addHook('preHandler', (request) =>
    context.interference.before(request.routeOptions.config.operations?.(request) ?? []),
  );
  app.addHook('onSend', async (request, reply, payload) => {
    await context.network.latency();
    if (context.network.needsFreshConnection) reply.header('Connection', 'close');
    const { accept } = request.headers;
    const dated = asksForMsDates(accept) ? withMsDates(payload) : payload;
    const answer = asksForBareLists(accept) ? withBareList(dated) : dated;
    context.exchanges.keepAnswer(request.raw, reply, answer);
    return answerAfterFault(context, request, reply, answer);
  });
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendNotFound(request, reply));

  addRoutes(app, context.basePath, [
    ...attachmentRoutes(context),
    ...workItemRoutes(context),
    ...workItemBatchRoutes(context),
    ...workItemDeletionRoutes(context),
    ...recycleBinRoutes(context),
    ...stateRoutes(context),
    ...queryRoutes(context),
    ...commentRoutes(context),
    ...fieldRoutes(context),
    ...buildRoutes(context),
    ...projectRoutes(context),
    ...extensionManagementRoutes(context),
    ...locationRoutes(context),
  ]);
  return app;

  /** Throws the refusal of a request beyond the rate limit. The page of the host has a budget of its own. */
  function spendUnits(request: FastifyRequest): void {
    const { operations } = request.routeOptions.config;
    const { origin } = request.headers;
    if (operations === undefined || (origin !== undefined && origin === context.network.hostOrigin)) return;
    const [path = ''] = request.url.split('?');
    const kind = costKindOf(path, request.method, operations(request));
    if (kind !== undefined) context.rateLimiter.spend(kind);
  }

  /**
   * A bad token is answered with 401 (REST reference F.2), or by `expiredSignIn` with a redirect to another origin
   * unless the client suppresses it, as Microsoft's do.
   */
  async function refuseToken(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const isSuppressed = request.headers['x-tfs-fedauthredirect'] === 'Suppress';
    if (isSuppressed || context.store.assumptions.expiredSignIn === 'refused') throw notAuthorized();
    await discardBody(context, request);
    removeCorsHeaders(reply);
    return reply.redirect('https://sign-in.invalid/_signin', 302);
  }

  /** By `uploadWithoutProject`, an upload must name its project and area, as the one of the form does. */
  function isUploadWithoutProject(request: FastifyRequest): boolean {
    if (context.store.assumptions.uploadWithoutProject === 'accepted') return false;
    const isUpload = request.routeOptions.url?.endsWith('_apis/wit/attachments') && request.method === 'POST';
    if (!isUpload) return false;
    return param(request, 'project') === undefined || queryValue(request, 'areaPath') === undefined;
  }

  function checkVersion(request: FastifyRequest): void {
    const { latestPreview = 1, isPreviewOnly = false, oldestVersion = 0 } = request.routeOptions.config;
    checkApiVersion(askedVersion(request), request.method, {
      latest: context.store.latestApiVersion,
      latestPreview,
      isPreviewOnly,
      oldestVersion,
    });
  }

  async function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<FastifyReply> {
    await discardBody(context, request);
    return reply.code(page.status).type(page.contentType).send(page.body);
  }

  async function sendError(
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    // Browsers read the answer only after sending everything. An aborted body has no end.
    await discardBody(context, request).catch(() => undefined);
    const refusal = error instanceof ApiError ? error : unexpected(error, request);
    context.log.note(request.raw, { error: `${refusal.typeKey}: ${refusal.message}` });
    if (refusal.status === 401) removeCorsHeaders(reply);
    const wraps = request.routeOptions.config.wrapsErrors === true && refusal.status === 400;
    return reply
      .code(refusal.status)
      .headers(refusal.headers)
      .send(wraps ? wrappedEnvelope(refusal) : envelope(refusal));
  }

  function sendNotFound(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const message = `no such route: ${request.method} ${request.url}`;
    console.error(`[emulator] ${message}`);
    return sendError(new ApiError(404, 'VssResourceNotFoundException', message), request, reply);
  }
}

/** Logs errors of the emulator itself; a closed connection is none. */
function unexpected(error: unknown, request: FastifyRequest): ApiError {
  if (!request.raw.destroyed) console.error(`[emulator] ${request.method} ${request.url}`, error);
  return new ApiError(500, 'VssServiceException', error instanceof Error ? error.message : String(error));
}
