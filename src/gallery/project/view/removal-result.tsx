import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { describeError } from '../../../upload/messages/problems';
import type { CleanUpWork } from '../actions/page-clean-up';
import type { CleanUpRun, EntryOutcome } from '../clean-up/clean-up-run';
import { reportOf } from '../clean-up/clean-up-run';
import type { KeptFile } from '../clean-up/plan-clean-up';
import { toCsv } from '../clean-up/run-csv';
import type { SaveFile } from './csv-button';
import { CsvButton } from './csv-button';
import { LeftOutList, StepButtons } from './dialog-parts';

/** Result of a removal or restoration. */
export function RemovalResult(props: {
  run: CleanUpRun;
  isRestored: boolean;
  work: CleanUpWork;
  kept?: readonly KeptFile[];
  /** Whether the run is of an earlier time: it is restored rather than undone. */
  isEarlier?: boolean;
  save: SaveFile;
  onClose: () => void;
}): React.JSX.Element {
  const { run, isRestored, work, kept, isEarlier, save, onClose } = props;
  const report = reportOf(run);
  const { removed, restored, gone } = report;
  const canRestore = removed.files + report['not-restored'].files > 0;
  return (
    <>
      <p role="status">
        {isRestored
          ? t('{count, plural, one {# file restored.} other {# files restored.}}', { count: restored.files })
          : describeRemoval(removed)}
      </p>
      {gone.files > 0 && (
        <p className="quiet">
          {t('{count, plural, one {# file was removed already.} other {# files were removed already.}}', {
            count: gone.files,
          })}
        </p>
      )}
      <RefusedFiles run={run} kinds={isRestored ? ['not-restored'] : ['refused', 'changed']} />
      <StepButtons>
        <CsvButton
          text={t('Download report (CSV)')}
          name="removed-files.csv"
          write={() => toCsv(run, kept)}
          save={save}
        />
        {canRestore && (
          <Button
            text={isRestored ? t('Retry') : isEarlier ? t('Restore') : t('Undo')}
            onClick={() => void work.cleanUp.restore()}
          />
        )}
        <Button primary={true} text={t('Close')} onClick={onClose} />
      </StepButtons>
    </>
  );
}

function describeRemoval({ files, bytes }: ReturnType<typeof reportOf>['removed']): string {
  if (files === 0) return t('No files were removed.');
  return t(
    '{count, plural, one {# file removed. {size} become free after 28 days.} other {# files removed. {size} become free after 28 days.}}',
    { count: files, size: formatBytes(bytes) },
  );
}

/** Files that were kept, or stay removed, with the reasons. */
export function RefusedFiles(props: {
  run: Pick<CleanUpRun, 'entries' | 'outcomes'>;
  kinds: readonly EntryOutcome['kind'][];
}): React.JSX.Element {
  const { run, kinds } = props;
  const files = run.entries.flatMap(({ linkable, workItemId }, index) => {
    const outcome = run.outcomes[index];
    if (!outcome || !kinds.includes(outcome.kind)) return [];
    const problem = 'problem' in outcome ? outcome.problem : undefined;
    const reason = problem ? describeError(problem) : t('The work item changed meanwhile.');
    return [{ name: linkable.name, workItemId, reason }];
  });
  const count = files.length;
  return (
    <LeftOutList
      title={
        kinds.includes('refused')
          ? t('{count, plural, one {Not removed:} other {Not removed (#):}}', { count })
          : t('{count, plural, one {Not restored:} other {Not restored (#):}}', { count })
      }
      files={files}
    />
  );
}
