import * as React from 'react';
import type { WorkItem } from '../../azure/work-item';
import { attachmentIdOf } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import type { FileAddress } from '../../upload/file-links/file-address';
import { readFileAddress, readTransferred } from '../../upload/file-links/file-address';
import type { FileLinksOptions, OpenLinkItem } from '../../upload/file-links/file-links';
import { endLinkRequest, linkRequest } from '../../upload/file-links/link-requests';
import { useLazy, useStore } from '../hooks';
import { LoadProblem } from '../load-problem';

const loadLines = () => import(/* webpackChunkName: "file-links" */ './link-lines');

/** Props of `LinkPlace`. */
export interface LinkPlaceProps {
  /** Missing without a saved work item. */
  readonly item: OpenLinkItem | undefined;
  /** Subscribes to the work items that the page reads, beginning with the current one. Called once. */
  readonly onRead: (listener: (workItem: WorkItem) => void) => void;
  readonly edges: FileLinksOptions;
}

/**
 * Place of the linked files below the attached ones. It takes addresses that are pasted or dropped anywhere on the page.
 * The code of its lines is loaded with the first link, address or request.
 */
export function LinkPlace({ item, onRead, edges }: LinkPlaceProps): React.JSX.Element | null {
  const [read, setRead] = React.useState<WorkItem>();
  const [taken, setTaken] = React.useState<{ readonly workItemId: number; readonly address: FileAddress }>();
  const { request } = useStore(linkRequest);
  React.useEffect(() => onRead(setRead), [onRead]);
  // A request is for the work item of its time.
  React.useEffect(() => endLinkRequest, [item?.id]);
  useAddresses(item?.canChange === true, (address) => item && setTaken({ workItemId: item.id, address }));

  const workItem = read?.id === item?.id ? read : undefined;
  const offered = taken?.workItemId === item?.id ? taken?.address : undefined;
  const isWanted = (request ?? offered) !== undefined || hasFileLink(workItem);
  const { module, problem, retry } = useLazy(loadLines, item !== undefined && isWanted);
  if (!item) return null;
  if (module)
    return (
      <module.LinkLines
        {...{ item, workItem, offered, request, edges }}
        onAnswered={() => setTaken(undefined)}
      />
    );
  return problem && isWanted ? (
    <LoadProblem problem={problem} subject={t('The list of linked files')} onRetry={retry} />
  ) : null;
}

function hasFileLink(workItem: WorkItem | undefined): boolean {
  return (workItem?.relations ?? []).some(
    ({ rel, url }) => rel === 'Hyperlink' && readFileAddress(url)?.isFile === true,
  );
}

/** Takes addresses of files that are pasted or dropped on the page, except in a field or behind a modal dialog. */
function useAddresses(isEnabled: boolean, onAddress: (address: FileAddress) => void): void {
  const latest = React.useRef({ isEnabled, onAddress });
  latest.current = { isEnabled, onAddress };

  React.useEffect(() => {
    /** Whether the drag began on this page: its own links and files are not for the work item. */
    let isOwnDrag = false;
    const begin = (): void => void (isOwnDrag = true);
    const end = (): void => void (isOwnDrag = false);
    const isMine = (event: Event, transfer: DataTransfer | null): transfer is DataTransfer =>
      latest.current.isEnabled &&
      transfer !== null &&
      !transfer.types.includes('Files') &&
      !isInField(event.target) &&
      document.querySelector('dialog[open]') === null;

    const take = (event: Event, transfer: DataTransfer | null): void => {
      if (!isMine(event, transfer)) return;
      const address = readTransferred(transfer);
      if (!address?.isFile || attachmentIdOf(address.url) !== undefined) return;
      event.preventDefault();
      latest.current.onAddress(address);
    };
    const paste = (event: ClipboardEvent): void => {
      if (!event.defaultPrevented) take(event, event.clipboardData);
    };
    // The first script of the page prevents the default of each drop.
    const drop = (event: DragEvent): void => {
      if (!isOwnDrag) take(event, event.dataTransfer);
    };
    const over = (event: DragEvent): void => {
      const { dataTransfer } = event;
      if (isOwnDrag || !isMine(event, dataTransfer) || !dataTransfer.types.includes('text/uri-list')) return;
      event.preventDefault();
      dataTransfer.dropEffect = 'link';
    };
    // On the window, after all handlers of files.
    window.addEventListener('dragstart', begin);
    window.addEventListener('dragend', end);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragstart', begin);
      window.removeEventListener('dragend', end);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, []);
}

function isInField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}
