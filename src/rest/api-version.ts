/** Supported API versions, newest first. 5.0 is the minimum (REST reference H). */
const VERSIONS = ['7.1', '7.0', '6.0', '5.1', '5.0'] as const;

/** The first version to try. */
export const NEWEST_VERSION: string = VERSIONS[0];

/**
 * Returns the version to try after the server refused `refused` as too new, or `undefined` after the last one.
 *
 * @param supported Newest version according to the refusal, if stated.
 */
export function versionBelow(refused: string, supported?: string): string | undefined {
  return VERSIONS.find(
    (version) =>
      compare(version, refused) < 0 && (supported === undefined || compare(version, supported) <= 0),
  );
}

function compare(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}
