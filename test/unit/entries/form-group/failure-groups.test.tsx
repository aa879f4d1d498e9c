/** @jest-environment jsdom */
import * as React from 'react';
import type { Problem } from '../../../../src/base/errors';
import { FailureNotes, groupFailures } from '../../../../src/entries/form-group/failure-groups';
import { useFailureGroups } from '../../../../src/entries/form-group/use-failure-groups';
import type { Upload } from '../../../../src/upload/upload';
import { until } from '../../../helpers/render';
import { STATES } from '../../../helpers/upload-states';
import { uploadIn } from '../../../helpers/uploads';
import type { Button } from './fake-button';
import { createPage } from './page';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

function failed(id: string, problem: Problem, retryable = true): Upload {
  return uploadIn({ status: 'failed', attempt: 1, phase: 'linking', problem, retryable }, { id });
}

const idsOf = (uploads: readonly Upload[]): readonly string[] =>
  groupFailures(uploads).map((group) => group.uploads.map(({ id }) => id).join(' '));

const UNREACHABLE: Problem = { kind: 'network' };
const FULL: Problem = { kind: 'attachment-limit', limitCount: 100 };

describe('groupFailures', () => {
  test('groups failures with the same cause, and leaves single ones to their rows', () => {
    const signedOut = failed('e', { kind: 'signed-out' });
    const uploads = [
      failed('a', UNREACHABLE),
      failed('b', FULL),
      failed('c', UNREACHABLE),
      failed('d', FULL),
      signedOut,
    ];
    expect(idsOf(uploads)).toEqual(['a c', 'b d']);
  });

  test('keeps causes with different facts apart', () => {
    const broken = (rule: string): Problem => ({ kind: 'rule-broken', brokenRules: [rule] });
    expect(idsOf([failed('a', broken('A.')), failed('b', broken('B.')), failed('c', broken('A.'))])).toEqual([
      'a c',
    ]);
  });

  test.each(['file-too-large', 'file-changed', 'file-unreadable', 'folder-empty', 'internal'] as const)(
    'leaves %s to the rows, since the cause is the file',
    (kind) => {
      expect(idsOf([failed('a', { kind }), failed('b', { kind })])).toEqual([]);
    },
  );

  test('ignores uploads that have not failed', () => {
    expect(idsOf([uploadIn(STATES.waiting), uploadIn(STATES.uploading), failed('a', UNREACHABLE)])).toEqual(
      [],
    );
  });
});

test('FailureNotes shows one message per cause, with its remedy', () => {
  const page = createPage();
  const pressed: string[] = [];
  const groups = groupFailures([
    failed('a', UNREACHABLE),
    failed('b', UNREACHABLE),
    failed('c', FULL, false),
    failed('d', FULL, false),
  ]);
  page.show(
    <FailureNotes
      groups={groups}
      onRetry={(ids) => pressed.push(`retry ${ids.join(' ')}`)}
      onDismiss={(ids) => pressed.push(`dismiss ${ids.join(' ')}`)}
    />,
  );
  expect(page.words()).toBe(
    "2 files failedCan't reach Azure DevOps. Check your connection, then retry." +
      '2 files failedThis work item is full (100 attachments). Remove some, then add the files again.',
  );
  page.click('Retry failed (2)');
  const dismiss = document.querySelectorAll<HTMLElement>('[aria-label="Dismiss failed (2)"]');
  dismiss[1]!.click();
  expect(pressed).toEqual(['retry a b', 'dismiss c d']);
});

test('useFailureGroups explains nothing until several uploads have failed and the code is loaded', async () => {
  const page = createPage();
  const actions = { retry: () => undefined, remove: () => undefined };
  let explained: readonly string[] = [];
  function Probe({ uploads }: { uploads: readonly Upload[] }): React.JSX.Element {
    const messages = useFailureGroups(uploads, actions);
    explained = [...messages.explained];
    return <>{messages.groupNotes}</>;
  }
  page.show(<Probe uploads={[failed('a', UNREACHABLE)]} />);
  expect([explained, page.words()]).toEqual([[], '']);
  page.show(<Probe uploads={[failed('a', UNREACHABLE), failed('b', UNREACHABLE)]} />);
  expect(explained).toEqual([]);
  await until(() => page.words() !== '');
  expect(explained).toEqual(['a', 'b']);
});
