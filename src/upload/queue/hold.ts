/** Why nothing is sent just now. */
export type Hold =
  | { readonly reason: 'nothing' }
  /** `until`: what the server asked for before, and will have had by then. */
  | { readonly reason: 'offline'; readonly until?: number }
  /** The server asked for it. `until` in milliseconds since the epoch. */
  | { readonly reason: 'asked-to-wait'; readonly until: number };

/** What can happen to it. */
export type HoldAction =
  | { readonly type: 'went-offline' }
  | { readonly type: 'came-back' }
  /** A person wants it to go on all the same. */
  | { readonly type: 'lifted' }
  | { readonly type: 'asked-to-wait'; readonly until: number }
  /** The time that the server asked for, until then, is over. */
  | { readonly type: 'waited'; readonly until: number };

/** Nothing holds the queue. */
export const NO_HOLD: Hold = { reason: 'nothing' };

/** A line that is dead says more than a server that wants to be left alone; the longest wait counts. */
export function reduceHold(hold: Hold, action: HoldAction): Hold {
  const until = 'until' in hold ? hold.until : undefined;
  switch (action.type) {
    case 'went-offline':
      return hold.reason === 'offline' ? hold : { ...hold, reason: 'offline' };
    case 'came-back':
      if (hold.reason !== 'offline') return hold;
      return until === undefined ? NO_HOLD : { reason: 'asked-to-wait', until };
    case 'lifted':
      return NO_HOLD;
    case 'asked-to-wait':
      if (until !== undefined && until >= action.until) return hold;
      return { reason: hold.reason === 'offline' ? 'offline' : 'asked-to-wait', until: action.until };
    case 'waited':
      if (until !== action.until) return hold;
      return hold.reason === 'offline' ? { reason: 'offline' } : NO_HOLD;
  }
}
