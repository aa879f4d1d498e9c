import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { Dialog } from '../../../ui/dialog';
import { helpItems } from '../../../ui/help-items';
import { MoreIcon } from '../../../ui/icons';
import { MenuButton } from '../../../ui/menu-button';
import { useMinute } from '../../list/moment';
import type { HubSession } from '../session/hub-session';
import type { HubState } from '../session/hub-state';
import { hasIndex } from '../session/hub-state';
import { describeAsOf } from './hub-sentences';

/** Title of the hub, the age of its list, and commands for the list as a whole. */
export function HubHead({ state, session }: { state: HubState; session: HubSession }): React.JSX.Element {
  const [isRemoving, setIsRemoving] = React.useState(false);
  const now = useMinute();
  const { phase, asOf } = state.index;
  const isRefreshing = phase === 'refreshing';
  return (
    <div className="hub-head" data-keeps-focus="">
      <h1 className="hub-title">{t('Attachments')}</h1>
      {asOf !== undefined && (
        <span className="quiet" role="status">
          {isRefreshing ? t('Refreshing…') : describeAsOf(asOf, now)}
        </span>
      )}
      {asOf !== undefined && (
        <Button
          className="text-button"
          subtle={true}
          disabled={phase !== 'ready' && phase !== 'failed'}
          text={t('Refresh')}
          onClick={session.refresh}
        />
      )}
      {hasIndex(state) && (
        <MenuButton
          label={t('More actions')}
          icon={<MoreIcon />}
          items={() => [
            { text: t('Select all'), onSelect: session.selectAll },
            ...(session.actions
              ? [
                  {
                    text: t('Clean up…'),
                    beginsGroup: true,
                    onSelect: () => session.openCleanUp({ kind: 'clean-up', frame: state.search.text }),
                  },
                  { text: t('Earlier removals…'), onSelect: () => session.openCleanUp({ kind: 'runs' }) },
                ]
              : []),
            ...helpItems(),
            {
              text: t('Remove the stored list…'),
              beginsGroup: true,
              onSelect: () => setIsRemoving(true),
            },
          ]}
        />
      )}
      {isRemoving && (
        <Dialog title={t('Remove the stored list?')} onClose={() => setIsRemoving(false)}>
          <p>{t('The files stay attached. To search again, Stapler must read the work items again.')}</p>
          <div className="dialog-buttons">
            <Button text={t('Cancel')} onClick={() => setIsRemoving(false)} />
            <Button
              primary={true}
              text={t('Remove')}
              onClick={() => {
                setIsRemoving(false);
                session.removeIndex();
              }}
            />
          </div>
        </Dialog>
      )}
    </div>
  );
}
