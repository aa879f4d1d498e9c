import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { PolicyPart } from '../../upload/rules/policy/policy';
import type { RuleFieldProps } from './rule-fields';

const PARTS: readonly (readonly [PolicyPart, () => string])[] = [
  ['bulkPanel', () => t('Attach files to many work items')],
  ['previews', () => t('Previews and thumbnails')],
  ['hub', () => t('Attachments hub')],
];

/** Check boxes for the parts of Stapler. A part is on unless its member is `false`. */
export function PartsFields(props: {
  fieldOf: (part: PolicyPart, label: string) => RuleFieldProps;
}): React.JSX.Element {
  return (
    <>
      <p className="quiet settings-parts-note">
        {t('Parts without a check mark are switched off in this project.')}
      </p>
      {PARTS.map(([part, describe]) => (
        <PartField key={part} {...props.fieldOf(part, describe())} />
      ))}
    </>
  );
}

function PartField({ id, label, value, faults, isDisabled, onChange }: RuleFieldProps): React.JSX.Element {
  const isFaulty = faults.length > 0;
  return (
    <div className="settings-part">
      <label className="settings-part-label">
        <input
          type="checkbox"
          disabled={isDisabled}
          aria-invalid={isFaulty}
          aria-describedby={isFaulty ? `${id}-fault` : undefined}
          checked={value !== false}
          // The member is needed only for a part that is off.
          onChange={({ target }) => onChange(target.checked ? undefined : false)}
        />
        {label}
      </label>
      {isFaulty && (
        <span id={`${id}-fault`} className="field-error">
          {faults.join(' ')}
        </span>
      )}
    </div>
  );
}
