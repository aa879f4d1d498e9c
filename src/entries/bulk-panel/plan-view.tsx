import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatBytes } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { DropZone, useFilePicker } from '../../ui/drop-zone';
import { FolderIcon } from '../../ui/icons';
import { useLazy } from '../../ui/hooks';
import { useKeptFocus } from '../../ui/use-focus';
import { FilesList } from './files-list';
import { InterruptedPlace } from './interrupted-place';
import { ItemsList } from './items-list';
import { MappingChoice } from './mapping-choice';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';
import { pairsBy } from './panel-state';
import { PlanFooter } from './plan-footer';
import { PanelChecksPlace, RejectedFiles } from './refused-files';
import { WorkItemsPart } from './work-items-part';

const loadRelated = () => import(/* webpackChunkName: "related-items" */ './related-items');

/** The plan by work item or by file; only the work items before there are files. */
function PlanLists(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const { plan, items, files, mapping } = state;
  const [chosen, choose] = React.useState<'items' | 'files'>();
  // Where each file has its own work item, files without one come first.
  const wanted = chosen ?? (mapping === 'all' ? 'items' : 'files');
  const shown = files.length > 0 ? wanted : 'items';
  const pairs = React.useMemo(() => pairsBy(plan), [plan]);
  const unmatched = plan.unmatched.length;
  return (
    <section aria-label={t('Plan')}>
      {files.length > 0 && (
        <div className="tabs" role="group" aria-label={t('Show the plan')}>
          <button type="button" aria-pressed={shown === 'items'} onClick={() => choose('items')}>
            {t('By work item ({count, number})', { count: items.length })}
          </button>
          <button type="button" aria-pressed={shown === 'files'} onClick={() => choose('files')}>
            {unmatched > 0
              ? t('By file ({count, number}) · {unmatched, number} unassigned', {
                  count: files.length,
                  unmatched,
                })
              : t('By file ({count, number})', { count: files.length })}
          </button>
        </div>
      )}
      {shown === 'items' ? (
        <ItemsList state={state} session={session} pairs={pairs} />
      ) : (
        <FilesList state={state} session={session} pairs={pairs} />
      )}
    </section>
  );
}

/** The plan: files, work items and their mapping, before anything is sent. */
export function PlanView(props: {
  state: PanelState;
  isTarget: boolean;
  session: PanelSession;
}): React.JSX.Element {
  const { state, isTarget, session } = props;
  const { files, items } = state;
  const { module: related } = useLazy(loadRelated, state.related !== undefined);
  const zone = React.useRef<HTMLButtonElement>(null);
  const container = useKeptFocus(() => zone.current);
  const { input, browse } = useFilePicker(session.attachPicked);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);

  return (
    <div className="panel" ref={container} data-scrolls="">
      <div className="panel-body">
        <InterruptedPlace isLost={state.isLost} session={session} />
        <section aria-label={t('Files')} className={files.length > 0 ? 'panel-files' : undefined}>
          <h2 className="for-screen-readers" data-takes-focus="" tabIndex={-1}>
            {t('Plan')}
          </h2>
          <DropZone ref={zone} isTarget={isTarget} onBrowse={() => browse('files')} />
          {input}
          <div className="panel-facts">
            <span className="quiet">
              {files.length > 0
                ? t('{count, plural, one {# file} other {# files}}, {size}', {
                    count: files.length,
                    size: formatBytes(bytes),
                  })
                : t('No files yet')}
            </span>
            <span className="panel-buttons">
              {files.length > 0 && (
                <Button
                  className="text-button"
                  subtle={true}
                  text={t('Remove all files')}
                  onClick={() => session.removeFiles(files.map(({ id }) => id))}
                />
              )}
              <Button
                className="text-button"
                subtle={true}
                text={t('Attach a folder')}
                iconProps={{ render: () => <FolderIcon /> }}
                onClick={() => browse('folder')}
              />
            </span>
          </div>
          <RejectedFiles state={state} session={session} />
          <PanelChecksPlace session={session} />
        </section>
        {related && <related.RelatedItems state={state} session={session} />}
        <WorkItemsPart state={state} session={session} />
        {files.length > 0 && items.length > 0 && <MappingChoice state={state} session={session} />}
        {items.length > 0 && <PlanLists state={state} session={session} />}
      </div>
      <PlanFooter state={state} session={session} />
    </div>
  );
}
