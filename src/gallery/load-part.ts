import { NetworkError } from '../model/errors';

/**
 * Loads a part of Stapler that few people need, once it is needed.
 *
 * @param load An `import()`.
 * @throws NetworkError when it cannot be had; asking again is worth a try.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new NetworkError('A part of Stapler could not be loaded.', { cause: error });
  }
}
