/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import '../../helpers/browser-parts';
import { CheckLines } from '../../../src/ui/check-lines';
import type { ChecksState, HeldFile } from '../../../src/upload/checks/checks-state';
import type { FileChecks } from '../../../src/upload/checks/file-checks';
import { createStateStore } from '../../../src/base/store';
import { type } from '../../helpers/render';
import { ITEM_7, pickedFile } from '../../helpers/uploads';
import type { Button } from '../entries/form-group/fake-button';
import { createPage } from '../entries/form-group/page';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../entries/form-group/fake-button'),
);

function heldFile(name: string, reason: HeldFile['reason'] = { kind: 'comment' }): HeldFile {
  return { id: name, file: pickedFile(name), target: ITEM_7, reason, isBusy: false, pass: () => undefined };
}

/** Shows the questions about these files. */
function show(held: readonly HeldFile[]) {
  const page = createPage();
  const answers: unknown[] = [];
  const store = createStateStore<ChecksState>({ checking: [], held, notes: [] });
  const checks = {
    ...store,
    answer(...answer: Parameters<FileChecks['answer']>) {
      answers.push(answer);
      store.setState((state) => ({ ...state, held: state.held.filter(({ id }) => !answer[0].includes(id)) }));
    },
  } as unknown as FileChecks;
  page.show(<CheckLines checks={checks} isShown={() => true} labelOf={String} onOpen={() => undefined} />);
  const field = (): HTMLInputElement => document.querySelector('input[type="text"]')!;
  return {
    ...{ page, answers, field },
    write: (text: string): void => type(field(), text),
    /** As Enter in the field does. */
    submit: (): void =>
      act(() => void field().form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))),
  };
}

test('CommentQuestion attaches one file after the other, with a comment each', () => {
  const { page, answers, field, write, submit } = show([heldFile('a.log'), heldFile('b.log')]);
  expect(page.words()).toContain('This project asks for a comment on “\u2068a.log\u2069”.');
  expect(page.buttons()).toEqual(['Leave out']);
  write('  ');
  submit();
  expect(answers).toEqual([]);
  write(' Seen in the build ');
  expect(page.buttons()).toEqual(['Attach', 'Leave out']);
  submit();
  expect(answers).toEqual([[['a.log'], 'attach', 'Seen in the build']]);
  expect(page.words()).toContain('b.log');
  expect(field().value).toBe('');
  expect(document.activeElement).toBe(field());
  page.click('Leave out');
  expect(answers.slice(1)).toEqual([[['b.log'], 'leave-out']]);
  expect(page.words()).toBe('');
});

test('CommentQuestion attaches all files with one comment, without those with other questions', () => {
  const broken = heldFile('c.log', { kind: 'unchecked', problem: { kind: 'network' } });
  const { page, answers, write, submit } = show([heldFile('a.log'), broken, heldFile('b.log')]);
  page.tick();
  write('Nightly run');
  submit();
  expect(answers).toEqual([[['a.log', 'b.log'], 'attach', 'Nightly run']]);
  expect(page.buttons()).toEqual(['Retry', 'Attach anyway', 'Leave out']);
});
