import * as React from 'react';
import { mayDownload } from '../../ui/save-file';
import type { GallerySession } from '../gallery-session';
import { selectedFiles } from '../gallery-state';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import { safeName } from '../model/entry-names';

/** Type of our own data in a drag; its content does not matter. */
const OWN_TYPE = 'application/x-stapler-files';

/** Largest file to drag out of the browser, in bytes: its bytes must be in memory when the drag starts. */
const MAX_DRAGGED_BYTES = 60 * 1024 * 1024;

/** Whether a drag can carry bytes out of the browser. Only Chromium can, and only Chromium has this property. */
function canDragOut(): boolean {
  return 'userAgentData' in navigator && mayDownload();
}

/** Class of a group of files below the pointer, while files of others are dragged. */
const TARGET_CLASS = 'gallery-drop-target';

type DragSession = Pick<GallerySession, 'getSnapshot' | 'readBytes' | 'transfers'>;

/**
 * Drags files by mouse: out to the desktop, where the browser supports it (`DownloadURL` in Chromium), and onto the
 * files of a related work item, to copy them there, or to move them with Shift.
 *
 * The bytes are read while the button goes down, since the drag starts with them or without. They are kept for the next
 * drag of the same file.
 */
export function useFileDrags(container: React.RefObject<HTMLElement>, session: DragSession): void {
  React.useEffect(() => {
    const { current: element } = container;
    return element ? watchFileDrags(element, session) : undefined;
  }, [container, session]);
}

/** @returns Removes the listeners. */
export function watchFileDrags(container: HTMLElement, session: DragSession): () => void {
  const bytes = createPressedBytes(session);
  let dragged: readonly AttachedFile[] = [];

  function fileOf(target: EventTarget | null): { row: HTMLElement; file: AttachedFile } | undefined {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null;
    const file = session.getSnapshot().shown.find((each) => keyOfFile(each) === row?.dataset['key']);
    return row && file ? { row, file } : undefined;
  }

  function onPointerDown({ target, pointerType, button }: PointerEvent): void {
    const pressed = fileOf(target);
    if (!pressed) return;
    const { row, file } = pressed;
    const isOnControl =
      target instanceof Element && target.closest('input, textarea, .gallery-actions') !== null;
    // A finger scrolls, or opens the menu by a long press.
    row.draggable = pointerType === 'mouse' && !isOnControl;
    if (row.draggable && button === 0 && canDragOut()) bytes.read(file);
  }

  function onDragStart(event: DragEvent): void {
    const pressed = fileOf(event.target);
    if (!pressed || !event.dataTransfer) return;
    const { file } = pressed;
    const selected = selectedFiles(session.getSnapshot());
    dragged = selected.includes(file) ? selected : [file];
    event.dataTransfer.effectAllowed = 'copyMove';
    event.dataTransfer.setData(OWN_TYPE, '');
    const url = dragged.length === 1 ? bytes.urlOf(file) : undefined;
    // The colons separate the parts.
    if (url !== undefined)
      event.dataTransfer.setData('DownloadURL', `application/octet-stream:${safeName(file.name)}:${url}`);
  }

  /** Returns the group of another work item below the pointer. */
  function targetOf({ target, dataTransfer, shiftKey }: DragEvent): HTMLElement | undefined {
    const group = target instanceof Element ? target.closest<HTMLElement>('[data-work-item]') : null;
    const workItemId = Number(group?.dataset['workItem']);
    const isOwn = dataTransfer?.types.includes(OWN_TYPE) === true;
    const { isReadOnly, workItemId: openItemId } = session.getSnapshot();
    // A copy changes its target only.
    const canDrop = isOwn && (!isReadOnly || (!shiftKey && workItemId !== openItemId));
    return canDrop && group && dragged.some((file) => !file.inText && file.workItemId !== workItemId)
      ? group
      : undefined;
  }

  function mark(group: HTMLElement | undefined): void {
    for (const each of container.querySelectorAll(`.${TARGET_CLASS}`)) each.classList.remove(TARGET_CLASS);
    group?.classList.add(TARGET_CLASS);
  }

  function onDragOver(event: DragEvent): void {
    const group = targetOf(event);
    mark(group);
    if (!group || !event.dataTransfer) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = event.shiftKey ? 'move' : 'copy';
  }

  function onDrop(event: DragEvent): void {
    const group = targetOf(event);
    mark(undefined);
    if (!group) return;
    event.preventDefault();
    event.stopPropagation();
    const workItemId = Number(group.dataset['workItem']);
    const member = session.getSnapshot().members.find((each) => each.workItemId === workItemId);
    if (!member) return;
    const { type, title } = member;
    void session.transfers.start(dragged, { id: workItemId, type, title, state: '' }, event.shiftKey);
  }

  function onEnd(): void {
    mark(undefined);
    dragged = [];
  }

  const controller = new AbortController();
  const options = { signal: controller.signal };
  container.addEventListener('pointerdown', onPointerDown, options);
  container.addEventListener('pointerup', bytes.release, options);
  container.addEventListener('dragstart', onDragStart, options);
  container.addEventListener('dragenter', onDragOver, options);
  container.addEventListener('dragover', onDragOver, options);
  container.addEventListener('drop', onDrop, options);
  container.addEventListener('dragend', onEnd, options);
  return () => {
    controller.abort();
    bytes.clear();
  };
}

/** Bytes of the last pressed file. */
interface PressedBytes {
  readonly read: (file: AttachedFile) => void;
  /** Stops reading: the press was a click. */
  readonly release: () => void;
  /** Object URL of the bytes; `undefined` before they have arrived. */
  readonly urlOf: (file: AttachedFile) => string | undefined;
  readonly clear: () => void;
}

function createPressedBytes({ readBytes }: Pick<DragSession, 'readBytes'>): PressedBytes {
  let key: string | undefined;
  let url: string | undefined;
  let controller = new AbortController();

  function clear(): void {
    controller.abort();
    if (url !== undefined) URL.revokeObjectURL(url);
    key = url = undefined;
  }

  return {
    read(file) {
      const { size = Infinity } = file;
      if (size > MAX_DRAGGED_BYTES || key === keyOfFile(file)) return;
      clear();
      key = keyOfFile(file);
      controller = new AbortController();
      const { signal } = controller;
      readBytes(file, signal).then(
        (bytes) => {
          // With its real media type, a browser might show the file instead of saving it.
          if (!signal.aborted)
            url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
        },
        () => {
          if (!signal.aborted) key = undefined;
        },
      );
    },
    release() {
      if (url === undefined) clear();
    },
    urlOf: (file) => (key === keyOfFile(file) ? url : undefined),
    clear,
  };
}
