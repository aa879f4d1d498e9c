import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { MenuItem } from '../../ui/menu';
import { bulkActionsFor } from '../../ui/upload-actions';
import type { UploadActions } from '../../ui/upload-actions';
import type { Upload } from '../../upload/upload';
import type { MoreActionsProps } from './more-actions';
import { MoreActions } from './more-actions';

/** Command with a button in the row. */
export interface Command extends Pick<MenuItem, 'text' | 'onSelect'> {
  readonly key: string;
  /** Accessible name, if `text` is too short for one. */
  readonly label?: string;
}

/** The commands of the group on one line. Those without room on it move into the menu ⋯. */
export function CommandRow(
  props: Omit<MoreActionsProps, 'commands'> & {
    commands: readonly Command[];
    /** Uploads for the work item in the form. */
    uploads: readonly Upload[];
    actions: UploadActions;
  },
): React.JSX.Element {
  const { commands, uploads, actions, ...more } = props;
  const line = React.useRef<HTMLDivElement>(null);
  const crowdedOut = useCrowdedOut(line);
  return (
    <div className="command-row">
      <div ref={line} className="command-row-line">
        {commands.map(({ key, text, label, onSelect }) => (
          <span key={key} data-command={key} className={crowdedOut.has(key) ? 'crowded-out' : undefined}>
            <Button
              className="text-button"
              subtle={true}
              text={text}
              {...(label !== undefined && { ariaLabel: label })}
              onClick={onSelect}
            />
          </span>
        ))}
      </div>
      <PauseButtons uploads={uploads} actions={actions} />
      <MoreActions {...more} commands={commands.filter(({ key }) => crowdedOut.has(key))} />
    </div>
  );
}

/** Buttons to pause and resume all uploads; nothing if neither applies to at least two. */
function PauseButtons(props: { uploads: readonly Upload[]; actions: UploadActions }): React.JSX.Element {
  const { uploads, actions } = props;
  const { pause, resume } = bulkActionsFor(uploads);
  const offers = [
    { key: 'pause', ids: pause, text: t('Pause all'), run: actions.pause },
    { key: 'resume', ids: resume, text: t('Resume all'), run: actions.resume },
  ].filter(({ ids }) => ids.length > 0);
  return (
    <span className="command-row-pause" data-keeps-focus="">
      {offers.map(({ key, ids, text, run }) => (
        <Button key={key} className="text-button" subtle={true} text={text} onClick={() => run(ids)} />
      ))}
    </span>
  );
}

/**
 * Returns the keys of the commands that wrap onto an invisible second line. They keep their place there, so that the
 * measurement does not depend on its result.
 */
function useCrowdedOut(line: React.RefObject<HTMLElement>): ReadonlySet<string> {
  // As text, so that an equal result renders nothing.
  const [keys, setKeys] = React.useState('');
  const measure = React.useCallback(() => {
    const commands = Array.from(line.current?.children ?? []) as HTMLElement[];
    const top = commands[0]?.offsetTop ?? 0;
    const below = commands.filter(({ offsetTop }) => offsetTop > top);
    setKeys(below.map(({ dataset }) => dataset['command']).join(' '));
  }, [line]);
  React.useLayoutEffect(measure);
  React.useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (line.current) observer.observe(line.current);
    return () => observer.disconnect();
  }, [line, measure]);
  return React.useMemo(() => new Set(keys.split(' ')), [keys]);
}
