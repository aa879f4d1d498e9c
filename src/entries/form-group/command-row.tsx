import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { MenuItem } from '../../ui/menu';
import { useLazy } from '../../ui/hooks';
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

const loadPause = () => import(/* webpackChunkName: "pause" */ './pause-buttons');

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
  const { module: pause } = useLazy(loadPause, uploads.length > 1);
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
      {pause && <pause.PauseButtons uploads={uploads} actions={actions} />}
      <MoreActions {...more} commands={commands.filter(({ key }) => crowdedOut.has(key))} />
    </div>
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
