import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { LinkTarget } from '../azure/work-item';
import { t } from '../base/i18n/translate';
import type { FileChecks } from '../upload/checks/file-checks';
import { describeProblem } from '../upload/messages/problems';
import { useLazy, useStore } from './hooks';

const loadLines = () => import(/* webpackChunkName: "checks" */ './check-lines');

/** Props of `ChecksPlace`. */
export interface ChecksPlaceProps {
  checks: FileChecks;
  /** Whether the user sees the uploads for a target. */
  isShown: (target: LinkTarget) => boolean;
  labelOf: (workItemId: number) => string;
  onOpen: (workItemId: number) => void;
}

/** Place of the questions and facts about files before their upload. Their code is loaded with the first one. */
export function ChecksPlace(props: ChecksPlaceProps): React.JSX.Element | null {
  const { checks } = props;
  const { checking, held, notes } = useStore(checks);
  const { module, problem, retry } = useLazy(
    loadLines,
    held.length + notes.length > 0 || checking.some(({ isSlow }) => isSlow),
  );
  if (module) return <module.CheckLines {...props} />;
  if (!problem || held.length === 0) return null;
  return (
    <p role="alert">
      {describeProblem(problem, t('The check of files'))}{' '}
      <Button className="text-button" text={t('Retry')} onClick={retry} />
    </p>
  );
}
