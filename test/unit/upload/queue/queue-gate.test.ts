import fc from 'fast-check';
import type { GateAction } from '../../../../src/upload/queue/upload-attempts';
import { OPEN, reduceGate } from '../../../../src/upload/queue/upload-attempts';
import type { PauseReason } from '../../../../src/upload/upload';

const OFFLINE: PauseReason = { reason: 'offline' };
const OFFLINE_UNTIL_5: PauseReason = { reason: 'offline', until: 5 };
const OFFLINE_UNTIL_9: PauseReason = { reason: 'offline', until: 9 };
const UNTIL_5: PauseReason = { reason: 'throttled', until: 5 };
const UNTIL_9: PauseReason = { reason: 'throttled', until: 9 };

const wentOffline: GateAction = { type: 'went-offline' };
const cameBack: GateAction = { type: 'came-online' };
const asked = (until: number): GateAction => ({ type: 'throttled', until });
const waited = (until: number): GateAction => ({ type: 'waited', until });

test.each<[string, PauseReason, GateAction, PauseReason]>([
  ['closes when the browser goes offline', OPEN, wentOffline, OFFLINE],
  ['keeps the time of a wait when the browser goes offline', UNTIL_5, wentOffline, OFFLINE_UNTIL_5],
  ['opens when the browser is online again', OFFLINE, cameBack, OPEN],
  ['continues a wait when the browser is online again', OFFLINE_UNTIL_5, cameBack, UNTIL_5],
  ['adds a wait while offline', OFFLINE, asked(5), OFFLINE_UNTIL_5],
  ['extends a wait while offline', OFFLINE_UNTIL_5, asked(9), OFFLINE_UNTIL_9],
  ['ends a wait while offline', OFFLINE_UNTIL_5, waited(5), OFFLINE],
  ['closes when throttled', OPEN, asked(5), UNTIL_5],
  ['extends a wait when throttled again', UNTIL_5, asked(9), UNTIL_9],
  ['opens when the wait has ended', UNTIL_5, waited(5), OPEN],
])('reduceGate %s', (_, hold, action, next) => {
  expect(reduceGate(hold, action)).toEqual(next);
});

test.each<[string, PauseReason, GateAction]>([
  ['it is offline already', OFFLINE_UNTIL_5, wentOffline],
  ['it was never offline', OPEN, cameBack],
  ['it comes online during a wait', UNTIL_5, cameBack],
  ['it is throttled for less than the current wait', UNTIL_9, asked(5)],
  ['it is throttled for exactly the current wait', UNTIL_5, asked(5)],
  ['a shorter wait has ended', UNTIL_9, waited(5)],
  ['a wait has ended while offline without one', OFFLINE, waited(5)],
  ['a wait has ended while open', OPEN, waited(5)],
])('reduceGate returns the same state if %s', (_, hold, action) => {
  expect(reduceGate(hold, action)).toBe(hold);
});

test('reduceGate opens after any actions once the browser is online and every wait has ended', () => {
  const action = fc.oneof(fc.constant(wentOffline), fc.constant(cameBack), fc.nat(9).map(asked));
  fc.assert(
    fc.property(fc.array(action), (actions) => {
      let hold = OPEN;
      for (const next of actions) hold = reduceGate(hold, next);
      hold = reduceGate(hold, cameBack);
      for (const next of actions) if (next.type === 'throttled') hold = reduceGate(hold, waited(next.until));
      expect(hold).toEqual(OPEN);
    }),
  );
});
