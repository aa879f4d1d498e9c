import type { RequestListener } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { assetsBasePath, createAssetsServer } from './assets-server';
import type { NetworkConditions, Operation, EmulatorOptions } from './contract';
import { DataFolder } from './data-folder';
import { createHostServer } from './host-server';
import { readManifest } from './manifest';
import { hostNamesFor, listenAt, probeIPv6, probeSecondIPv4, type ListeningOrigin } from './origins';
import { organization } from './rest/fabrikam';
import { Exchanges } from './rest/exchanges';
import { Interference, type Act } from './rest/interference';
import { Network, undisturbed } from './rest/network';
import { documentedRateLimit, RateLimiter } from './rest/rate-limit';
import { RequestLog } from './rest/request-log';
import type { RestContext } from './rest/rest-context';
import { createRestServer } from './rest/rest-server';
import { seed } from './rest/seed';
import { seedMany } from './rest/seed-many';
import { Store } from './rest/store';
import { Tokens } from './rest/tokens';
import type { Emulator } from './running-emulator';

const anHourMs = 3_600_000;

/** Starts the three origins of the emulator on loopback addresses: REST, the extension's assets, and the host page. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const mode = options.mode ?? 'services';
  const frames = mode === 'server' ? (options.serverFrames ?? 'sandboxed') : undefined;
  const hasIPv6 = options.hasIPv6 ?? (await probeIPv6());
  const names = hostNamesFor({
    frames,
    sites: options.sites ?? 'cross-site',
    hasSecondIPv4: await probeSecondIPv4(),
  });
  const listening: ListeningOrigin[] = [];
  const manifest = await readManifest(options.extensionFolder);
  const data = await DataFolder.open(options.dataFolder);
  const context: RestContext = {
    basePath: mode === 'services' ? `/${organization.services}/` : `/tfs/${organization.server}/`,
    tokens: new Tokens(options.tokenLifetimeMs ?? anHourMs),
    network: new Network(),
    rateLimiter: new RateLimiter(() => context.store.clock.time),
    interference: new Interference(),
    log: new RequestLog(),
    exchanges: new Exchanges(),
    store: new Store(mode, data.attachments),
    baseUrl: '',
  };
  const rest = createRestServer(context, options.certificate);
  const assets = await createAssetsServer(options.extensionFolder, manifest, mode, options.certificate);

  const emulator = {
    mode,
    isSandboxed: frames === 'sandboxed',
    hostUrl: '',
    restBaseUrl: '',
    assetsBaseUrl: '',
    requests: context.log,
    exchanges: context.exchanges,
    get store() {
      return context.store;
    },
    get network() {
      return context.network.conditions;
    },
    setNetwork(conditions: Partial<NetworkConditions>) {
      context.network.set({ ...context.network.conditions, ...conditions });
      if (context.network.needsFreshConnection) rest.server.closeIdleConnections();
    },
    get rateLimit() {
      return context.rateLimiter.current;
    },
    setRateLimit: (limit: Parameters<RateLimiter['set']>[0]) => context.rateLimiter.set(limit),
    interfere: (operation: Operation, act: Act) => context.interference.add(operation, act),
    issueToken: () => context.tokens.issue(),
    expireTokens: () => context.tokens.expireAll(),
    setSignedIn: (isSignedIn: boolean) => context.tokens.setSignedIn(isSignedIn),
    async reset() {
      context.network.set(undisturbed);
      limitRate();
      context.log.clear();
      context.interference.clear();
      context.store = await seededStore();
    },
    async close() {
      await Promise.all([host, rest, assets, ...listening].map((one) => one.close()));
      await data.close(context.store);
    },
  } satisfies Emulator;
  limitRate();
  const host = createHostServer({ emulator, manifest, tokens: context.tokens, ...options });
  const changed = () => data.changed(() => context.store);
  context.log.subscribe((record) => record.finished && canChange(record) && changed());
  host.addHook('onResponse', (request, _reply, done) => {
    if (canChange(request) && /^\/control\/(?:extension-data\/|clock)/.test(request.url)) changed();
    done();
  });
  try {
    const restOrigin = await listen(rest, names.rest, options.restPort);
    data.baseUrl = context.baseUrl = emulator.restBaseUrl = restOrigin + context.basePath;
    // Texts have addresses of pictures, so the port must be known.
    context.store = (await restoredStore()) ?? (await seededStore());
    const assetsPath = assetsBasePath(manifest, mode);
    if (frames === 'other-origin') {
      await serveBelow(rest, assetsPath, assets);
      emulator.assetsBaseUrl = restOrigin + assetsPath;
    } else {
      emulator.assetsBaseUrl = (await listen(assets, names.assets, options.assetsPort)) + assetsPath;
    }
    context.network.hostOrigin = await listen(host, names.page, options.hostPort);
    emulator.hostUrl = `${context.network.hostOrigin}/`;
  } catch (error) {
    await emulator.close();
    throw error;
  }
  return emulator;

  /** Sets the rate limit of the options. */
  function limitRate(): void {
    context.rateLimiter.clear();
    if (options.rateLimit !== undefined)
      context.rateLimiter.set({ ...documentedRateLimit, units: options.rateLimit });
  }

  /** Starts to listen and returns the origin under this name. */
  async function listen(app: FastifyInstance, name: string, port = 0): Promise<string> {
    const one = await listenAt(app, name, port, hasIPv6);
    listening.push(one);
    return one.origin;
  }

  async function restoredStore(): Promise<Store | undefined> {
    const store = new Store(mode, data.attachments);
    return (await data.restore(store)) ? store : undefined;
  }

  async function seededStore(): Promise<Store> {
    await data.empty();
    const store = new Store(mode, data.attachments);
    seed(store, context.baseUrl);
    seedMany(store, options.items ?? 0, { files: options.files ?? 0, baseUrl: context.baseUrl });
    await data.write(store);
    return store;
  }
}

/** Whether a request may have changed the data. Reading many work items is a `POST`, too. */
function canChange({ method, url }: { method: string; url: string }): boolean {
  return method !== 'GET' && method !== 'OPTIONS' && !/\/(?:workitemsbatch|wiql)\b/i.test(url);
}

/** Hands requests below `path` to `other`, so that both have one origin. They are not logged. */
async function serveBelow(app: FastifyInstance, path: string, other: FastifyInstance): Promise<void> {
  await other.ready();
  const [handle] = app.server.listeners('request') as RequestListener[];
  app.server.removeAllListeners('request').on('request', (request, response) => {
    if (request.url?.startsWith(path)) other.routing(request, response);
    else handle?.(request, response);
  });
}
