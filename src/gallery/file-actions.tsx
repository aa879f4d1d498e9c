import * as React from 'react';
import type { AttachedFile } from './model/attached-file';
import { keyOfFile } from './model/attached-file';
import { copyText } from '../ui/copy-text';
import { IconButton, MoreIcon } from '../ui/icons';
import type { MenuPlace } from '../ui/menu';
import { Menu } from '../ui/menu';
import { quoteName } from '../upload/messages/problems';
import { useKeptFocus } from '../ui/use-focus';
import { useLongPress } from '../ui/use-long-press';
import { CommentDialog } from './changes/comment-dialog';
import { useSuccessorPicker } from './changes/replacing-view';
import { TargetDialog } from './changes/target-dialog';
import { CompareDialog } from './compare/compare-dialog';
import type { CopiedPart } from './copying';
import { CopyByHandDialog, describeCopied, useCopiedNotice } from './copying';
import { menuItemsFor, selectItemFor } from './file-menu';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';
import { selectedFiles } from './gallery-state';
import { describeMoreActions } from './sentences';

/** Menu or dialog over the gallery. */
type Overlay =
  | {
      readonly kind: 'menu';
      readonly files: readonly AttachedFile[];
      readonly place: MenuPlace;
      /** Whether the menu can select its file. */
      readonly canSelect?: boolean;
    }
  | { readonly kind: 'comment'; readonly file: AttachedFile }
  | { readonly kind: 'target'; readonly files: readonly AttachedFile[]; readonly isMove: boolean }
  | { readonly kind: 'compare'; readonly files: readonly [AttachedFile, AttachedFile] }
  | { readonly kind: 'copy-by-hand'; readonly text: string; readonly part: CopiedPart };

type OpenMenu = (files: readonly AttachedFile[], place: MenuPlace) => void;

const OpenMenuContext = React.createContext<OpenMenu>(() => undefined);

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
  const [copied, showCopied] = useCopiedNotice();
  const { input, pickSuccessor } = useSuccessorPicker(session);
  const container = useKeptFocus(() => fallbackFocus(container.current));
  const close = (): void => setOverlay(undefined);
  const openMenu = React.useCallback<OpenMenu>(
    (files, place) => setOverlay({ kind: 'menu', files, place }),
    [],
  );

  function openAt(row: HTMLElement, place: MenuPlace, isTouch = false): void {
    const file = state.files?.find((each) => keyOfFile(each) === row.dataset['key']);
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

  async function copy(text: string, part: CopiedPart): Promise<void> {
    if (await copyText(text)) showCopied(part);
    else setOverlay({ kind: 'copy-by-hand', text, part });
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
        onKeyDown={(event) => {
          const row = rowOf(event.target);
          if (!row || !(event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) return;
          event.preventDefault();
          const { left, right, top, bottom } = row.getBoundingClientRect();
          openAt(row, { left: left + INDENT_PX, right: right - INDENT_PX, top, bottom });
        }}
      >
        {children}
        {input}
        <p className="gallery-told" role="status">
          {copied && describeCopied(copied)}
        </p>
      </div>
      {overlay?.kind === 'menu' && (
        <Menu
          label={describeMoreActions(overlay.files, quoteName)}
          items={[
            ...(overlay.canSelect ? overlay.files.map((file) => selectItemFor(file, session)) : []),
            ...menuItemsFor(overlay.files, state, session, {
              copy: (text, part) => void copy(text, part),
              editComment: (file) => setOverlay({ kind: 'comment', file }),
              compare: (files) => setOverlay({ kind: 'compare', files }),
              pickSuccessor,
              chooseTarget: (files, isMove) => setOverlay({ kind: 'target', files, isMove }),
            }),
          ]}
          place={overlay.place}
          onClose={close}
        />
      )}
      {overlay?.kind === 'comment' && <CommentDialog file={overlay.file} session={session} onClose={close} />}
      {overlay?.kind === 'target' && <TargetDialog {...overlay} session={session} onClose={close} />}
      {overlay?.kind === 'compare' && (
        <CompareDialog files={overlay.files} session={session} onClose={close} />
      )}
      {overlay?.kind === 'copy-by-hand' && (
        <CopyByHandDialog text={overlay.text} part={overlay.part} onClose={close} />
      )}
    </OpenMenuContext.Provider>
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
