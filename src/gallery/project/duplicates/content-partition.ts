/**
 * Returns the key of known contents in the storage of the browser. The index and the comparison of contents share them.
 *
 * @param personId GUID of the person; `undefined` if unknown: contents are kept in memory only.
 */
export function contentPartitionOf(baseUrl: string, personId: string | undefined): string | undefined {
  return personId === undefined ? undefined : `${baseUrl} ${personId}`;
}
