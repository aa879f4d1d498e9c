import type { EmulatorMode } from 'azure-devops-emulator';
import type { Api } from './api';

/** What a question may work with. */
export interface Stage {
  readonly mode: EmulatorMode;
  readonly api: Api;
  /** The project that holds the work item. */
  readonly project: string;
  readonly otherProject: string | undefined;
  /** The work item that the probe has created; every question may attach to it. */
  readonly workItemId: number;
}

/** What was found out. */
export interface Finding {
  /** In the words of `assumed`, so that the two can be compared; `null`: nothing could be told. */
  readonly answer: string | null;
  /** What was seen, for a person: statuses, messages, names. */
  readonly seen: string;
}

/** One thing that only a real organization can tell. */
export interface Question {
  readonly id: string;
  /** For a person, ending in a question mark. */
  readonly question: string;
  /** What the emulator answers by default. */
  readonly assumed: string | Readonly<Record<EmulatorMode, string>>;
  /** What a script outside a browser cannot see of it. */
  readonly unseen?: string;
  /** Takes files of 61 MB, or a hundred uploads. */
  readonly large?: boolean;
  ask(stage: Stage): Promise<Finding>;
}
