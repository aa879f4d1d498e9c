import * as React from 'react';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import type { RuleEstimate } from '../actions/rule-estimate';
import type { RuleForm } from '../actions/rule-form';
import { isSizeValid } from '../actions/rule-form';
import { describeFound } from './hub-sentences';

interface FieldsProps {
  readonly form: RuleForm;
  readonly estimate: RuleEstimate;
  /** Current search; empty without one. */
  readonly frame: string;
  readonly onChange: (facts: Partial<RuleForm>) => void;
}

/** Ages to choose from, in months. */
const AGES = [3, 6, 12, 24, 36, 60] as const;

/** Fields for the rules of a clean-up. */
export function RuleFields(props: FieldsProps): React.JSX.Element {
  const { form, estimate, frame, onChange } = props;
  const check = (name: RuleSwitch, label: string): React.JSX.Element => (
    <label>
      <input
        type="checkbox"
        checked={form[name]}
        onChange={({ target }) => onChange({ [name]: target.checked })}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <>
      {frame.trim() !== '' && (
        <div className="hub-choices">
          {check('isInSearch', t('Only files of the current search: {search}', { search: frame.trim() }))}
        </div>
      )}
      <div className="hub-rule-row">
        <AgeField form={form} onChange={onChange} />
        <SizeField form={form} onChange={onChange} />
      </div>
      <div className="hub-choices" role="group" aria-label={t('Only files that')}>
        {check('isOnClosed', t('On closed work items'))}
        {check('isDuplicate', t('Copies of other files: the oldest of equal files stays'))}
      </div>
      <TypeField form={form} types={estimate.types} onChange={onChange} />
      <div className="hub-choices">
        {check('includesFilesInTexts', t('Also files shown in texts of work items'))}
      </div>
    </>
  );
}

type RuleSwitch = 'isInSearch' | 'isOnClosed' | 'isDuplicate' | 'includesFilesInTexts';

type FieldProps = Pick<FieldsProps, 'form' | 'onChange'>;

function AgeField({ form, onChange }: FieldProps): React.JSX.Element {
  return (
    <div className="field-block">
      <label className="field-block">
        <span className="field-label">{t('Attached')}</span>
        <select
          className="field"
          value={String(form.age)}
          onChange={({ target: { value } }) =>
            onChange({ age: value === 'any' || value === 'date' ? value : Number(value) })
          }
        >
          <option value="any">{t('At any time')}</option>
          {AGES.map((months) => (
            <option key={months} value={months}>
              {describeAge(months)}
            </option>
          ))}
          <option value="date">{t('Before a date')}</option>
        </select>
      </label>
      {form.age === 'date' && (
        <input
          className="field"
          type="date"
          aria-label={t('Before this date')}
          value={form.date}
          onChange={({ target }) => onChange({ date: target.value })}
        />
      )}
    </div>
  );
}

function describeAge(months: number): string {
  return months < 12
    ? t('{count, plural, one {More than # month ago} other {More than # months ago}}', { count: months })
    : t('{count, plural, one {More than # year ago} other {More than # years ago}}', { count: months / 12 });
}

function SizeField({ form, onChange }: FieldProps): React.JSX.Element {
  const isValid = isSizeValid(form);
  return (
    <label className="field-block">
      <span className="field-label">{t('Larger than (MB)')}</span>
      <input
        className="field"
        inputMode="decimal"
        placeholder={t('Any size')}
        aria-invalid={!isValid}
        value={form.largerThan}
        onChange={({ target }) => onChange({ largerThan: target.value })}
      />
      {!isValid && (
        <span className="field-error" role="alert">
          {t('Write a number, such as 10 or 0.5.')}
        </span>
      )}
    </label>
  );
}

function TypeField(props: FieldProps & { types: RuleEstimate['types'] }): React.JSX.Element | null {
  const { form, types, onChange } = props;
  function choose(type: string, isChosen: boolean): void {
    const chosen = new Set(form.types);
    if (isChosen) chosen.add(type);
    else chosen.delete(type);
    onChange({ types: chosen });
  }
  // A chosen type without files can be taken back.
  const gone = [...form.types].filter((type) => types.every((each) => each.type !== type));
  const all = [...types, ...gone.map((type) => ({ type, label: type, count: 0, bytes: 0 }))];
  if (all.length === 0) return null;
  return (
    <fieldset className="hub-choices">
      <legend>{t('Only these types')}</legend>
      <div className="hub-types">
        {all.map(({ type, label, count, bytes }) => (
          <label key={type}>
            <input
              type="checkbox"
              checked={form.types.has(type)}
              onChange={({ target }) => choose(type, target.checked)}
            />
            <span>
              <bdi>{label || t('No file type')}</bdi>{' '}
              <span className="quiet">{describeFound({ count, bytes })}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** `1,234 files match, 3.4 GB.`, and what it leaves out. */
export function describeEstimate(form: RuleForm, { chosen, isCounting }: RuleEstimate): string {
  if (!chosen) return isCounting ? t('Counting…') : t('Choose at least one rule.');
  const { files, bytes, inTexts } = chosen;
  const values = { count: files, size: formatBytes(bytes) };
  const words = form.isDuplicate
    ? t(
        '{count, plural, one {At most # file matches, {size}. The dry run compares the contents.} other {At most # files match, {size}. The dry run compares the contents.}}',
        values,
      )
    : t('{count, plural, one {# file matches, {size}.} other {# files match, {size}.}}', values);
  const keptWords =
    inTexts > 0 &&
    t('{count, plural, one {# file in a text stays.} other {# files in texts stay.}}', { count: inTexts });
  return [words, keptWords].filter(Boolean).join(' ');
}
