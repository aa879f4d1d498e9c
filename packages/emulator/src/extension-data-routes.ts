import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { extensionDataScopes, type ExtensionDataRefusal, type ExtensionDataScope } from './contract';
import { ApiError } from './rest/api-error';
import type { ExtensionData } from './rest/extension-data';
import { malformed, notAuthorized } from './rest/refusals';
import type { Tokens } from './rest/tokens';

interface Place {
  Params: { scope: string; collection: string; id: string };
}

type Request = FastifyRequest<Place>;
type Work = (
  data: ExtensionData,
  scope: ExtensionDataScope,
  params: Place['Params'],
  body: object,
) => unknown;

/** Dependencies of the routes. */
interface DataSource {
  readonly emulator: { readonly store: { readonly extensionData: ExtensionData } };
  readonly tokens: Pick<Tokens, 'isGood'>;
}

/** `/control/extension-data/…`, the back end of the host page's extension data service. */
export function addExtensionDataRoutes(app: FastifyInstance, { emulator, tokens }: DataSource): void {
  const documents = '/control/extension-data/:scope/:collection';
  const document = `${documents}/:id`;
  app.get(
    documents,
    answer((data, scope, { collection }) => data.list(scope, collection)),
  );
  app.post(
    documents,
    answer((data, scope, { collection }, body) => data.create(scope, collection, body)),
  );
  app.put(
    documents,
    answer((data, scope, { collection }, body) => data.set(scope, collection, body)),
  );
  app.patch(
    documents,
    answer((data, scope, { collection }, body) => data.update(scope, collection, body)),
  );
  app.get(
    document,
    answer((data, scope, { collection, id }) => data.read(scope, collection, id)),
  );
  app.delete(
    document,
    answer((data, scope, { collection, id }) => data.delete(scope, collection, id)),
  );

  function answer(work: Work) {
    return async (request: Request, reply: FastifyReply): Promise<FastifyReply> => {
      try {
        const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
        if (!tokens.isGood(token)) throw notAuthorized();
        const scope = scopeNamed(request.params.scope);
        const result = work(emulator.store.extensionData, scope, request.params, request.body ?? {});
        return await (result === undefined ? reply.code(204).send() : reply.send(result));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const { status, typeKey, message } = error;
        return reply.code(status).send({ typeKey, message } satisfies ExtensionDataRefusal);
      }
    };
  }
}

function scopeNamed(name: string): ExtensionDataScope {
  const scope = extensionDataScopes.find((known) => known.toLowerCase() === name.toLowerCase());
  if (scope === undefined) throw malformed(`The scope "${name}" is not known.`);
  return scope;
}
