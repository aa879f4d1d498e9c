import * as React from 'react';
import type { FaultDescription, NetworkConditions, Scenario } from '../../../contract';
import { control } from '../control';
import { useHostPage, useTask } from '../host-page';
import { FaultList } from './fault-list';

const latencies = [0, 40, 200, 1000];
const bytesPerMegabit = 125_000;
const bandwidths = [null, 50, 20, 10, 4, 1].map((megabits) => ({
  label: megabits === null ? 'unlimited' : `${megabits} Mbit/s`,
  bytesPerSecond: megabits === null ? null : megabits * bytesPerMegabit,
}));
const rates = [0, 0.05, 0.1, 0.2, 0.5];

/** No latency, no cap, no faults. */
const undisturbed: Scenario = {
  name: 'undisturbed',
  description: 'Nothing is slow and nothing fails.',
  conditions: { latencyMs: 0, bytesPerSecond: null, faults: [], trouble: null },
};

/**
 * Latency, bandwidth, faults and trouble of the REST origin, one by one or as a scenario.
 *
 * @param faultHits - how many requests were hit; each hit counts a fault down at the other end
 */
export function NetworkControls({ faultHits }: { faultHits: number }) {
  const { messages } = useHostPage();
  const run = useTask();
  const [conditions, setConditions] = React.useState<NetworkConditions>();
  const [faults, setFaults] = React.useState<FaultDescription[]>([]);
  const [scenarios, setScenarios] = React.useState<Scenario[]>([undisturbed]);

  React.useEffect(() => {
    control.readFaults().then(setFaults, messages.showError);
    control.readScenarios().then((known) => setScenarios([undisturbed, ...known]), messages.showError);
  }, [messages]);
  React.useEffect(() => {
    control.readNetwork().then(setConditions, messages.showError);
  }, [messages, faultHits]);

  if (!conditions) return null;
  const change = (part: Partial<NetworkConditions>): void => {
    const changed = { ...conditions, ...part };
    setConditions(changed);
    run(() => control.writeNetwork(changed));
  };
  const scenario = scenarios.find((one) => isSame(one.conditions, conditions));
  return (
    <>
      <section className="controls" aria-label="Network">
        <label className="wide">
          <span>Scenario</span>
          <select
            value={scenario?.name ?? ''}
            onChange={({ target }) => {
              const chosen = scenarios.find(({ name }) => name === target.value);
              if (chosen) change(chosen.conditions);
            }}
          >
            {!scenario && <option value="">as set below</option>}
            {scenarios.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {scenario && <p className="wide">{scenario.description}</p>}
        <label>
          <span>Latency</span>
          <select
            value={conditions.latencyMs}
            onChange={({ target }) => change({ latencyMs: Number(target.value) })}
          >
            {withPresent(latencies, conditions.latencyMs).map((latencyMs) => (
              <option key={latencyMs} value={latencyMs}>
                {latencyMs} ms
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Bandwidth</span>
          <select
            value={String(conditions.bytesPerSecond)}
            onChange={({ target }) =>
              change({ bytesPerSecond: target.value === 'null' ? null : Number(target.value) })
            }
          >
            {bandwidths.map(({ label, bytesPerSecond }) => (
              <option key={label} value={String(bytesPerSecond)}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <TroubleControls conditions={conditions} onChange={change} />
      </section>
      <FaultList
        faults={faults}
        active={conditions.faults}
        onChange={(active) => change({ faults: active })}
      />
    </>
  );
}

interface TroubleControlsProps {
  conditions: NetworkConditions;
  onChange: (change: Partial<NetworkConditions>) => void;
}

/** Share of random faults, and their seed. */
function TroubleControls({ conditions, onChange }: TroubleControlsProps) {
  const { rate, seed, ...others } = conditions.trouble ?? { rate: 0, seed: 1 };
  return (
    <>
      <label>
        <span>Trouble at random</span>
        <select
          value={rate}
          onChange={({ target }) => {
            const changed = Number(target.value);
            onChange({ trouble: changed === 0 ? null : { ...others, rate: changed, seed } });
          }}
        >
          {withPresent(rates, rate).map((share) => (
            <option key={share} value={share}>
              {share === 0 ? 'none' : `${Math.round(share * 100)} % of requests`}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Seed</span>
        <input
          type="number"
          step={1}
          value={seed}
          disabled={rate === 0}
          onChange={({ target }) => {
            if (Number.isInteger(target.valueAsNumber))
              onChange({ trouble: { ...others, rate, seed: target.valueAsNumber } });
          }}
        />
      </label>
    </>
  );
}

/** Whether the network is as the scenario has it, whatever the seed. With faults of the list on top it is none of them. */
function isSame(scenario: NetworkConditions, present: NetworkConditions): boolean {
  const withoutSeed = ({ latencyMs, bytesPerSecond, trouble }: NetworkConditions): string =>
    JSON.stringify([latencyMs, bytesPerSecond, trouble?.rate, trouble?.faults]);
  return present.faults.length === 0 && withoutSeed(scenario) === withoutSeed(present);
}

/** Choices, including a current value set by a test. */
function withPresent(choices: number[], present: number): number[] {
  return choices.includes(present) ? choices : [...choices, present].sort((one, other) => one - other);
}
