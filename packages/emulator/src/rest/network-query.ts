import { operations, type ActiveFault, type NetworkConditions, type Trouble } from '../contract';
import { undisturbed } from './network';
import { scenarioNamed } from './scenarios';

/** `name`, with an aim behind `@` and a number behind `*`. */
const faultPattern = /^(?<name>[^@*]+)(?:@(?<at>[^@*]+))?(?:\*(?<count>[1-9]\d*))?$/;

/** Default `trouble` if only its rate is given. */
const quiet: Trouble = { rate: 0, seed: 1 };

/**
 * Returns the network conditions of an address: `?scenario=train`,
 * `?faults=status-503@simple,dropped-after@link*1`, `?trouble=0.2&seed=7`, alone or together; `undefined` if
 * it has none. `trouble` and `seed` override those of the scenario, faults are added. Throws a `RangeError`
 * for unknown values; unknown faults are detected on activation.
 */
export function networkFrom(query: URLSearchParams): NetworkConditions | undefined {
  const [scenario, faults, rate, seed] = ['scenario', 'faults', 'trouble', 'seed'].map((name) =>
    query.get(name),
  );
  if (!scenario && !faults && !rate && !seed) return undefined;
  const conditions = scenario ? scenarioNamed(scenario) : undisturbed;
  const trouble: Trouble | null =
    rate || seed
      ? {
          ...(conditions.trouble ?? quiet),
          ...(rate && { rate: Number(rate) }),
          ...(seed && { seed: Number(seed) }),
        }
      : conditions.trouble;
  return { ...conditions, faults: faults ? faults.split(',').map(readFault) : [], trouble };
}

function readFault(text: string): ActiveFault {
  const { name, at, count } = faultPattern.exec(text.trim())?.groups ?? {};
  if (name === undefined)
    throw new RangeError(
      `"${text}" does not name a fault such as status-503, status-503@link or status-503@link*1.`,
    );
  const aim = operations.find((operation) => operation === at);
  if (at !== undefined && aim === undefined)
    throw new RangeError(
      `The fault "${name}" cannot be aimed at "${at}"; there are ${operations.join(', ')}.`,
    );
  return { name, remaining: count === undefined ? null : Number(count), ...(aim && { at: aim }) };
}
