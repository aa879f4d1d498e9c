import { HOST_TIMEOUT_MS } from '../../../src/host/time-out';
import { createDeferred } from '../../helpers/deferred';

type Fn<T, Args extends unknown[] = []> = jest.Mock<T, Args>;

/** The SDK in the hands of the test, which mocks `azure-devops-extension-sdk` by it. */
export const sdk = {
  init: jest.fn() as Fn<Promise<void>, [{ loaded: boolean }]>,
  register: jest.fn() as Fn<void, [string, unknown]>,
  getContributionId: jest.fn() as Fn<string>,
  getExtensionContext: jest.fn() as Fn<{ id: string }>,
  notifyLoadSucceeded: jest.fn() as Fn<Promise<void>>,
  getAccessToken: jest.fn() as Fn<Promise<string>>,
  getService: jest.fn() as Fn<Promise<unknown>, [string]>,
  resize: jest.fn() as Fn<void, [number | undefined, number]>,
  getUser: jest.fn() as Fn<object>,
  getConfiguration: jest.fn() as Fn<object>,
};

/** The id that the host calls the page by. */
export const FULL_ID = 'fabrikam.stapler.form-group';

/** An answer that does not come. */
export const NEVER = new Promise<never>(() => undefined);

/** Lets each test begin with a host that answers and knows of no service, on a clock of the test's. */
export function setUpFakeSdk(): void {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.resetAllMocks();
    Object.assign(globalThis, { EXTENSION_ID: 'fabrikam.stapler' });
    sdk.init.mockResolvedValue();
    sdk.getContributionId.mockReturnValue(FULL_ID);
    sdk.getExtensionContext.mockReturnValue({ id: 'fabrikam.stapler' });
    sdk.getAccessToken.mockResolvedValue('token');
    sdk.notifyLoadSucceeded.mockResolvedValue();
    serve({});
  });
  afterEach(() => jest.useRealTimers());
}

/** Lets the host answer each service id with the object named here. */
export function serve(services: Readonly<Record<string, unknown>>): void {
  sdk.getService.mockImplementation((id) => Promise.resolve(services[id]));
}

/** Lets the host have a form with these methods. */
export function serveForm(form: object): void {
  serve({ 'ms.vss-work-web.work-item-form': form });
}

/** What `work` settles to once the host's patience has ended. */
export async function afterPatience<T>(work: Promise<T>, patienceMs = 3 * HOST_TIMEOUT_MS): Promise<T> {
  work.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(patienceMs);
  return work;
}

/**
 * A failure of the host as it arrives from across the frames: a plain object whose `toString` is a function over
 * there, so that turning it into text throws (host reference 6.2).
 */
export function hostFailure(message?: string): object {
  const toString = (): never => {
    throw new TypeError('It is a function of another frame.');
  };
  return { toString, ...(message !== undefined && { message }) };
}

/** A method of the host that refuses with `reason`, which need not be an error, nor anything. */
export function refusing(reason?: unknown): () => Promise<never> {
  return () => {
    const { promise, reject } = createDeferred<never>();
    reject(reason);
    return promise;
  };
}

/** Whether a rejection was left unheard while `act` ran. */
export async function unheardDuring(act: () => Promise<unknown>): Promise<boolean> {
  const unheard = jest.fn();
  process.on('unhandledRejection', unheard);
  await act();
  jest.useRealTimers();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unheard);
  return unheard.mock.calls.length > 0;
}
