import type { Person } from '../../../azure/person';

/** Where it stands whose journal it is: the host, as far as that goes. */
export interface PartitionHost {
  readonly getPerson: () => Person;
  /** Empty where it is not known. */
  readonly getOrganization: () => string;
  readonly getBaseUrl: () => Promise<string>;
}

/**
 * The part of the journal that is this person's in this organisation; `undefined` where either is not known for sure:
 * nobody else may see the names of these files. Never rejects.
 */
export async function partitionOf(host: PartitionHost): Promise<string | undefined> {
  const { id, descriptor } = host.getPerson();
  const person = id || descriptor;
  const organisation = host.getOrganization() || (await host.getBaseUrl().catch(() => ''));
  return person && organisation ? JSON.stringify([organisation, person]) : undefined;
}
