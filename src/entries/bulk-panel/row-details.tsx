import * as React from 'react';
import type { Problem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { useLazy } from '../../ui/hooks';
import { ChevronIcon } from '../../ui/icons';

const loadFacts = () => import(/* webpackChunkName: "problem-details" */ '../../ui/problem-details-open');

/** Codes and answers of the server for a failure, folded at first. Shows nothing for a failure without any. */
export function RowDetails({ name, problem }: { name: string; problem: Problem }): React.JSX.Element | null {
  const [isOpen, setOpen] = React.useState(false);
  const { module } = useLazy(loadFacts, isOpen);
  if (!problem.serverCode && !problem.status && !problem.serverMessage) return null;
  return (
    <div className="plan-row-details">
      <button
        type="button"
        className="fold-button quiet"
        aria-expanded={isOpen}
        aria-label={t('Details of {name}', { name })}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronIcon open={isOpen} />
        {t('Details')}
      </button>
      {isOpen && module && <module.ProblemFacts problem={problem} />}
    </div>
  );
}
