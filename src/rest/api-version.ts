/** Versions that Stapler can speak, newest first. 5.0 is the floor (REST reference H). */
const VERSIONS = ['7.1', '7.0', '6.0', '5.1', '5.0'] as const;

/** The version to begin with. */
export const NEWEST_VERSION: string = VERSIONS[0];

/**
 * The version to try after the server called `refused` too new.
 *
 * @param supported The newest that the server named in its refusal, if it did.
 * @returns `undefined` when there is none left.
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
