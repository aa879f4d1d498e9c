import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { readComment } from '../../../upload/intake/folder-mark';
import { findVolumeSets } from '../../../upload/volumes/volume-sets';
import type { CheckedPlan } from '../clean-up/check-plan';
import type { CleanUpState } from '../clean-up/clean-up';
import { reportOf } from '../clean-up/clean-up-run';
import { LeftOutList, StepButtons } from './dialog-parts';
import { RefusedFiles } from './removal-result';

/** Returns the number of split files whose parts are removed. */
function countSplitFiles({ entries }: CheckedPlan): number {
  const candidates = entries.map(({ linkable }) => ({ ...linkable, ...readComment(linkable.comment) }));
  return findVolumeSets(candidates).sets.length;
}

/** Question before a removal: what it does, and what Azure DevOps sends. */
export function RemovalQuestion(props: {
  checked: CheckedPlan;
  isQuiet: CleanUpState['isQuiet'];
  /** Files of the plan that are in texts. */
  inTexts: number;
  /** The files. */
  children?: React.ReactNode;
  /** Further buttons. */
  buttons?: React.ReactNode;
  /** Default: Cancel, or Close if no file can be removed. */
  cancelText?: string;
  removeText: string;
  onRemove: () => void;
  onCancel: () => void;
}): React.JSX.Element {
  const { checked, isQuiet, inTexts, children, buttons } = props;
  const { removeText, onRemove, onCancel } = props;
  const { open, gone } = reportOf(checked);
  const splitFiles = countSplitFiles(checked);
  const { unsafe = [] } = checked;
  const { cancelText = open.files > 0 ? t('Cancel') : t('Close') } = props;
  return (
    <>
      {open.files > 0 ? (
        <>
          <p>
            <strong>
              {t(
                '{files, plural, one {# file, {size}} other {# files, {size}}}, on {items, plural, one {# work item} other {# work items}}',
                { files: open.files, size: formatBytes(open.bytes), items: open.items },
              )}
            </strong>
          </p>
          {children}
          <p>
            {t(
              'Removing a file frees its space after 28 days: until then, it can be restored. A file that another work item uses stays.',
            )}
          </p>
          <p>
            {t('You can undo the removal here, and later with “Earlier removals…” in the menu of the hub.')}
          </p>
          {splitFiles > 0 && (
            <p>
              {t(
                '{count, plural, one {The parts of # split file are counted as files, and removed together.} other {The parts of # split files are counted as files, and removed together.}}',
                { count: splitFiles },
              )}
            </p>
          )}
          {inTexts > 0 && (
            <p>
              {t(
                '{count, plural, one {# file is shown in a text of its work item, and might be missing there later.} other {# files are shown in texts of their work items, and might be missing there later.}}',
                { count: inTexts },
              )}
            </p>
          )}
          <p>{describeNotifications(isQuiet, open.items)}</p>
        </>
      ) : (
        <>
          <p role="status">{t('None of these files can be removed.')}</p>
          {children}
        </>
      )}
      {gone.files > 0 && (
        <p className="quiet">
          {t('{count, plural, one {# file was removed already.} other {# files were removed already.}}', {
            count: gone.files,
          })}
        </p>
      )}
      <RefusedFiles run={checked} kinds={['refused', 'changed']} />
      <LeftOutList
        title={t('{count, plural, one {Not removed:} other {Not removed (#):}}', { count: unsafe.length })}
        files={unsafe.map(({ name, item }) => ({
          ...{ name, workItemId: item.id },
          reason: t("The oldest file with this content is gone or can't be read."),
        }))}
      />
      <StepButtons>
        <Button text={cancelText} onClick={onCancel} />
        {buttons}
        {open.files > 0 && <Button primary={true} text={removeText} onClick={onRemove} />}
      </StepButtons>
    </>
  );
}

/**
 * Tells what Azure DevOps sends about a change of work items.
 *
 * @param isQuiet Whether notifications are suppressed; `undefined` if the server has not told.
 */
function describeNotifications(isQuiet: boolean | undefined, items: number): string {
  if (isQuiet) return t('Azure DevOps sends no notifications about this.');
  const count = { count: items };
  return isQuiet === undefined
    ? t(
        '{count, plural, one {# work item changes, so Azure DevOps might send notifications.} other {# work items change, so Azure DevOps might send notifications.}}',
        count,
      )
    : t(
        "{count, plural, one {About # mail will be sent: you don't have permission to turn off notifications.} other {About # mails will be sent, one for each work item: you don't have permission to turn off notifications.}}",
        count,
      );
}
