import { NetworkError, StaplerError } from './errors';

/**
 * Loads a lazy part of Stapler. A second attempt follows a failure if the server answers.
 *
 * @param load An `import()`.
 * @throws NetworkError without an answer. StaplerError `updated` if the part is gone: an update has replaced the
 *   version of this page.
 */
export async function loadModule<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(await isServerReachable(error)))
      throw new NetworkError('A part of Stapler could not be loaded.', { cause: error });
  }
  try {
    return await load();
  } catch (error) {
    throw new StaplerError('updated', 'A part of Stapler is gone.', {}, { cause: error });
  }
}

/** @param error Error of webpack, with the address of the part as `request`. */
async function isServerReachable(error: unknown): Promise<boolean> {
  const hasAddress = typeof error === 'object' && error !== null && 'request' in error;
  try {
    // Any answer counts, also one that a sandboxed frame cannot read.
    // eslint-disable-next-line no-restricted-globals -- asks for a file of Stapler, without a token
    await fetch(hasAddress ? String(error.request) : location.href, { method: 'HEAD', mode: 'no-cors' });
    return true;
  } catch {
    return false;
  }
}
