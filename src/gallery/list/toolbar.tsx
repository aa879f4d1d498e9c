import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { countKinds } from '../../attached/arrange';
import { FILE_KINDS } from '../../model/file-kind';
import { MoreButton } from '../file-actions';
import type { GallerySession } from '../gallery-session';
import type { GalleryState, View } from '../gallery-state';
import { selectedFiles } from '../gallery-state';
import { describeCount, describeFiles, KIND_NAMES } from '../sentences';
import { SortBy } from './sort-by';
import { ZipAllButton, ZipButton } from '../zip/zip-line';

const VIEWS: readonly (readonly [View, string])[] = [
  ['list', 'List'],
  ['grid', 'Grid'],
];

/** Which files are shown and how, and what is done with those that are selected. */
export function Toolbar(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { files = [], shown, arrangement, view, withFamily } = state;
  const counts = React.useMemo(() => countKinds(files), [files]);
  return (
    <div className="gallery-toolbar">
      <div className="gallery-line">
        <input
          type="search"
          className="field gallery-search"
          placeholder="Search names, comments, people"
          aria-label="Search the attachments"
          value={arrangement.text}
          onChange={({ target }) => session.setText(target.value)}
        />
        <div className="gallery-ways">
          <div className="tabs" role="group" aria-label="Show as">
            {VIEWS.map(([each, text]) => (
              <button
                key={each}
                type="button"
                aria-pressed={view === each}
                onClick={() => session.setView(each)}
              >
                {text}
              </button>
            ))}
          </div>
          <SortBy state={state} session={session} />
          <button
            type="button"
            className="chip"
            aria-pressed={withFamily}
            title="Show the files of the parent, the children and related work items as well"
            onClick={() => session.setWithFamily(!withFamily)}
          >
            Related items
          </button>
        </div>
      </div>
      {counts.size > 1 && (
        <div className="chips" role="group" aria-label="Kinds of files">
          {FILE_KINDS.filter((kind) => counts.has(kind)).map((kind) => (
            <button
              key={kind}
              type="button"
              className="chip"
              aria-pressed={arrangement.kinds.has(kind)}
              onClick={() => session.toggleKind(kind)}
            >
              {KIND_NAMES[kind]} ({counts.get(kind)})
            </button>
          ))}
        </div>
      )}
      <div className="gallery-line">
        <p className="quiet" role="status">
          {describeCount(shown, files)}
        </p>
        <SelectionActions state={state} session={session} />
      </div>
    </div>
  );
}

function SelectionActions(props: { state: GalleryState; session: GallerySession }): React.JSX.Element | null {
  const { state, session } = props;
  const selected = selectedFiles(state);
  if (selected.length === 0) return <ZipAllButton state={state} session={session} />;
  const only = selected.length === 1 ? selected[0] : undefined;
  const isBusy = state.busy.size > 0;
  return (
    <div className="gallery-buttons" role="group" aria-label="With the selected files">
      <span className="quiet">{selected.length} selected</span>
      {only && (
        <>
          <Button
            className="text-button"
            subtle={true}
            text="Preview"
            onClick={() => session.preview(only)}
          />
          <Button
            className="text-button"
            subtle={true}
            text="Download"
            onClick={() => void session.download(only)}
          />
        </>
      )}
      {selected.length > 1 && (
        <ZipButton text="Download (zip)" files={selected} state={state} session={session} />
      )}
      {!state.isReadOnly && (
        <Button
          className="text-button"
          subtle={true}
          disabled={isBusy}
          text="Remove"
          ariaLabel={`Remove ${describeFiles(selected)}`}
          onClick={() => void session.remove(selected)}
        />
      )}
      <MoreButton files={selected} />
      <Button className="text-button" subtle={true} text="Select none" onClick={session.selectNone} />
    </div>
  );
}
