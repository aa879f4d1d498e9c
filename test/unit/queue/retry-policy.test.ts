import type { ProblemKind } from '../../../src/model/errors';
import { canRetryByHand } from '../../../src/queue/retry-policy';

/** The same file cannot come through again, or a person can do something about it and try again. */
const CAN_RETRY = {
  'file-unreadable': false,
  'folder-unreadable': false,
  'folder-empty': false,
  'file-too-large': false,
  'work-item-closed': false,
  network: true,
  timeout: true,
  'signed-out': true,
  'no-permission': true,
  'work-item-missing': true,
  'attachment-limit': true,
  'link-limit': true,
  'revision-limit': true,
  'already-linked': true,
  conflict: true,
  'rule-broken': true,
  throttled: true,
  'server-busy': true,
  'version-too-new': true,
  refused: true,
  'unexpected-answer': true,
  'link-lost': true,
  'host-silent': true,
  internal: true,
} satisfies Record<ProblemKind, boolean>;

test.each(Object.entries(CAN_RETRY))('%s can be tried again by hand: %s', (kind, expected) => {
  expect(canRetryByHand({ kind: kind as ProblemKind })).toBe(expected);
});
