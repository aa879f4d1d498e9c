import * as React from 'react';
import {
  operations,
  type ActiveFault,
  type FaultDescription,
  type NetworkConditions,
  type Operation,
} from '../../../contract';
import { control } from '../control';
import { useHostPage, useTask } from '../host-page';

const latencies = [0, 40, 200, 1000];
const bytesPerMegabit = 125_000;
const bandwidths = [null, 50, 10, 1].map((megabits) => ({
  label: megabits === null ? 'unlimited' : `${megabits} Mbit/s`,
  bytesPerSecond: megabits === null ? null : megabits * bytesPerMegabit,
}));

const operationLabels: Record<Operation, string> = {
  simple: 'simple upload',
  register: 'register',
  'first-chunk': 'first chunk',
  'middle-chunk': 'middle chunk',
  'last-chunk': 'last chunk',
  download: 'download',
  link: 'link',
  batch: 'batch',
  read: 'read',
};

/**
 * Latency, bandwidth and faults of the REST origin.
 *
 * @param faultHits - how many requests were hit; each hit counts a fault down at the other end
 */
export function NetworkControls({ faultHits }: { faultHits: number }) {
  const { messages } = useHostPage();
  const run = useTask();
  const [conditions, setConditions] = React.useState<NetworkConditions>();
  const [faults, setFaults] = React.useState<FaultDescription[]>([]);

  React.useEffect(() => {
    control.readFaults().then(setFaults, messages.showError);
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
  return (
    <>
      <section className="controls" aria-label="Network">
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
      </section>
      <FaultList
        faults={faults}
        active={conditions.faults}
        onChange={(active) => change({ faults: active })}
      />
    </>
  );
}

interface FaultListProps {
  faults: FaultDescription[];
  active: ActiveFault[];
  onChange: (active: ActiveFault[]) => void;
}

function FaultList({ faults, active, onChange }: FaultListProps) {
  const [count, setCount] = React.useState('');
  const [at, setAt] = React.useState<Operation>();
  const toggle = (name: string, on: boolean): void => {
    const others = active.filter((fault) => fault.name !== name);
    const added = { name, remaining: count === '' ? null : Number(count), ...(at && { at }) };
    onChange(on ? [...others, added] : others);
  };
  return (
    <details className="choices">
      <summary>
        Faults
        {active.length > 0 && <em> {active.length} on</em>}
      </summary>
      <div className="controls">
        <label>
          <span>Requests to hit</span>
          <select
            value={at ?? ''}
            onChange={({ target }) => setAt(operations.find((operation) => operation === target.value))}
          >
            <option value="">any request</option>
            {operations.map((operation) => (
              <option key={operation} value={operation}>
                {operationLabels[operation]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>How many of them</span>
          <input
            type="number"
            min={1}
            placeholder="all"
            value={count}
            onChange={({ target }) => setCount(target.value)}
          />
        </label>
      </div>
      {withUnlisted(faults, active).map(({ name, description, operations: places }) => {
        const fault = active.find((one) => one.name === name);
        return (
          <label key={name} className="check">
            <input
              type="checkbox"
              name={name}
              checked={fault !== undefined}
              disabled={fault === undefined && at !== undefined && !places.includes(at)}
              onChange={({ target }) => toggle(name, target.checked)}
            />
            <span>
              <b>{name}</b> {description}
              {fault && <em> {aimOf(fault)}</em>}
            </span>
          </label>
        );
      })}
    </details>
  );
}

function aimOf({ remaining, at }: ActiveFault): string {
  return `${remaining === null ? 'on' : `${remaining} left`}, ${at ? operationLabels[at] : 'any request'}`;
}

/** A test may have switched a fault on by one of its short names, and it must be possible to switch it off. */
function withUnlisted(faults: FaultDescription[], active: ActiveFault[]): FaultDescription[] {
  const unlisted = active.filter(({ name }) => faults.every((fault) => fault.name !== name));
  return [...faults, ...unlisted.map(({ name }) => ({ name, description: '', operations }))];
}

/** The choices, and the present value where a test has set another. */
function withPresent(choices: number[], present: number): number[] {
  return choices.includes(present) ? choices : [...choices, present].sort((one, other) => one - other);
}
