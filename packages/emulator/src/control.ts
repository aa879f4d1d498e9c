import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type {
  Assumptions,
  ClockState,
  FaultDescription,
  NetworkConditions,
  RequestRecord,
  EmulatorConfig,
  TokenAnswer,
} from './contract';
import { addExtensionDataRoutes } from './extension-data-routes';
import type { Manifest } from './manifest';
import { assume } from './rest/assumptions';
import { jamal, organization, project } from './rest/fabrikam';
import { faults } from './rest/faults';
import { networkFrom } from './rest/network-query';
import type { RateLimit } from './rest/rate-limit';
import { scenarios } from './rest/scenarios';
import type { Tokens } from './rest/tokens';
import type { Emulator } from './running-emulator';

/** The emulator as far as the host page may control it. */
export type ControlledEmulator = Pick<
  Emulator,
  | 'mode'
  | 'isSandboxed'
  | 'restBaseUrl'
  | 'assetsBaseUrl'
  | 'store'
  | 'requests'
  | 'network'
  | 'setNetwork'
  | 'rateLimit'
  | 'setRateLimit'
  | 'issueToken'
  | 'reset'
>;

/** Dependencies of the control routes. */
export interface Controlled {
  readonly emulator: ControlledEmulator;
  readonly manifest: Manifest;
  readonly tokens: Tokens;
  readonly watch?: boolean;
  /** See `EmulatorOptions`. */
  readonly hint?: string;
}

/** `/control/…`: how the host page reaches the rest of the emulator (shapes in `contract.ts`). */
export function addControlRoutes(app: FastifyInstance, controlled: Controlled): void {
  const { emulator, manifest, tokens, watch = false, hint } = controlled;
  app.get('/control/config', (): EmulatorConfig => ({
    ...config(emulator, manifest),
    watch,
    ...(hint !== undefined && { hint }),
  }));
  app.post('/control/token', (): TokenAnswer => ({
    token: emulator.issueToken(),
    expiresInMs: tokens.lifetimeMs,
  }));
  app.get('/control/requests', streamRequests);
  app.get('/control/network', () => emulator.network);
  app.put('/control/network', (request, reply) =>
    change(reply, () => {
      emulator.setNetwork(request.body as Partial<NetworkConditions>);
      return emulator.network;
    }),
  );
  app.put<{ Querystring: Record<string, string> }>('/control/network-of-address', (request, reply) =>
    change(reply, () => {
      const conditions = networkFrom(new URLSearchParams(request.query));
      if (conditions !== undefined) emulator.setNetwork(conditions);
      return emulator.network;
    }),
  );
  app.get('/control/rate-limit', () => emulator.rateLimit);
  app.put('/control/rate-limit', (request, reply) =>
    change(reply, () => {
      emulator.setRateLimit(request.body as Partial<RateLimit>);
      return emulator.rateLimit;
    }),
  );
  app.get('/control/scenarios', () => scenarios);
  app.get('/control/faults', (): FaultDescription[] =>
    faults.map(({ name, description, operations }) => ({ name, description, operations })),
  );
  app.get('/control/assumptions', () => emulator.store.assumptions);
  app.put('/control/assumptions', (request, reply) =>
    change(reply, () => {
      assume(emulator.store.assumptions, request.body as Partial<Assumptions>);
      return emulator.store.assumptions;
    }),
  );
  app.get('/control/clock', clockState);
  app.post('/control/clock', (request, reply) =>
    change(reply, () => {
      emulator.store.clock.advance((request.body as { days: number }).days);
      return clockState();
    }),
  );
  addExtensionDataRoutes(app, controlled);
  app.post('/control/reset', async (_request, reply) => {
    await emulator.reset();
    return reply.code(204).send();
  });

  function clockState(): ClockState {
    const { daysAhead, now } = emulator.store.clock;
    return { daysAhead, now };
  }

  /** An unknown choice is a 400. */
  function change<State>(reply: FastifyReply, make: () => State): State | FastifyReply {
    try {
      return make();
    } catch (error) {
      if (error instanceof RangeError) return reply.code(400).send({ message: error.message });
      throw error;
    }
  }

  /** Streams past requests first, then new ones. */
  function streamRequests(_request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const send = (record: RequestRecord) =>
      reply.raw.write(`event: request\ndata: ${JSON.stringify(record)}\n\n`);
    emulator.requests.records.forEach(send);
    const unsubscribe = emulator.requests.subscribe(send);
    reply.raw.once('close', unsubscribe);
  }
}

function config(
  { mode, isSandboxed, restBaseUrl, assetsBaseUrl, store }: ControlledEmulator,
  manifest: Manifest,
): Omit<EmulatorConfig, 'watch' | 'hint'> {
  return {
    mode,
    isSandboxed,
    restBaseUrl,
    assetsBaseUrl,
    organization: { id: organization.id, name: organization[mode] },
    project,
    user: {
      id: jamal.id,
      name: jamal.uniqueName,
      displayName: jamal.displayName,
      descriptor: jamal.descriptor,
    },
    workItemIds: store.workItemIds,
    readOnlyWorkItemIds: store.readOnlyWorkItemIds,
    extension: {
      publisherId: manifest.publisher,
      extensionId: manifest.id,
      version: manifest.version,
      contributions: manifest.contributions.map(({ id, type, targets = [], properties = {} }) => ({
        id,
        type,
        targets,
        properties,
      })),
    },
  };
}
