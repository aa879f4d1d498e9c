import type { EmulatorMode } from 'azure-devops-emulator';
import type { Api } from './api';

/** Dependencies of a question. */
export interface Stage {
  readonly mode: EmulatorMode;
  readonly api: Api;
  /** Project of the work item. */
  readonly project: string;
  readonly otherProject: string | undefined;
  /** Work item created by the probe; every question may attach to it. */
  readonly workItemId: number;
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
  /** Default answer of the emulator. */
  readonly assumed: string | Readonly<Record<EmulatorMode, string>>;
  /** Aspects not visible to a script outside a browser. */
  readonly unseen?: string;
  /** Takes files of 61 MB, or a hundred uploads. */
  readonly large?: boolean;
  ask(stage: Stage): Promise<Finding>;
}
