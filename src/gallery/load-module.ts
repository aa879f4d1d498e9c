import { NetworkError } from '../base/errors';

/**
 * Loads a module on demand.
 *
 * @param load An `import()`.
 * @throws NetworkError when the module cannot be loaded. Retrying may help.
 */
export async function loadModule<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new NetworkError('A part of Stapler could not be loaded.', { cause: error });
  }
}
