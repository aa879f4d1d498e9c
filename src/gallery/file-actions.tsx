import * as React from 'react';
import type { AttachedFile } from '../attached/attached-file';
import { keyOfFile } from '../attached/attached-file';
import { copyText } from '../ui/copy-text';
import { IconButton } from '../ui/icon-button';
import { MoreIcon } from '../ui/icons';
import type { MenuPlace } from '../ui/menu';
import { Menu } from '../ui/menu';
import { quoteName } from '../ui/sentences';
import { useKeptFocus } from '../ui/use-focus';
import { CommentDialog } from './changes/comment-dialog';
import { CompareDialog } from './compare/compare-dialog';
import { CopyByHandDialog } from './copy-by-hand-dialog';
import type { CopiedPart } from './copy-sentences';
import { describeCopied } from './copy-sentences';
import { menuItemsFor } from './file-menu';
import { TargetDialog } from './changes/target-dialog';
import { useSuccessorPicker } from './changes/use-successor-picker';
import type { GallerySession } from './gallery-session';
import type { GalleryState } from './gallery-state';
import { selectedFiles } from './gallery-state';
import { describeMoreActions } from './sentences';

/** What is over the gallery. */
type Overlay =
  | { readonly kind: 'menu'; readonly files: readonly AttachedFile[]; readonly place: MenuPlace }
  | { readonly kind: 'comment'; readonly file: AttachedFile }
  | { readonly kind: 'target'; readonly files: readonly AttachedFile[]; readonly isMove: boolean }
  | { readonly kind: 'compare'; readonly files: readonly [AttachedFile, AttachedFile] }
  | { readonly kind: 'copy-by-hand'; readonly text: string; readonly what: CopiedPart };

type OpenMenu = (files: readonly AttachedFile[], place: MenuPlace) => void;

const OpenMenuContext = React.createContext<OpenMenu>(() => undefined);

/** A menu that the keyboard opens stands so far inside the row of its file, in CSS pixels. */
const INDENT = 16;

/** How long it is told that something was copied, in milliseconds. */
const TOLD_MS = 4_000;

/**
 * The gallery with what opens over it: menus, and the dialogs that they lead to. A menu opens at its buttons, by a right
 * click on a file, and by the keys that do the same.
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
  const [told, tell] = useTold();
  const { input, pickSuccessor } = useSuccessorPicker(session);
  const container = useKeptFocus(() => whereToGoOn(container.current));
  const close = (): void => setOverlay(undefined);
  const openMenu = React.useCallback<OpenMenu>(
    (files, place) => setOverlay({ kind: 'menu', files, place }),
    [],
  );

  function openAt(row: HTMLElement, place: MenuPlace): void {
    const file = state.shown.find((each) => keyOfFile(each) === row.dataset['key']);
    if (!file) return;
    // As on the desktop: one of those that are selected speaks for all of them.
    const selected = selectedFiles(state);
    const isOneOfThem = selected.includes(file);
    if (!isOneOfThem) session.select(file, 'only');
    row.focus({ preventScroll: true });
    openMenu(isOneOfThem ? selected : [file], place);
  }

  async function copy(text: string, what: CopiedPart): Promise<void> {
    if (await copyText(text)) tell(what);
    else setOverlay({ kind: 'copy-by-hand', text, what });
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
          const { clientX, clientY } = event;
          openAt(row, { left: clientX, right: clientX, top: clientY, bottom: clientY });
        }}
        onKeyDown={(event) => {
          const row = rowOf(event.target);
          if (!row || !(event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) return;
          event.preventDefault();
          const { left, right, top, bottom } = row.getBoundingClientRect();
          openAt(row, { left: left + INDENT, right: right - INDENT, top, bottom });
        }}
      >
        {children}
        {input}
        <p className="gallery-told" role="status">
          {told && describeCopied(told)}
        </p>
      </div>
      {overlay?.kind === 'menu' && (
        <Menu
          label={describeMoreActions(overlay.files, quoteName)}
          items={menuItemsFor(overlay.files, state, session, {
            copy: (text, what) => void copy(text, what),
            editComment: (file) => setOverlay({ kind: 'comment', file }),
            compare: (files) => setOverlay({ kind: 'compare', files }),
            pickSuccessor,
            chooseTarget: (files, isMove) => setOverlay({ kind: 'target', files, isMove }),
          })}
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
        <CopyByHandDialog text={overlay.text} what={overlay.what} onClose={close} />
      )}
    </OpenMenuContext.Provider>
  );
}

/** Opens the menu of some files. */
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

/** The file that the keys of the list act on, or the field above an empty list. */
function whereToGoOn(gallery: HTMLElement | null): HTMLElement | null {
  const find = (selector: string) => gallery?.querySelector<HTMLElement>(selector) ?? null;
  return find('[data-key][tabindex="0"]') ?? find('.gallery-search');
}

/** The element of the file that something happened on; none where it happened in a field. */
function rowOf(target: EventTarget): HTMLElement | null {
  if (!(target instanceof Element) || target.closest('input, textarea')) return null;
  return target.closest<HTMLElement>('[data-key]');
}

/** What was copied, as long as it is told. */
function useTold(): readonly [CopiedPart | undefined, (part: CopiedPart) => void] {
  const [told, tell] = React.useState<CopiedPart>();
  React.useEffect(() => {
    if (!told) return;
    const timer = setTimeout(() => tell(undefined), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  return [told, tell];
}
