import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { FormatName } from './rule-values';
import { VALUE_FORMATS } from './rule-values';

/** A member of the policy in the form. */
export interface RuleFieldProps {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: unknown;
  /** Faults of the member, as sentences. */
  readonly faults: readonly string[];
  readonly isDisabled: boolean;
  /** `undefined` removes the member. */
  readonly onChange: (value: unknown) => void;
}

/** A text, a number or a list. */
export function TextRule(props: RuleFieldProps & { format: FormatName }): React.JSX.Element {
  const { id, value, faults, isDisabled, onChange, format, hint } = props;
  const { show, read } = VALUE_FORMATS[format];
  // The value can be written in several ways: while it is typed, the field keeps the one that the user has chosen.
  const [typed, setTyped] = React.useState<string>();
  return (
    <FieldFrame {...props}>
      <input
        id={id}
        className="field"
        type="text"
        inputMode={format === 'count' ? 'numeric' : format === 'size' ? 'decimal' : undefined}
        autoComplete="off"
        spellCheck={format === 'text'}
        disabled={isDisabled}
        aria-invalid={faults.length > 0}
        aria-describedby={describedBy(id, hint, faults)}
        value={typed ?? show(value)}
        onChange={({ target }) => {
          setTyped(target.value);
          onChange(read(target.value));
        }}
        onBlur={() => setTyped(undefined)}
      />
    </FieldFrame>
  );
}

/** One of several values, or none. */
export function ChoiceRule(
  props: RuleFieldProps & { choices: readonly (readonly [value: string | boolean, label: string])[] },
): React.JSX.Element {
  const { id, value, faults, isDisabled, onChange, choices, hint } = props;
  const index = choices.findIndex(([choice]) => choice === value);
  const isOther = index < 0 && value !== undefined;
  return (
    <FieldFrame {...props}>
      <select
        id={id}
        className="field"
        disabled={isDisabled}
        aria-invalid={faults.length > 0}
        aria-describedby={describedBy(id, hint, faults)}
        value={isOther ? 'other' : String(index)}
        onChange={({ target }) => onChange(choices[Number(target.value)]?.[0])}
      >
        <option value="-1">{t('Not set')}</option>
        {choices.map(([, label], at) => (
          <option key={label} value={String(at)}>
            {label}
          </option>
        ))}
        {isOther && <option value="other">{JSON.stringify(value)}</option>}
      </select>
    </FieldFrame>
  );
}

function FieldFrame(props: RuleFieldProps & { children: React.ReactNode }): React.JSX.Element {
  const { id, label, hint, faults, children } = props;
  return (
    <div className="field-block">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <span id={`${id}-hint`} className="quiet">
          {hint}
        </span>
      )}
      {faults.length > 0 && (
        <span id={`${id}-fault`} className="field-error">
          {faults.join(' ')}
        </span>
      )}
    </div>
  );
}

function describedBy(id: string, hint: string | undefined, faults: readonly string[]): string | undefined {
  const ids = [hint !== undefined && `${id}-hint`, faults.length > 0 && `${id}-fault`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
