import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { countFiles } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { describeShared } from '../../upload/messages/shared-problems';
import type { Upload, UploadId } from '../../upload/upload';
import { isRetryOffered } from '../../upload/upload-state';
import { CrossIcon, ErrorIcon, IconButton } from '../../ui/icons';
import { RemedyLink } from '../../ui/problem-text';
import type { UploadActions } from '../../ui/upload-actions';
import { bulkActionsFor } from '../../ui/upload-actions';
import './failure-groups.css';

/** Failed uploads with the same cause. */
export interface FailureGroup {
  /** The cause and its remedy. */
  readonly text: string;
  readonly uploads: readonly Upload[];
}

/** Groups failed uploads by what the user would read. A single one keeps its own message. */
export function groupFailures(uploads: readonly Upload[]): readonly FailureGroup[] {
  const groups = new Map<string, Upload[]>();
  for (const upload of uploads) {
    const text = upload.state.status === 'failed' ? describeShared(upload.state.problem) : '';
    if (text) groups.set(text, [...(groups.get(text) ?? []), upload]);
  }
  return [...groups].flatMap(([text, failed]) => (failed.length > 1 ? [{ text, uploads: failed }] : []));
}

/** One message per cause, with its remedy. */
export function FailureNotes(props: {
  groups: readonly FailureGroup[];
  onRetry: (ids: readonly UploadId[]) => void;
  onDismiss: (ids: readonly UploadId[]) => void;
}): React.JSX.Element {
  const { groups, onRetry, onDismiss } = props;
  return (
    <>
      {groups.map(({ text, uploads }) => {
        const ids = uploads.map(({ id }) => id);
        const retryable = uploads.flatMap(({ id, state }) => (isRetryOffered(state) ? [id] : []));
        const isBlocked = uploads.some(({ state }) => state.status === 'failed' && state.problem.isBlocked);
        const name = t('{files} failed', { files: countFiles(ids.length) });
        return (
          <div key={text} className="failure-note" role="group" aria-label={name} data-keeps-focus="">
            <ErrorIcon />
            <span>
              <strong>{name}</strong>
              <br />
              {text}
              {isBlocked && <RemedyLink />}
            </span>
            {retryable.length > 0 && (
              <Button
                text={t('Retry failed ({count, number})', { count: retryable.length })}
                onClick={() => onRetry(retryable)}
              />
            )}
            <IconButton
              label={t('Dismiss failed ({count, number})', { count: ids.length })}
              icon={<CrossIcon />}
              onClick={() => onDismiss(ids)}
            />
          </div>
        );
      })}
    </>
  );
}

/** Buttons for several failed uploads at once; nothing if there are not at least two. */
export function BulkActionsBar(props: {
  uploads: readonly Upload[];
  actions: Pick<UploadActions, 'retry' | 'remove'>;
}): React.JSX.Element | null {
  const { actions } = props;
  const { retry, dismiss } = bulkActionsFor(props.uploads);
  const offers = [
    {
      key: 'retry',
      ids: retry,
      text: t('Retry failed ({count, number})', { count: retry.length }),
      run: actions.retry,
    },
    {
      key: 'dismiss',
      ids: dismiss,
      text: t('Dismiss failed ({count, number})', { count: dismiss.length }),
      run: actions.remove,
    },
  ].filter(({ ids }) => ids.length > 0);
  if (offers.length === 0) return null;
  return (
    <div className="bulk-actions" data-keeps-focus="">
      {offers.map(({ key, ids, text, run }) => (
        <Button key={key} className="text-button" subtle={true} text={text} onClick={() => run(ids)} />
      ))}
    </div>
  );
}
