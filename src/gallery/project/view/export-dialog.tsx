import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatAmount, formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { CopyButton, ManualCopy } from '../../../ui/copy-button';
import { useStore } from '../../../ui/hooks';
import { describeError } from '../../../upload/messages/problems';
import type { ExportState, VolumeFacts } from '../../export/export-job';
import type { ExportLayout } from '../../export/export-paths';
import type { IncludedFiles } from '../../export/find-sources';
import type { FileExport, FilesToExport } from '../actions/file-export';
import {
  LeftOutList,
  ReadingStep,
  StepButtons,
  StepFailure,
  StepProgress,
  StepsDialog,
} from './dialog-parts';
import { describeFound } from './hub-sentences';

interface ExportProps {
  readonly work: FileExport;
  readonly onClose: () => void;
}

/** Exports chosen files to archives, and tells the command for the same on the command line. */
export function ExportDialog({ work, onClose }: ExportProps): React.JSX.Element {
  const state = useStore(work.reader);
  const job = useStore(work.job);
  const isWorking = job.status !== 'idle' && job.status !== 'done' && job.status !== 'failed';
  return (
    // Escape ends the work first.
    <StepsDialog title={t('Export files')} onClose={isWorking ? work.job.cancel : onClose}>
      {state.status !== 'read' ? (
        <ReadingStep state={state} onRetry={() => void work.open()} onClose={onClose} />
      ) : job.status === 'idle' ? (
        <Choices chosen={state.chosen} work={work} onClose={onClose} />
      ) : (
        <Exporting state={job} work={work} onClose={onClose} />
      )}
    </StepsDialog>
  );
}

const LAYOUTS: readonly (readonly [ExportLayout, () => string])[] = [
  ['folders', () => t('One folder for each work item')],
  ['flat', () => t('All files in one folder')],
];

const INCLUDED: readonly (readonly [IncludedFiles, () => string])[] = [
  ['inline', () => t('Images in texts')],
  ['comments', () => t('Comments')],
  ['removed', () => t('Removed files')],
];

function Choices({ chosen, work, onClose }: ExportProps & { chosen: FilesToExport }): React.JSX.Element {
  const { layout, include, commands } = useStore(work.options);
  return (
    <>
      <p>{describeExport(chosen)}</p>
      <fieldset className="hub-choices">
        <legend>{t('Layout')}</legend>
        {LAYOUTS.map(([name, describe]) => (
          <label key={name}>
            <input
              type="radio"
              name="export-layout"
              checked={layout === name}
              onChange={() => work.choose(name)}
            />
            {describe()}
          </label>
        ))}
      </fieldset>
      <fieldset className="hub-choices">
        <legend>{t('Also from these work items')}</legend>
        {INCLUDED.map(([name, describe]) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={include.has(name)}
              onChange={({ target }) => work.include(name, target.checked)}
            />
            {describe()}
          </label>
        ))}
      </fieldset>
      <Commands commands={commands} maySave={work.maySave} />
      <StepButtons>
        <Button text={t('Cancel')} onClick={onClose} />
        {work.maySave && <Button primary={true} text={t('Export')} onClick={work.start} />}
      </StepButtons>
    </>
  );
}

/** `1,234 files on 56 work items, 3.4 GB, in about 7 archives`. */
function describeExport({ files, byItem, bytes, archives }: FilesToExport): string {
  const size = formatBytes(bytes);
  const words = t(
    '{files, plural, one {# file, {size}} other {# files, {size}}}, on {items, plural, one {# work item} other {# work items}}',
    { files, size, items: byItem.size },
  );
  return archives > 1
    ? `${words} · ${t('about {count, plural, one {# archive} other {# archives}}', { count: archives })}`
    : words;
}

function Commands(props: { commands: readonly string[]; maySave: boolean }): React.JSX.Element | null {
  const { commands, maySave } = props;
  const [refused, setRefused] = React.useState<string>();
  const text = commands.join('\n');
  return (
    <div className="hub-command">
      <p>
        {maySave
          ? t('Larger exports run better from the command line.')
          : t("Files can't be saved here. Export them with the command line instead.")}{' '}
        {commands.length > 0 && t('The command exports all attachments of these work items.')}
      </p>
      {commands.length > 0 && (
        <>
          <pre tabIndex={0} aria-label={t('Command')} dir="ltr">
            {text}
          </pre>
          <div>
            <CopyButton label={t('Copy command')} read={() => text} onResult={setRefused} />
          </div>
        </>
      )}
      {refused !== undefined && <ManualCopy text={refused} />}
    </div>
  );
}

function Exporting(
  props: ExportProps & { state: Exclude<ExportState, { status: 'idle' }> },
): React.JSX.Element {
  const { state, work, onClose } = props;
  const { job } = work;
  switch (state.status) {
    case 'planning':
      return (
        <>
          <StepProgress
            text={t('{done, number} of {total, plural, one {# work item read} other {# work items read}}', {
              done: state.itemsDone,
              total: state.itemsTotal,
            })}
            label={t('Reading work items')}
            {...{ done: state.itemsDone, total: state.itemsTotal }}
          />
          <CancelButton onClick={job.cancel} />
        </>
      );
    case 'waiting':
      return (
        <>
          <p role="status">
            {describeVolume(state)} · {describeFound({ count: state.files, bytes: state.bytes })}
          </p>
          <p className="quiet">{t('Unpack all archives into the same folder.')}</p>
          <StepButtons>
            <Button text={t('Cancel')} onClick={job.cancel} />
            <Button
              primary={true}
              text={state.volume === 1 ? t('Save') : t('Save next')}
              onClick={job.next}
            />
          </StepButtons>
        </>
      );
    case 'packing': {
      const { volumes, bytes, bytesDone } = state;
      const amount = formatAmount(bytesDone, Math.max(bytes, bytesDone));
      return (
        <>
          <StepProgress
            text={volumes > 1 ? `${describeVolume(state)} · ${amount}` : amount}
            label={t('Exporting')}
            {...{ done: bytesDone, total: bytes }}
          />
          <CancelButton onClick={job.cancel} />
        </>
      );
    }
    case 'failed':
      return (
        <>
          <StepFailure text={describeError(state.problem)} />
          <StepButtons>
            <Button text={t('Cancel')} onClick={job.cancel} />
            <Button primary={true} text={t('Retry')} onClick={job.retry} />
          </StepButtons>
        </>
      );
    case 'done':
      return <Result state={state} onClose={onClose} />;
  }
}

/** `Archive 2 of 5`. */
function describeVolume({ volume, volumes }: VolumeFacts): string {
  return t('Archive {volume, number} of {volumes, number}', { volume, volumes });
}

function CancelButton({ onClick }: { onClick: () => void }): React.JSX.Element {
  return (
    <StepButtons>
      <Button text={t('Cancel')} onClick={onClick} />
    </StepButtons>
  );
}

function Result(props: {
  state: Extract<ExportState, { status: 'done' }>;
  onClose: () => void;
}): React.JSX.Element {
  const { files, bytes, notExported } = props.state;
  const [size, count] = [formatBytes(bytes), notExported.length];
  return (
    <>
      <p role="status">
        {t('{files, plural, one {# file exported, {size}.} other {# files exported, {size}.}}', {
          files,
          size,
        })}
      </p>
      <LeftOutList
        title={t('{count, plural, one {Not exported:} other {Not exported (#):}}', { count })}
        files={notExported.map(({ problem, ...file }) => ({ ...file, reason: describeError(problem) }))}
      />
      <StepButtons>
        <Button primary={true} text={t('Close')} onClick={props.onClose} />
      </StepButtons>
    </>
  );
}
