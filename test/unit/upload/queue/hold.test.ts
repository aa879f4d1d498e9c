import fc from 'fast-check';
import type { Hold, HoldAction } from '../../../../src/upload/queue/hold';
import { NO_HOLD, reduceHold } from '../../../../src/upload/queue/hold';

const OFFLINE: Hold = { reason: 'offline' };
const OFFLINE_UNTIL_5: Hold = { reason: 'offline', until: 5 };
const OFFLINE_UNTIL_9: Hold = { reason: 'offline', until: 9 };
const UNTIL_5: Hold = { reason: 'asked-to-wait', until: 5 };
const UNTIL_9: Hold = { reason: 'asked-to-wait', until: 9 };

const wentOffline: HoldAction = { type: 'went-offline' };
const cameBack: HoldAction = { type: 'came-back' };
const asked = (until: number): HoldAction => ({ type: 'asked-to-wait', until });
const waited = (until: number): HoldAction => ({ type: 'waited', until });

test.each<[string, Hold, HoldAction, Hold]>([
  ['goes offline from nothing', NO_HOLD, wentOffline, OFFLINE],
  ['goes offline from a wait, and keeps that in mind', UNTIL_5, wentOffline, OFFLINE_UNTIL_5],
  ['comes back', OFFLINE, cameBack, NO_HOLD],
  ['comes back to a wait', OFFLINE_UNTIL_5, cameBack, UNTIL_5],
  ['is offline and asked to wait', OFFLINE, asked(5), OFFLINE_UNTIL_5],
  ['is offline and asked to wait longer', OFFLINE_UNTIL_5, asked(9), OFFLINE_UNTIL_9],
  ['has waited long enough while it was offline', OFFLINE_UNTIL_5, waited(5), OFFLINE],
  ['waits when it is asked to', NO_HOLD, asked(5), UNTIL_5],
  ['waits longer when it is asked to', UNTIL_5, asked(9), UNTIL_9],
  ['has waited long enough', UNTIL_5, waited(5), NO_HOLD],
])('it %s', (_, hold, action, next) => {
  expect(reduceHold(hold, action)).toEqual(next);
});

test.each<[string, Hold, HoldAction]>([
  ['is offline already', OFFLINE_UNTIL_5, wentOffline],
  ['was never away', NO_HOLD, cameBack],
  ['is back and still has to wait', UNTIL_5, cameBack],
  ['waits longer than it is asked to', UNTIL_9, asked(5)],
  ['waits as long as it is asked to', UNTIL_5, asked(5)],
  ['has ended a shorter wait', UNTIL_9, waited(5)],
  ['has ended a wait while it is offline', OFFLINE, waited(5)],
  ['has ended a wait that nothing was left of', NO_HOLD, waited(5)],
])('nobody is told when it %s', (_, hold, action) => {
  expect(reduceHold(hold, action)).toBe(hold);
});

test('whatever happens, it is over once the machine is back and every wait has ended', () => {
  const action = fc.oneof(fc.constant(wentOffline), fc.constant(cameBack), fc.nat(9).map(asked));
  fc.assert(
    fc.property(fc.array(action), (actions) => {
      let hold = NO_HOLD;
      for (const next of actions) hold = reduceHold(hold, next);
      hold = reduceHold(hold, cameBack);
      for (const next of actions)
        if (next.type === 'asked-to-wait') hold = reduceHold(hold, waited(next.until));
      expect(hold).toEqual(NO_HOLD);
    }),
  );
});
