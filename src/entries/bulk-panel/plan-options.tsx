import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import type { DuplicatePolicy } from '../../bulk/plan/plan';
import { ChevronIcon } from '../../ui/icons';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';
import { asksForComments, duplicatesOf } from './panel-state';

const POLICIES: readonly { readonly policy: DuplicatePolicy; readonly textOf: () => string }[] = [
  { policy: 'skip', textOf: () => t('Skip if the size is the same') },
  { policy: 'skip-name', textOf: () => t('Skip') },
  { policy: 'keep-both', textOf: () => t('Keep both') },
  { policy: 'replace', textOf: () => t('Replace') },
];

/** Options of the whole plan, folded unless one is in use. */
export function PlanOptions(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const { all } = duplicatesOf(state);
  const isRequired = asksForComments(state);
  const [toggled, setToggled] = React.useState<boolean>();
  const isOpen = toggled ?? (state.comment !== '' || isRequired || all !== 'skip');
  return (
    <div className="plan-options">
      <button
        type="button"
        className="fold-button"
        aria-expanded={isOpen}
        onClick={() => setToggled(!isOpen)}
      >
        <ChevronIcon open={isOpen} />
        {t('Options')}
      </button>
      {isOpen && (
        <div className="panel-options">
          <label className="field-block">
            {t('Comment for all files')}
            <input
              type="text"
              className="field"
              value={state.comment}
              maxLength={MAX_COMMENT_LENGTH}
              autoComplete="off"
              aria-required={isRequired}
              onChange={({ target }) => session.setComment(target.value)}
            />
          </label>
          <label className="field-block">
            {t('If the file name already exists')}
            <PolicySelect policy={all} onChange={(policy) => session.setDuplicates(policy)} />
          </label>
        </div>
      )}
    </div>
  );
}

/** Choice for files with an existing name. */
export function PolicySelect(props: {
  policy: DuplicatePolicy;
  onChange: (policy: DuplicatePolicy) => void;
}): React.JSX.Element {
  return (
    <select
      className="field"
      value={props.policy}
      onChange={({ target }) => props.onChange(target.value as DuplicatePolicy)}
    >
      {POLICIES.map(({ policy, textOf }) => (
        <option key={policy} value={policy}>
          {textOf()}
        </option>
      ))}
    </select>
  );
}
