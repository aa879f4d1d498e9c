import { HOST_TIMEOUT_MS } from '../../../../src/azure/host/time-out';
import { createDeferred } from '../../../helpers/deferred';

type Fn<T, Args extends unknown[] = []> = jest.Mock<T, Args>;

/** Mock of `azure-devops-extension-sdk`. */
export const sdk = {
  init: jest.fn() as Fn<Promise<void>, [{ loaded: boolean }]>,
  register: jest.fn() as Fn<void, [string, unknown]>,
  getContributionId: jest.fn() as Fn<string>,
  getExtensionContext: jest.fn() as Fn<{ id: string }>,
  getHost: jest.fn() as Fn<{ isHosted?: boolean }>,
  notifyLoadSucceeded: jest.fn() as Fn<Promise<void>>,
  getAccessToken: jest.fn() as Fn<Promise<string>>,
  getService: jest.fn() as Fn<Promise<unknown>, [string]>,
  resize: jest.fn() as Fn<void, [number | undefined, number]>,
  getUser: jest.fn() as Fn<object>,
  getConfiguration: jest.fn() as Fn<object>,
  getWebContext: jest.fn() as Fn<object>,
};

/** Contribution id used by the host. */
export const FULL_ID = 'fabrikam.stapler.form-group';

/** A promise that stays pending. */
export const NEVER = new Promise<never>(() => undefined);

/** Starts each test with a host without services and with fake timers. */
export function setUpFakeSdk(): void {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.resetAllMocks();
    Object.assign(globalThis, { EXTENSION_ID: 'fabrikam.stapler', window: new EventTarget() });
    sdk.init.mockResolvedValue();
    sdk.getContributionId.mockReturnValue(FULL_ID);
    sdk.getExtensionContext.mockReturnValue({ id: 'fabrikam.stapler' });
    sdk.getAccessToken.mockResolvedValue('token');
    sdk.notifyLoadSucceeded.mockResolvedValue();
    serve({});
  });
  afterEach(() => jest.useRealTimers());
}

/** Delivers the message of a panel that has opened. */
export function panelOpens(): void {
  window.dispatchEvent(new MessageEvent('message', { data: { staplerPanel: 'open' } }));
}

/** Provides these services by id. */
export function serve(services: Readonly<Record<string, unknown>>): void {
  sdk.getService.mockImplementation((id) => Promise.resolve(services[id]));
}

/** Provides a form with these methods. */
export function serveForm(form: object): void {
  serve({ 'ms.vss-work-web.work-item-form': form });
}

/** Result of `work` after the host timeout. */
export async function afterTimeout<T>(work: Promise<T>, timeoutMs = 3 * HOST_TIMEOUT_MS): Promise<T> {
  work.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(timeoutMs);
  return work;
}

/**
 * A host failure as it arrives across frames: a plain object with a remote `toString`, so converting it to text
 * throws (host reference 6.2).
 */
export function hostFailure(message?: string): object {
  const toString = (): never => {
    throw new TypeError('It is a function of another frame.');
  };
  return { toString, ...(message !== undefined && { message }) };
}

/** A host method that rejects with `reason`, an error or anything else. */
export function refusing(reason?: unknown): () => Promise<never> {
  return () => {
    const { promise, reject } = createDeferred<never>();
    reject(reason);
    return promise;
  };
}

/** Whether `act` left an unhandled rejection. */
export async function unheardDuring(act: () => Promise<unknown>): Promise<boolean> {
  const unheard = jest.fn();
  process.on('unhandledRejection', unheard);
  await act();
  jest.useRealTimers();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unheard);
  return unheard.mock.calls.length > 0;
}
