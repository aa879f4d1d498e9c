import type { NetworkConditions, Scenario } from '../contract';
import { undisturbed } from './network';

const bytesPerMegabit = 125_000;

/** Well-known network problems. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'train',
    description: 'A train: slow, far away, and every tunnel ends what is under way.',
    conditions: {
      latencyMs: 300,
      bytesPerSecond: 4 * bytesPerMegabit,
      faults: [],
      trouble: { rate: 0.15, seed: 1, faults: ['dropped-before', 'dropped-during', 'dropped-after'] },
    },
  },
  {
    name: 'flaky-wifi',
    description: 'Wi-Fi at the end of the corridor: quick, but many an answer is lost.',
    conditions: {
      latencyMs: 40,
      bytesPerSecond: 20 * bytesPerMegabit,
      faults: [],
      trouble: { rate: 0.25, seed: 1, faults: ['dropped-during', 'dropped-after', 'answer-lost'] },
    },
  },
  {
    name: 'proxy',
    description: 'A company’s proxy that answers in place of the service at times, with pages of its own.',
    conditions: {
      latencyMs: 80,
      bytesPerSecond: null,
      faults: [],
      trouble: { rate: 0.2, seed: 1, faults: ['status-408', 'status-502', 'status-504', 'not-json'] },
    },
  },
  {
    name: 'busy-evening',
    description: 'The service has too much to do: slow, throttling, and failing now and then.',
    conditions: {
      latencyMs: 600,
      bytesPerSecond: null,
      faults: [],
      trouble: {
        rate: 0.3,
        seed: 1,
        faults: ['status-429', 'status-500', 'status-503', 'asked-to-wait', 'done-but-500'],
      },
    },
  },
  {
    name: 'crowd',
    description: 'Colleagues who edit the same work items at the same time.',
    conditions: {
      ...undisturbed,
      latencyMs: 40,
      trouble: {
        rate: 0.5,
        seed: 1,
        faults: ['edited-meanwhile', 'edited-inside', 'link-removed-meanwhile'],
      },
    },
  },
  {
    name: 'blocked',
    description: 'The browser blocks every request of the extension, as to a local network; the host works.',
    conditions: { ...undisturbed, trouble: { rate: 1, seed: 1, faults: ['dropped-before'] } },
  },
];

/** Returns the conditions of a scenario. Throws a `RangeError` for an unknown name. */
export function scenarioNamed(name: string): NetworkConditions {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario !== undefined) return scenario.conditions;
  const names = scenarios.map((one) => one.name).join(', ');
  throw new RangeError(`There is no scenario "${name}"; there are ${names}.`);
}
