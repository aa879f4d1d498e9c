import type { Api } from './api';

/** Product: Azure DevOps Services or Server. */
export type Mode = 'services' | 'server';

/** Abilities of a page. Nothing here throws or rejects. */
export interface Frame {
  /** `null` in a sandbox. */
  readonly origin: string;
  readonly isSecureContext: boolean;
  /** Whether text can be stored (`localStorage`). */
  readonly canStore: () => boolean;
  /** Whether a database can be opened (IndexedDB). */
  readonly canOpenDatabase: () => Promise<boolean>;
  /** Whether a lock is granted (Web Locks). */
  readonly canLock: () => Promise<boolean>;
  /** Whether a message arrives in another channel of the same name (`BroadcastChannel`). */
  readonly canBroadcast: () => Promise<boolean>;
  /** State of the permission to write to the clipboard; `undefined` if the browser does not tell. */
  readonly clipboard: () => Promise<string | undefined>;
  /** Asks the host for a message and waits until the person closes it; `undefined` if it is not to be asked. */
  readonly openMessage: () => Promise<boolean | undefined>;
  /** Asks the host for a panel; `undefined` if it is not to be asked. */
  readonly openPanel: () => Promise<boolean | undefined>;
  /** Whether a window opened; `undefined` if it was not to be opened. Browsers demand a click, so it is known before. */
  readonly opensWindow: boolean | undefined;
  /** Whether a message of that window arrived; `undefined` if it was not to be opened. */
  readonly windowReaches: () => Promise<boolean | undefined>;
  /** Whether the host answers a read of extension data. */
  readonly canReadData: () => Promise<boolean>;
  /** The form around the page; `undefined` outside one, and for a new work item. */
  readonly form: FrameForm | undefined;
}

/** Texts of the work item in the form. */
export interface FrameForm {
  readonly workItemId: number;
  /** Returns the saved text of a field as the form tells it; `undefined` if it does not tell. */
  readonly readText: (field: string) => Promise<string | undefined>;
}

/** Dependencies of a question. */
export interface Stage {
  readonly api: Api;
  /** Newest version of the API accepted for released resources. */
  readonly apiVersion: string;
  /** Project of the work item. */
  readonly project: string;
  readonly otherProject: string | undefined;
  /** Work item of the run; every question may attach to it. */
  readonly workItemId: number;
  /** Whether the run created the work item, so its texts can change. */
  readonly isOwn?: boolean;
  /** Whether one attachment stays linked after the run. */
  readonly keepsOne?: boolean;
  /** Page around the questions; `undefined` in a script. */
  readonly frame?: Frame | undefined;
}

/** Finding. */
export interface Finding {
  /** Answer in the words of `assumed`, for comparison; `null`: no answer. */
  readonly answer: string | null;
  /** Details for people: statuses, messages, names. */
  readonly seen: string;
}

/** Question that only a real organization can answer. */
export interface Question {
  readonly id: string;
  /** For a person, ending in a question mark. */
  readonly question: string;
  /**
   * `script`: a frame cannot ask it, or it would change a real work item without consequences for Stapler. `frame`: about
   * the browser and the host.
   */
  readonly asks: 'anywhere' | 'script' | 'frame';
  /** Default answer of the emulator. */
  readonly assumed: string | Readonly<Record<Mode, string>>;
  /** Aspects not visible to a script outside a browser. */
  readonly unseen?: string;
  /** Takes files of 61 MB, or a hundred uploads. */
  readonly large?: boolean;
  ask(stage: Stage): Promise<Finding>;
}
