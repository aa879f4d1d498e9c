import fc from 'fast-check';
import type { GateAction } from '../../../../src/upload/queue/queue-gate';
import { OPEN, reduceGate } from '../../../../src/upload/queue/queue-gate';
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
  ['goes offline from nothing', OPEN, wentOffline, OFFLINE],
  ['goes offline from a wait, and keeps that in mind', UNTIL_5, wentOffline, OFFLINE_UNTIL_5],
  ['comes back', OFFLINE, cameBack, OPEN],
  ['comes back to a wait', OFFLINE_UNTIL_5, cameBack, UNTIL_5],
  ['is offline and asked to wait', OFFLINE, asked(5), OFFLINE_UNTIL_5],
  ['is offline and asked to wait longer', OFFLINE_UNTIL_5, asked(9), OFFLINE_UNTIL_9],
  ['has waited long enough while it was offline', OFFLINE_UNTIL_5, waited(5), OFFLINE],
  ['waits when it is asked to', OPEN, asked(5), UNTIL_5],
  ['waits longer when it is asked to', UNTIL_5, asked(9), UNTIL_9],
  ['has waited long enough', UNTIL_5, waited(5), OPEN],
])('it %s', (_, hold, action, next) => {
  expect(reduceGate(hold, action)).toEqual(next);
});

test.each<[string, PauseReason, GateAction]>([
  ['is offline already', OFFLINE_UNTIL_5, wentOffline],
  ['was never away', OPEN, cameBack],
  ['is back and still has to wait', UNTIL_5, cameBack],
  ['waits longer than it is asked to', UNTIL_9, asked(5)],
  ['waits as long as it is asked to', UNTIL_5, asked(5)],
  ['has ended a shorter wait', UNTIL_9, waited(5)],
  ['has ended a wait while it is offline', OFFLINE, waited(5)],
  ['has ended a wait that nothing was left of', OPEN, waited(5)],
])('nobody is told when it %s', (_, hold, action) => {
  expect(reduceGate(hold, action)).toBe(hold);
});

test('whatever happens, it is over once the machine is back and every wait has ended', () => {
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
