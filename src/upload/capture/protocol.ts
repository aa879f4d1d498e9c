/** Page that captures the screen. It is beside the other pages. */
const PAGE = 'capture.html';

/** Task of the capture page, from its address. */
export type CapturePurpose =
  /** Captures for a work item. */
  | {
      readonly kind: 'capture';
      readonly id: string;
      /** Label of the work item: `Bug 7`. */
      readonly workItem: string;
      /** Culture of the host; empty if unknown. */
      readonly culture: string;
    }
  /** Answers the check of the organization and closes. */
  | { readonly kind: 'check'; readonly id: string }
  /** Opened by hand. */
  | { readonly kind: 'none' };

/** Message of the capture page to its opener. */
export type CaptureMessage =
  /** The page reaches its opener. */
  | { readonly captureId: string; readonly type: 'reached' }
  /** A file for the work item. */
  | { readonly captureId: string; readonly type: 'file'; readonly file: File };

/** Answer of the opener to a file. */
export interface CaptureReply {
  readonly captureId: string;
  /** Whether the file goes to the work item. */
  readonly isTaken: boolean;
}

/** Names of captured files: no folders, control characters or other extensions. */
const NAME = /^[\w .()-]{1,100}\.(?:png|webm|mp4)$/;

/** Returns the address of the capture page. The task is in the fragment, so no server receives it. */
export function captureUrl(base: string, purpose: Exclude<CapturePurpose, { kind: 'none' }>): string {
  const { kind, id } = purpose;
  const fragment = new URLSearchParams({ [kind]: id });
  if (kind === 'capture') {
    fragment.set('item', purpose.workItem);
    fragment.set('culture', purpose.culture);
  }
  const url = new URL(PAGE, base);
  url.hash = fragment.toString();
  return url.href;
}

/** Reads the task of the capture page from the fragment of its address. */
export function readPurpose(hash: string): CapturePurpose {
  const fragment = new URLSearchParams(hash.replace(/^#/, ''));
  const [check, capture] = [fragment.get('check'), fragment.get('capture')];
  if (check) return { kind: 'check', id: check };
  if (!capture) return { kind: 'none' };
  return {
    kind: 'capture',
    id: capture,
    workItem: fragment.get('item') ?? '',
    culture: fragment.get('culture') ?? '',
  };
}

/** Reads a message of the window that was opened with this id; `undefined` for any other data. */
export function readMessage(data: unknown, id: string): CaptureMessage | undefined {
  if (!hasId(data, id)) return undefined;
  const { type, file } = data as Partial<Record<'type' | 'file', unknown>>;
  if (type === 'reached') return { captureId: id, type };
  return type === 'file' && file instanceof File && NAME.test(file.name)
    ? { captureId: id, type, file }
    : undefined;
}

/** Reads an answer of the opener; `undefined` for any other data. */
export function readReply(data: unknown, id: string): CaptureReply | undefined {
  if (!hasId(data, id)) return undefined;
  const { isTaken } = data as Partial<Record<'isTaken', unknown>>;
  return typeof isTaken === 'boolean' ? { captureId: id, isTaken } : undefined;
}

function hasId(data: unknown, id: string): boolean {
  return typeof data === 'object' && data !== null && 'captureId' in data && data.captureId === id;
}
