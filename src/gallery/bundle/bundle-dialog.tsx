import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { Dialog } from '../../ui/dialog';
import { describeError } from '../../upload/messages/problems';
import type { GallerySession } from '../gallery-session';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import { describePlan } from './bundle-sentences';
import type { Bundler } from './bundler';

/** Props of `BundleDialog`. */
export interface BundleDialogProps {
  /** Files to bundle. Default: as many of the oldest ones as the person chooses. */
  readonly files?: readonly AttachedFile[];
  readonly session: Pick<GallerySession, 'loadBundler' | 'getSnapshot'>;
  readonly onClose: () => void;
}

/** Shows how attachments will be bundled, and starts it. */
export function BundleDialog({ files: chosen, session, onClose }: BundleDialogProps): React.JSX.Element {
  const { bundler, candidates, problem, retry } = useCandidates(session);
  const [typed, setTyped] = React.useState<string>();
  const buttons = React.useRef<HTMLDivElement>(null);
  const keys = chosen && new Set(chosen.map(keyOfFile));
  const possible = candidates?.filter((file) => !keys || keys.has(keyOfFile(file))) ?? [];
  const count = typed === undefined ? defaultCount(possible) : Math.max(0, Number(typed));
  const plan = bundler?.plan(keys ? possible : possible.slice(0, count));
  const canStart = plan !== undefined && plan.archives.length > 0;
  const { workItemId, files: attached = [] } = session.getSnapshot();
  const total = attached.filter((file) => file.workItemId === workItemId).length;

  React.useEffect(() => {
    if (chosen) buttons.current?.querySelector<HTMLElement>('button:last-child')?.focus();
  }, [chosen]);

  function start(): void {
    if (!canStart || !bundler) return;
    onClose();
    void bundler.start(plan.archives);
  }

  return (
    <Dialog title={chosen ? t('Bundle files') : t('Bundle old attachments')} onClose={onClose}>
      <p>
        {t(
          'The files move into a zip on this work item. Stapler reads the zip back and compares it before it removes a file. You can undo this.',
        )}
      </p>
      {!chosen && (
        <label className="field-block">
          <span className="field-label">{t('Number of files, oldest first')}</span>
          <input
            className="field"
            type="number"
            min={2}
            max={Math.max(2, possible.length)}
            disabled={possible.length === 0}
            value={typed ?? String(count)}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              start();
            }}
          />
        </label>
      )}
      {problem ? (
        <p className="field-error" role="alert">
          {describeError(problem)}
        </p>
      ) : (
        <p className="quiet" role="status">
          {plan && candidates ? describePlan(plan, total) : t('Reading the texts of the work item…')}
        </p>
      )}
      <p className="quiet">{t('Files in texts and split files stay as they are.')}</p>
      <div ref={buttons} className="dialog-buttons">
        <Button text={t('Cancel')} onClick={onClose} />
        {problem ? (
          <Button primary={true} text={t('Retry')} onClick={retry} />
        ) : (
          <Button primary={true} disabled={!canStart} text={t('Bundle')} onClick={start} />
        )}
      </div>
    </Dialog>
  );
}

/** Half of the files: those in use tend to be the newer ones. */
function defaultCount({ length }: readonly AttachedFile[]): number {
  return Math.min(length, Math.max(2, Math.floor(length / 2)));
}

/** Reading of the files that can be bundled. */
interface Reading {
  readonly bundler?: Bundler;
  readonly candidates?: readonly AttachedFile[];
  readonly problem?: Problem;
}

function useCandidates(session: BundleDialogProps['session']): Reading & { readonly retry: () => void } {
  const [reading, setReading] = React.useState<Reading>({});
  const [attempt, retry] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    let isWanted = true;
    async function read(): Promise<Reading> {
      try {
        const bundler = await session.loadBundler();
        return { bundler, candidates: await bundler.readCandidates() };
      } catch (error) {
        return { problem: toProblem(error) };
      }
    }
    setReading({});
    void read().then((result) => {
      if (isWanted) setReading(result);
    });
    return () => {
      isWanted = false;
    };
  }, [session, attempt]);
  return { ...reading, retry };
}
