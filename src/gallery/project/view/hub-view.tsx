import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import { ErrorIcon } from '../../../ui/icons';
import { KeyboardHelp } from '../../../ui/keyboard-help';
import { useKeptFocus } from '../../../ui/use-focus';
import type { HubSession } from '../session/hub-session';
import type { HubPart, HubState } from '../session/hub-state';
import { hasIndex } from '../session/hub-state';
import { ActionLine } from './action-line';
import { ExportLines } from './export-lines';
import { HubHead } from './hub-head';
import { FileLines } from './file-lines';
import { HubPreview } from './hub-preview';
import { describeListProblem } from './hub-sentences';
import { FirstIndex, IndexNotes } from './index-status';
import { LazyReport } from './lazy-report';
import { ResultLine } from './result-line';
import { ResultList } from './result-list';
import { SearchBar } from './search-bar';
import '../../../ui/dialog.css';
import '../../../ui/field.css';
import '../../../ui/fields.css';
import '../../../ui/bar.css';
import '../../../ui/menu.css';
import '../../gallery.css';
import '../../list/list.css';
import '../../actions.css';
import '../../preview/preview.css';
import './hub.css';

const PARTS: readonly (readonly [HubPart, () => string])[] = [
  ['files', () => t('Files')],
  ['report', () => t('Report')],
];

/** The Attachments hub: finds any attachment of a project and tells where its space goes. */
export function HubView({ session }: { session: HubSession }): React.JSX.Element {
  const state = useStore(session);
  const field = React.useRef<HTMLInputElement>(null);
  // Before the first file is found, there is no search field.
  const container = useKeptFocus(
    () => field.current ?? container.current?.querySelector('button:enabled') ?? null,
  );
  return (
    <div ref={container} className="gallery hub" onKeyDown={(event) => onHubKey(event, field.current)}>
      <HubHead state={state} session={session} />
      <IndexNotes index={state.index} session={session} />
      <ActionLine state={state} session={session} />
      {hasIndex(state) ? (
        <Found state={state} session={session} field={field} />
      ) : (
        <FirstIndex index={state.index} session={session} />
      )}
      <KeyboardHelp page="hub" />
    </div>
  );
}

interface FoundProps {
  readonly state: HubState;
  readonly session: HubSession;
  readonly field: React.RefObject<HTMLInputElement>;
}

function Found({ state, session, field }: FoundProps): React.JSX.Element {
  const { part, problem } = state;
  return (
    <>
      <SearchBar state={state} session={session} field={field} />
      <div className="tabs hub-tabs" role="group" aria-label={t('Show as')}>
        {PARTS.map(([name, describe]) => (
          <button key={name} type="button" aria-pressed={part === name} onClick={() => session.show(name)}>
            {describe()}
          </button>
        ))}
      </div>
      <ResultLine state={state} session={session} />
      <ExportLines job={session.listExport} />
      <FileLines state={state} session={session} />
      {problem && (
        <div className="note gallery-trouble" role="alert" data-keeps-focus="">
          <ErrorIcon />
          <span>{describeListProblem(problem)}</span>
          <Button className="text-button" subtle={true} text={t('Retry')} onClick={session.searchAgain} />
        </div>
      )}
      <Result state={state} session={session} />
      <HubPreview state={state} session={session} />
    </>
  );
}

function Result({ state, session }: Omit<FoundProps, 'field'>): React.JSX.Element | null {
  const { part, result, search, problem } = state;
  if (!result) return problem ? null : <p className="hub-words quiet">{t('Searching…')}</p>;
  if (result.count === 0)
    return (
      <p className="hub-words">
        {t('No files match.')}{' '}
        {search.text !== '' && (
          <Button
            className="text-button"
            subtle={true}
            text={t('Clear search')}
            onClick={() => session.find({ text: '' })}
          />
        )}
      </p>
    );
  return part === 'report' ? (
    <LazyReport state={state} result={result} session={session} />
  ) : (
    <ResultList state={state} result={result} session={session} />
  );
}

/** Goes to the search with Ctrl+F; in the list, a slash is enough, as letters have no other use there. */
function onHubKey(event: React.KeyboardEvent, field: HTMLInputElement | null): void {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  const isFind = key === 'f' && (ctrlKey || metaKey) && !altKey && !shiftKey;
  const isSlash =
    key === '/' &&
    !ctrlKey &&
    !metaKey &&
    target instanceof Element &&
    target.closest('[role=grid]') !== null;
  if (!field || event.defaultPrevented || !(isFind || isSlash)) return;
  event.preventDefault();
  field.focus();
  field.select();
}
