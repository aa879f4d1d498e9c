import type { Person } from '../../../azure/person';

/** Members of the host for `partitionOf`. */
export interface PartitionHost {
  readonly getPerson: () => Person;
  /** Empty if unknown. */
  readonly getOrganization: () => string;
  readonly getBaseUrl: () => Promise<string>;
}

/**
 * Returns the journal's partition for this user and organization, or `undefined` if either is unknown: file names are
 * private. Never rejects.
 */
export async function partitionOf(host: PartitionHost): Promise<string | undefined> {
  const { id, descriptor } = host.getPerson();
  const person = id || descriptor;
  const organization = host.getOrganization() || (await host.getBaseUrl().catch(() => ''));
  return person && organization ? JSON.stringify([organization, person]) : undefined;
}
