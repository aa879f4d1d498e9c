import * as React from 'react';
import { operations, type ActiveFault, type FaultDescription, type Operation } from '../../../contract';

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

interface FaultListProps {
  faults: FaultDescription[];
  active: ActiveFault[];
  onChange: (active: ActiveFault[]) => void;
}

/** Every fault, to be switched on for so many requests of a kind. */
export function FaultList({ faults, active, onChange }: FaultListProps) {
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
