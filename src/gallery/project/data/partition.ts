/**
 * Returns the key of the stored index of a project.
 *
 * @param projectId GUID.
 * @param personId GUID.
 */
export function partitionOfIndex(baseUrl: string, projectId: string, personId: string): string {
  return `${baseUrl} ${projectId} ${personId}`;
}
