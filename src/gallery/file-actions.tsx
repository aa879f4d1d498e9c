import * as React from 'react';
import type { AttachedFile } from './model/attached-file';
import { keyOfFile } from './model/attached-file';
import { IconButton, MoreIcon } from '../ui/icons';
import type { MenuPlace } from '../ui/menu';
import { Menu } from '../ui/menu';
import { quoteName } from '../upload/messages/problems';
import { useKeptFocus } from '../ui/use-focus';
import { useLongPress } from '../ui/use-long-press';
import { useSuccessorPicker } from './changes/successor-picker';
import { createCopying, useNotice } from './copying';
import type { OpenDialog } from './file-dialog';
import { LazyHistoryDialog } from './history/lazy-history-dialog';
import { LazyFileDialog } from './lazy-file-dialog';
import type { MenuTools } from './file-menu';
import { menuItemsFor, selectItemFor } from './file-menu';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';
import { useFileDrags } from './list/file-drags';
import { canChange, selectedFiles } from './gallery-state';
import { describeMoreActions } from './sentences';
import { useFileClipboard } from './use-file-clipboard';

/** Menu or dialog over the gallery. */
type Overlay =
  | {
      readonly kind: 'menu';
      readonly files: readonly AttachedFile[];
      readonly place: MenuPlace;
      /** Whether the menu can select its file. */
      readonly canSelect?: boolean;
    }
  | OpenDialog;

type OpenMenu = (files: readonly AttachedFile[], place: MenuPlace) => void;

const OpenMenuContext = React.createContext<OpenMenu>(() => undefined);

/** Commands with a dialog or a notice, for the parts of a gallery. */
export interface FileTools extends MenuTools {
  /** Text about the last command, for a moment. */
  readonly notice: string;
  readonly showHistory: () => void;
  /** Opens the dialog to bundle the oldest attachments. */
  readonly bundleOldest: () => void;
}

const FileToolsContext = React.createContext<FileTools | undefined>(undefined);

/** Returns the commands of the gallery around a component. */
export function useFileTools(): FileTools {
  const tools = React.useContext(FileToolsContext);
  if (!tools) throw new Error('It is outside of a gallery.');
  return tools;
}

/** Distance between a menu opened by keyboard and the edge of its row, in CSS pixels. */
const INDENT_PX = 16;

/**
 * The gallery with its menus and dialogs. A menu opens by its button, by a right click or a long press on a file, and by
 * the Menu key or Shift+F10.
 */
