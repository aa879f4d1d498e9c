import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { ErrorIcon } from '../../ui/icons';
import { describeError, quoteName } from '../../upload/messages/problems';
import { ProgressLine } from '../progress-line';
import { describeUnread } from '../sentences';
import type { ZipJob, ZipState } from './zip-job';
import { describeStoring, describeZip, describeZipProblem, isTooLarge } from './zip-sentences';

/** Props of `ZipStatus`. */
export interface ZipStatusProps {
  readonly state: Exclude<ZipState, { status: 'idle' }>;
  readonly job: ZipJob;
}

/** Progress or result of a zip, with its commands. */
export function ZipStatus({ state, job }: ZipStatusProps): React.JSX.Element {
  const { name, files } = state.order;
  switch (state.status) {
    case 'asking':
      return (
        <>
          <span role="status">{describeStoring()}</span>
          <div className="gallery-buttons">
            <Button className="text-button" text={t('Store zip')} onClick={job.confirm} />
            <Button className="text-button" subtle={true} text={t('Cancel')} onClick={job.cancel} />
          </div>
        </>
      );
    case 'reading':
    case 'storing':
      return <ZipProgress state={state} job={job} />;
    case 'made':
      return (
        <>
          <span role="status">
            {describeZip(
              name,
              files.length - state.leftOut.length,
              files.length,
              state.address !== undefined,
            )}{' '}
            {state.leftOut.map((each, index) => (
              <React.Fragment key={index}>{describeUnread(each.problem, each.name)} </React.Fragment>
            ))}
            {state.problem && describeError(state.problem)}
          </span>
          <div className="gallery-buttons">
            {state.address !== undefined && (
              <Button className="text-button" text={t('Download zip')} onClick={() => void job.open()} />
            )}
            <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={job.cancel} />
          </div>
        </>
      );
    case 'failed':
      return (
        <>
          <ErrorIcon />
          <span role="alert">{describeZipProblem(state.problem, name)}</span>
          <div className="gallery-buttons">
            {!isTooLarge(state.problem) && (
              <Button className="text-button" subtle={true} text={t('Retry')} onClick={job.retry} />
            )}
            <Button className="text-button" subtle={true} text={t('Dismiss')} onClick={job.cancel} />
          </div>
        </>
      );
  }
}

function ZipProgress(props: {
  state: Extract<ZipState, { status: 'reading' | 'storing' }>;
  job: ZipJob;
}): React.JSX.Element {
  const { state, job } = props;
  const { order, bytesDone, bytesTotal, status } = state;
  const describe = (name: string): string =>
    status === 'reading' ? t('Creating {name}…', { name }) : t('Storing {name} on the server…', { name });
  return (
    <ProgressLine
      text={describe(quoteName(order.name))}
      label={describe(order.name)}
      bytesDone={bytesDone}
      bytesTotal={bytesTotal}
      onCancel={job.cancel}
    />
  );
}
