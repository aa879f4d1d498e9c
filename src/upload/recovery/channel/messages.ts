import type { Pending } from './pending';

/** What an observer says to a group: are you there? */
export interface FromObserver {
  readonly type: 'ping';
}

/** What a group says to an observer. */
export type FromGroup =
  | {
      readonly type: 'pending';
      /** Names the group, of which an observer may have two lines. */
      readonly sender: string;
      /** How many observers were told before this one: 0 for the one that shall act. */
      readonly turn: number;
      readonly pending: Pending;
    }
  | { readonly type: 'pong' | 'leaving' };
