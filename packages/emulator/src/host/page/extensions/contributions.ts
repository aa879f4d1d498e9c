import type { Contribution, EmulatorConfig } from '../../../contract';
import { fullIdOf } from '../sdk/handshake';

/** Contributions of these types to at least one of the targets, in the order of the manifest. */
export function contributionsTo(
  { extension }: EmulatorConfig,
  types: readonly string[],
  targets: readonly string[],
): Contribution[] {
  return extension.contributions.filter(
    ({ type, targets: wanted }) => types.includes(type) && wanted.some((target) => targets.includes(target)),
  );
}

/** Returns the contribution with the full id, if the extension has it. */
export function contributionNamed(config: EmulatorConfig, fullId: string): Contribution | undefined {
  return config.extension.contributions.find((contribution) => fullIdOf(config, contribution) === fullId);
}

/** Ids under which the extension may have registered the contribution's object (host reference 1.3). */
export function registeredIdsOf(config: EmulatorConfig, contribution: Contribution): string[] {
  const { registeredObjectId } = contribution.properties;
  return typeof registeredObjectId === 'string'
    ? [registeredObjectId]
    : [fullIdOf(config, contribution), contribution.id];
}
