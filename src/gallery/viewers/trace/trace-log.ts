import type { RequestLog } from '../har/har-log';
import type { NamedText } from '../har/request-details';
import type { CutText } from '../results/test-results';

/** A file that a test attached. */
export interface TraceAttachment {
  readonly name: string;
  /** MIME type without parameters. Can be empty. */
  readonly type: string;
  /** Path in the archive. Empty if the file is not there. */
  readonly path: string;
  /** Content of a small file that is inside the events. */
  readonly content: Blob | undefined;
}

/** A step of a test, or a call of the library. */
export interface TraceAction {
  /** Position in the list, from 0. */
  readonly index: number;
  /** Number of actions around it. */
  readonly depth: number;
  readonly title: string;
  /** Locator, selector or address. Can be empty. */
  readonly target: string;
  /** `Frame.click`. Can be empty. */
  readonly method: string;
  /** In milliseconds since 1970, or since some start in old traces. */
  readonly startedAt: number;
  /** `undefined` without an end. */
  readonly endedAt: number | undefined;
  readonly error: CutText;
  /** Lines of the stack, as `file:line:column function`. */
  readonly stack: CutText;
  readonly log: CutText;
  readonly parameters: readonly NamedText[];
  /** Empty if unknown. */
  readonly pageId: string;
  readonly attachments: readonly TraceAttachment[];
}

/** Kind of a message. `page` are errors of a page. */
export type MessageKind = 'error' | 'warning' | 'page' | 'stderr' | 'stdout' | 'other';

/** A message of a page, or an output of the test. */
export interface TraceMessage {
  readonly index: number;
  readonly kind: MessageKind;
  readonly time: number;
  readonly text: CutText;
  /** Address and line. Can be empty. */
  readonly place: string;
}

/** A picture of a page. */
export interface TraceFrame {
  readonly pageId: string;
  readonly time: number;
  /** Path in the archive. */
  readonly path: string;
}

/** An error of the test. */
export interface TraceError {
  readonly message: CutText;
  readonly stack: CutText;
}

/** A trace of Playwright. */
export interface Trace {
  readonly title: string;
  /** Browser and its channel. */
  readonly browser: string;
  readonly platform: string;
  /** Version of Playwright. Unknown for old traces. */
  readonly version: string;
  /** Interval of all actions, in milliseconds as of `TraceAction.startedAt`. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly errors: readonly TraceError[];
  /** In the order of a tree. */
  readonly actions: readonly TraceAction[];
  /** Number of actions in the file. Can be more than the listed ones. */
  readonly totalActions: number;
  /** In the order of time. */
  readonly messages: readonly TraceMessage[];
  readonly totalMessages: number;
  /** In the order of time. */
  readonly frames: readonly TraceFrame[];
  readonly network: RequestLog;
  /** Number of snapshots of documents. They are not shown: they are foreign HTML. */
  readonly domSnapshots: number;
  /** Number of events that are too long or no valid JSON. */
  readonly skipped: number;
  /** Whether the trace is larger than the part that was read. */
  readonly isCut: boolean;
}
