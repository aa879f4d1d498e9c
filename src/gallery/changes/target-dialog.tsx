import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import { isCancelled, toProblem } from '../../base/errors';
import { Dialog } from '../../ui/dialog';
import { hint } from '../../ui/hint';
import { describeError } from '../../upload/messages/problems';
import { describeWorkItem } from '../../upload/messages/work-items';
import type { Target } from './find-targets';
import type { GallerySession } from '../gallery-session';
import { onlyName } from '../sentences';
import type { Transfers } from './transfers';

/** Delay between the last key press and the search, in milliseconds. */
const SEARCH_DELAY_MS = 250;

/** State of the search for a target. */
type FoundTargets =
  | { readonly status: 'idle' | 'searching' }
  | { readonly status: 'found'; readonly targets: readonly Target[] }
  | { readonly status: 'failed'; readonly problem: Problem };

/** Props of `TargetDialog`. */
export interface TargetDialogProps {
  readonly files: readonly AttachedFile[];
  readonly isMove: boolean;
  readonly session: Pick<GallerySession, 'transfers' | 'attachToMore' | 'isHidden'>;
  readonly onClose: () => void;
}

/** Chooses the target of a copy or move: a search field and a list of matching work items. */
export function TargetDialog(props: TargetDialogProps): React.JSX.Element {
  const { files, isMove, session, onClose } = props;
  const sources = new Set(files.map(({ workItemId }) => workItemId));
  const [source = 0] = sources;
  const [text, setText] = React.useState('');
  const [at, setAt] = React.useState(0);
  const found = useTargets(session.transfers.find, text, source);
  const id = React.useRef(`targets-${Math.random().toString(36).slice(2)}`);
  const list = React.useRef<HTMLUListElement>(null);
  /** Files of several work items may be collected on one of them; files of a single one are attached to it already. */
  const isSource = (target: Target): boolean => sources.size === 1 && target.id === source;
  const targets = found.status === 'found' ? found.targets.filter((target) => !isSource(target)) : [];
  const chosen = targets[Math.min(at, targets.length - 1)];
  const optionId = (target: Target): string => `${id.current}-${target.id}`;

  React.useEffect(() => setAt(0), [text]);
  React.useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    const focused = document.activeElement;
    // Results that arrive late must not push a focused button out of view.
    if (focused?.getAttribute('role') !== 'combobox') focused?.scrollIntoView({ block: 'nearest' });
  });

  function choose(target: Target | undefined): void {
    if (!target) return;
    onClose();
    void session.transfers.start(files, target, isMove);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, targets.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') choose(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title={describeTransferring(files, isMove)} onClose={onClose}>
      <label className="field-block">
        <span className="field-label">{t('Work item')}</span>
        <input
          className="field"
          role="combobox"
          autoComplete="off"
          {...hint(t('ID, link, or words from the title'))}
          aria-expanded={targets.length > 0}
          aria-controls={id.current}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? optionId(chosen) : undefined}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={onKeyDown}
        />
      </label>
      <p className="quiet" role="status">
        {describeFound(found, targets.length)}
      </p>
      <ul ref={list} id={id.current} className="gallery-targets" role="listbox" aria-label={t('Work items')}>
        {targets.map((target, index) => (
          <li
            key={target.id}
            id={optionId(target)}
            role="option"
            aria-selected={target === chosen}
            onClick={() => setAt(index)}
            onDoubleClick={() => choose(target)}
          >
            <span className="field-label">{describeWorkItem(target.id, target.type)}</span>
            <bdi>{target.title}</bdi>
            <span className="quiet">{target.state}</span>
          </li>
        ))}
      </ul>
      <div className="dialog-buttons">
        {!isMove && !session.isHidden('bulkPanel') && (
          <Button
            className="text-button gallery-target-more"
            subtle={true}
            text={t('Attach to multiple work items…')}
            onClick={() => {
              onClose();
              session.attachToMore(files);
            }}
          />
        )}
        <Button text={t('Cancel')} onClick={onClose} />
        <Button
          primary={true}
          text={isMove ? t('Move') : t('Copy')}
          disabled={!chosen}
          onClick={() => choose(chosen)}
        />
      </div>
    </Dialog>
  );
}

/** Searches for work items while the person types. @param near See `findTargets`. */
function useTargets(find: Transfers['find'], text: string, near: number): FoundTargets {
  const [found, setFound] = React.useState<FoundTargets & { readonly text: string }>();
  const hasText = text.trim() !== '';
  React.useEffect(() => {
    if (!hasText) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      find(text, near, signal).then(
        (targets) => {
          if (!signal.aborted) setFound({ text, status: 'found', targets });
        },
        (error: unknown) => {
          if (!signal.aborted && !isCancelled(error))
            setFound({ text, status: 'failed', problem: toProblem(error) });
        },
      );
    }, SEARCH_DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [find, text, near, hasText]);
  // Ignore results for an older text: files must not go to the wrong work item.
  if (found?.text === text) return found;
  return { status: hasText ? 'searching' : 'idle' };
}

function describeTransferring(files: readonly AttachedFile[], isMove: boolean): string {
  const name = onlyName(files);
  const count = files.length;
  if (isMove)
    return name === undefined
      ? t(
          '{count, plural, one {Move # file to another work item} other {Move # files to another work item}}',
          {
            count,
          },
        )
      : t('Move {name} to another work item', { name });
  return name === undefined
    ? t('{count, plural, one {Copy # file to another work item} other {Copy # files to another work item}}', {
        count,
      })
    : t('Copy {name} to another work item', { name });
}

/** @param count Number of found work items that can be chosen. */
function describeFound(found: FoundTargets, count: number): string {
  switch (found.status) {
    case 'idle':
      return '';
    case 'searching':
      return t('Searching…');
    case 'failed':
      return describeError(found.problem);
    case 'found':
      if (count > 0) return t('{count, plural, one {# work item} other {# work items}}', { count });
      return found.targets.length > 0
        ? t('Already attached to that work item.')
        : t("No matching work items, or you don't have permission to view them.");
  }
}