export function FileActions(props: {
  state: GalleryState;
  session: GallerySession;
  /** See `Gallery`. */
  isSmall: boolean;
  children: React.ReactNode;
}): React.JSX.Element {
  const { state, session, isSmall, children } = props;
  const [overlay, setOverlay] = React.useState<Overlay>();
  const [hasHistory, setHistory] = React.useState(false);
  const { text: notice, show } = useNotice();
  const { input, pickSuccessor } = useSuccessorPicker(session);
  const container = useKeptFocus(() => fallbackFocus(container.current));
  const close = (): void => setOverlay(undefined);
  const openMenu = React.useCallback<OpenMenu>(
    (files, place) => setOverlay({ kind: 'menu', files, place }),
    [],
  );

  const fileOf = (row: HTMLElement): AttachedFile | undefined =>
    state.listed.find((each) => keyOfFile(each) === row.dataset['key']);

  function openAt(row: HTMLElement, place: MenuPlace, isTouch = false): void {
    const file = fileOf(row);
    if (!file) return;
    // As on the desktop, the menu of a selected file is for the whole selection.
    const selected = selectedFiles(state);
    const isSelected = selected.includes(file);
    if (!isSelected && !isTouch && !state.isFolded) session.select(file, 'only');
    row.focus({ preventScroll: true });
    const files = isSelected ? selected : [file];
    setOverlay({ kind: 'menu', files, place, canSelect: isTouch && !isSelected && !state.isFolded });
  }

  useLongPress(container, {
    find: rowOf,
    onLongPress: (row, at) => openAt(row, placeOf(at), true),
  });

  useFileClipboard(container, session, show);
  useFileDrags(container, session);

  const copying = createCopying(session, show);
  const tools: FileTools = {
    notice,
    copy: (text, part) =>
      void copying.copy(text, part, () => setOverlay({ kind: 'copy-by-hand', text, part })),
    copyImage: (file) => void copying.copyImage(file),
    rename(file) {
      const hasRow = state.view === 'list' && !state.isFolded && state.previewed === undefined;
      if (hasRow) session.renames.edit(file);
      else setOverlay({ kind: 'rename', file });
    },
    insert: (file) => setOverlay({ kind: 'insert', file }),
    editImage: (file) => setOverlay({ kind: 'edit', file }),
    editComment: (file) => setOverlay({ kind: 'comment', file }),
    compare: (files) => setOverlay({ kind: 'compare', files }),
    pickSuccessor,
    showHistory: () => setHistory(true),
    bundleOldest: () => setOverlay({ kind: 'bundle' }),
    bundle: (files) => setOverlay({ kind: 'bundle', files }),
    chooseTarget: (files, isMove) => setOverlay({ kind: 'target', files, isMove }),
  };

  function onKeyDown(event: React.KeyboardEvent): void {
    const row = rowOf(event.target);
    if (!row) return;
    if (event.key === 'F2') {
      const file = fileOf(row);
      if (file && canChange(state, file)) tools.rename(file);
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left, right, top, bottom } = row.getBoundingClientRect();
      openAt(row, { left: left + INDENT_PX, right: right - INDENT_PX, top, bottom });
    } else return;
    event.preventDefault();
  }

  return (
    <OpenMenuContext.Provider value={openMenu}>
      <div
        ref={container}
        className={isSmall ? 'gallery gallery-small' : 'gallery'}
        onContextMenu={(event) => {
          const row = rowOf(event.target);
          if (!row) return;
          event.preventDefault();
          openAt(row, placeOf(event));
        }}
        onKeyDown={onKeyDown}
      >
        <FileToolsContext.Provider value={tools}>{children}</FileToolsContext.Provider>
        {input}
        <NoticeLine text={state.previewed === undefined ? notice : ''} />
      </div>
      {hasHistory && (
        <LazyHistoryDialog
          key={state.workItemId}
          session={session}
          onCompare={tools.compare}
          onClose={() => setHistory(false)}
        />
      )}
      {overlay?.kind === 'menu' && (
        <Menu
          label={describeMoreActions(overlay.files, quoteName)}
          items={[
            ...(overlay.canSelect ? overlay.files.map((file) => selectItemFor(file, session)) : []),
            ...menuItemsFor(overlay.files, state, session, tools),
          ]}
          place={overlay.place}
          onClose={close}
        />
      )}
      {overlay && overlay.kind !== 'menu' && (
        <LazyFileDialog
          {...{ dialog: overlay, session, onClose: close, onInserted: show, copy: tools.copy }}
        />
      )}
    </OpenMenuContext.Provider>
  );
}

/** Notice at the bottom of the frame, or of the open preview, whose page below is hidden. */
export function NoticeLine({ text }: { text: string }): React.JSX.Element {
  return (
    <p className="gallery-told" role="status">
      {text}
    </p>
  );
}

/** Button to open the menu of some files. */
export function MoreButton(props: {
  files: readonly AttachedFile[];
  /** See `IconButton`. */
  tabIndex?: number;
}): React.JSX.Element {
  const { files, tabIndex = 0 } = props;
  const openMenu = React.useContext(OpenMenuContext);
  const button = React.useRef<HTMLSpanElement>(null);
  return (
    <span ref={button} className="gallery-more-button">
      <IconButton
        label={describeMoreActions(files, (name) => name)}
        icon={<MoreIcon />}
        tabIndex={tabIndex}
        onClick={() => {
          const box = button.current?.getBoundingClientRect();
          if (box) openMenu(files, box);
        }}
      />
    </span>
  );
}

/** Focus after the focused element is gone: the current file, or the search field of an empty list. */
function fallbackFocus(gallery: HTMLElement | null): HTMLElement | null {
  const find = (selector: string) => gallery?.querySelector<HTMLElement>(selector) ?? null;
  return find('[data-key][tabindex="0"]') ?? find('.gallery-search');
}

function placeOf({ clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): MenuPlace {
  return { left: clientX, right: clientX, top: clientY, bottom: clientY };
}

/** Element of the file around an event's target, unless the target is a field. */
function rowOf(target: EventTarget): HTMLElement | null {
  if (!(target instanceof Element) || target.closest('input, textarea')) return null;
  return target.closest<HTMLElement>('[data-key]');
}
