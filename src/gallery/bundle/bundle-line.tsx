import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatPercent } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { ProgressBar } from '../../ui/progress-bar';
import type { LazyCommands } from '../changes/lazy-commands';
import { UndoLine } from '../changes/undo-line';
import type { GalleryState } from '../gallery-state';
import { describeBundled, describeStep } from './bundle-sentences';
import type { Bundler } from './bundler';

/** Progress of bundling attachments, or the last result with a button to undo it. */
export function BundleLine(props: {
  state: Pick<GalleryState, 'workItemId'>;
  session: Pick<LazyCommands, 'bundling' | 'loadBundler'>;
}): React.JSX.Element | null {
  const { state, session } = props;
  const bundling = useStore(session.bundling);
  if (bundling?.workItemId !== state.workItemId) return null;
  // Loaded already: it has made the state.
  const act = (command: (bundler: Bundler) => unknown) => (): void =>
    void session.loadBundler().then(command, () => undefined);
  const { running, bundled, undoing } = bundling;
  if (running) {
    const percent = Math.floor(100 * running.part);
    const text = describeStep(running);
    return (
      <div className="gallery-job note" data-keeps-focus="">
        <div className="gallery-job-progress">
          <div className="gallery-job-words">
            <span>{text}</span>
            <span className="quiet">{formatPercent(percent)}</span>
          </div>
          <ProgressBar label={t('Bundling attachments')} percent={percent} valueText={text} />
        </div>
        <Button
          className="text-button"
          subtle={true}
          text={t('Cancel')}
          onClick={act((bundler) => bundler.cancel())}
        />
      </div>
    );
  }
  return (
    <UndoLine
      text={describeBundled(bundled)}
      undoing={undoing}
      onUndo={act((bundler) => bundler.undo())}
      onDismiss={act((bundler) => bundler.dismiss())}
    />
  );
}
