import { describeDiagnostics } from '../base/diagnostics';
import type { CheckState } from './check-state';
import { NOT_ASKED } from './questions/frame';

/**
 * Describes a finished check for a ticket, in English: answers, statuses and codes, with the diagnostics of the frame.
 * It contains no names, titles, ids, tokens, addresses or texts of the server.
 */
export function describeCheck(state: Extract<CheckState, { step: 'done' }>): string {
  const { rows, isCanceled, cleanUp, kept, problem } = state;
  const answers = rows.map(({ id, answer, seen, steps }): [string, string] => [
    id,
    [answer ?? (seen === NOT_ASKED ? seen : 'no answer'), steps && `(${steps})`].filter(Boolean).join(' '),
  ]);
  return describeDiagnostics({
    check: isCanceled ? 'canceled' : 'finished',
    problem: problem?.kind,
    ...Object.fromEntries(answers),
    'clean-up': cleanUp && `${cleanUp.removed} removed, ${cleanUp.left.length} left`,
    'clean-up problem': cleanUp?.problem?.kind,
    'kept for 30 days': kept && 'yes',
  });
}
