import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { ManualCopy } from '../../../ui/copy-button';
import { copyText } from '../../../ui/copy-text';
import { CompareIcon, CopyIcon, EditIcon, LinkIcon, MoreIcon, MoveIcon } from '../../../ui/icons';
import type { MenuItem } from '../../../ui/menu';
import { MenuButton } from '../../../ui/menu-button';
import { MAX_CHOSEN_FILES } from '../session/file-commands';
import type { HubSession } from '../session/hub-session';
import type { HubState } from '../session/hub-state';
import { describeFound, linesOf } from './hub-sentences';

interface LineProps {
  readonly state: HubState;
  readonly session: HubSession;
}

/** Number and size of the found files, and commands for them or for the selected ones. */
export function ResultLine({ state, session }: LineProps): React.JSX.Element | null {
  const { result, selection, hasLostSelection } = state;
  const { copy, feedback, manualCopy } = useCopiedList(session);
  if (!result) return null;
  const { count } = selection;
  return (
    <>
      <div className="gallery-line hub-line" data-keeps-focus="">
        <p className="quiet" role="status">
          {describeFound(result)}
          {count > 0 && ` · ${t('{count, plural, one {# selected} other {# selected}}', { count })}`}
          {hasLostSelection && ` · ${t('The list changed, so the selection was cleared.')}`}
          {feedback && ` · ${feedback}`}
        </p>
        <div className="gallery-buttons" role="group" aria-label={t('Actions for selected files')}>
          {count > 0 && count <= MAX_CHOSEN_FILES && (
            <>
              {session.files && (
                <Button
                  className="text-button"
                  subtle={true}
                  text={count === 1 ? t('Download') : t('Download (zip)')}
                  onClick={() => void session.downloadSelected()}
                />
              )}
              <Button className="text-button" subtle={true} text={t('Copy list')} onClick={copy} />
            </>
          )}
          {count > 0 && session.actions && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Remove…')}
              onClick={() => session.openAction('remove')}
            />
          )}
          {result.count > 0 && session.actions && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Export…')}
              onClick={() => session.openAction('export')}
            />
          )}
          {count > 0 && count <= MAX_CHOSEN_FILES && session.actions && (
            <MenuButton
              label={t('More actions for selected files')}
              icon={<MoreIcon />}
              items={() => changeItems(count, session)}
            />
          )}
          {count > 0 && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Clear selection')}
              onClick={session.selectNone}
            />
          )}
          {result.count > 0 && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Export CSV')}
              onClick={() => void session.listExport.start(result)}
            />
          )}
        </div>
      </div>
      {manualCopy}
    </>
  );
}

/** Commands of the Files tab that compare or change files, or attach them elsewhere. */
function changeItems(count: number, session: HubSession): readonly MenuItem[] {
  const rename: MenuItem = {
    text: t('Rename'),
    icon: <EditIcon />,
    onSelect: () => session.openAction('rename'),
  };
  const compare: MenuItem = {
    text: t('Compare'),
    icon: <CompareIcon />,
    onSelect: () => session.openAction('compare'),
  };
  const attach: MenuItem = {
    text: t('Attach to multiple work items…'),
    icon: <LinkIcon />,
    beginsGroup: true,
    onSelect: () => void session.attachSelectedToMore(),
  };
  return [
    ...(count === 1 ? [rename] : []),
    ...(count === 2 && session.comparison ? [compare] : []),
    {
      text: t('Copy to another work item…'),
      icon: <CopyIcon />,
      onSelect: () => session.openAction('copy'),
    },
    {
      text: t('Move to another work item…'),
      icon: <MoveIcon />,
      onSelect: () => session.openAction('move'),
    },
    ...(session.isHidden('bulkPanel') ? [] : [attach]),
  ];
}

/** Time the feedback stays, in milliseconds. */
const FEEDBACK_MS = 4_000;

/** Copies names and addresses of the selected files. */
function useCopiedList(session: HubSession): {
  readonly copy: () => void;
  /** Text that says that it is copied. */
  readonly feedback: string;
  /** Text to copy with the keyboard, if the browser refuses. */
  readonly manualCopy: React.JSX.Element | false;
} {
  const [copied, setCopied] = React.useState(false);
  const [refused, setRefused] = React.useState('');
  React.useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  async function copy(): Promise<void> {
    const text = linesOf(await session.readSelected().catch(() => []));
    if (text === '') return;
    const hasCopied = await copyText(text);
    setCopied(hasCopied);
    setRefused(hasCopied ? '' : text);
  }
  return {
    copy: () => void copy(),
    feedback: copied ? t('Copied') : '',
    manualCopy: refused !== '' && <ManualCopy text={refused} />,
  };
}
