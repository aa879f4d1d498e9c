/** Why nothing is sent just now. */
export type Hold =
  | { readonly reason: 'nothing' }
  | { readonly reason: 'offline' }
  /** The server asked for it. `until` in milliseconds since the epoch. */
  | { readonly reason: 'asked-to-wait'; readonly until: number };

/** What can happen to it. */
export type HoldAction =
  | { readonly type: 'went-offline' }
  | { readonly type: 'came-back' }
  | { readonly type: 'asked-to-wait'; readonly until: number }
  /** The time that the server asked for, until then, is over. */
  | { readonly type: 'waited'; readonly until: number };

/** Nothing holds the queue. */
export const NO_HOLD: Hold = { reason: 'nothing' };

/** A line that is dead says more than a server that wants to be left alone; the longest wait counts. */
export function reduceHold(hold: Hold, action: HoldAction): Hold {
  switch (action.type) {
    case 'went-offline':
      return hold.reason === 'offline' ? hold : { reason: 'offline' };
    case 'came-back':
      return hold.reason === 'offline' ? NO_HOLD : hold;
    case 'asked-to-wait':
      if (hold.reason === 'offline' || (hold.reason === 'asked-to-wait' && hold.until >= action.until))
        return hold;
      return { reason: 'asked-to-wait', until: action.until };
    case 'waited':
      return hold.reason === 'asked-to-wait' && hold.until === action.until ? NO_HOLD : hold;
  }
}
