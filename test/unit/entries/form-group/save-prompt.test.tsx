/** @jest-environment jsdom */
import * as React from 'react';
import { createStateStore } from '../../../../src/base/store';
import type { SaveGate, SaveGateState, WaitingChange } from '../../../../src/upload/form/save-gate';
import { SavePrompt } from '../../../../src/ui/save-prompt';
import type { Button } from './fake-button';
import { createPage } from './page';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

const REMOVAL: WaitingChange = { workItemId: 7, names: ['c.txt'], isRemoval: true };

describe('SavePrompt', () => {
  const ATTACH_NOW = 'Attach without saving';

  /** Renders the prompt for work item 7 and records the decisions. */
  function showPrompt(state: Partial<SaveGateState> = {}, { files = 2, hostId = 7 } = {}) {
    const page = createPage();
    const gate = {
      ...createStateStore<SaveGateState>({ changes: [], ...state }),
      ...{ save: jest.fn(), runNow: jest.fn(), cancel: jest.fn() },
    };
    page.show(
      <SavePrompt
        gate={gate as unknown as SaveGate}
        hostId={hostId}
        workItemId={hostId > 0 ? hostId : undefined}
        files={files}
      />,
    );
    return { page, gate };
  }

  test('counts the files and offers two ways to attach them', () => {
    const { page } = showPrompt();
    expect(page.words()).toBe('Save the work item to attach 2 files.Remember my choice');
    expect(page.buttons()).toEqual(['Save and attach', ATTACH_NOW]);
    expect(showPrompt({}, { files: 1 }).page.words()).toContain('Save the work item to attach 1 file.');
  });

  test('shows nothing while neither files nor changes of this work item wait', () => {
    const { page } = showPrompt({ changes: [{ ...REMOVAL, workItemId: 8 }] }, { files: 0 });
    expect(page.words()).toBe('');
  });

  test('asks about changes, which can be canceled', () => {
    const { page, gate } = showPrompt({ changes: [REMOVAL] }, { files: 0 });
    expect(page.words()).toBe('Save the work item to remove “\u2068c.txt\u2069”. ');
    expect(page.buttons()).toEqual(['Save', 'Continue without saving', 'Cancel']);
    page.click('Cancel');
    expect(gate.cancel.mock.calls).toEqual([[7]]);
  });

  test('asks one question about files and changes', () => {
    const { page, gate } = showPrompt({ changes: [REMOVAL] });
    expect(page.words()).toContain('Save the work item to attach 2 files.Save the work item to remove');
    expect(page.buttons()).toEqual(['Cancel', 'Save', 'Continue without saving']);
    page.click('Continue without saving');
    page.click('Save');
    expect([gate.runNow.mock.calls, gate.save.mock.calls]).toEqual([[[7, false]], [[7, false]]]);
  });

  test.each([
    ['once', false],
    ['from now on', true],
  ])('attaches %s as the user decides', (_, remember) => {
    const { page, gate } = showPrompt();
    if (remember) page.tick();
    page.click('Save and attach');
    page.click(ATTACH_NOW);
    expect(gate.save.mock.calls).toEqual([[7, remember]]);
    expect(gate.runNow.mock.calls).toEqual([[7, remember]]);
  });

  test('offers only saving for a new item and remembers nothing', () => {
    const { page, gate } = showPrompt({}, { hostId: 0 });
    expect(page.words()).toBe('Save the work item to attach 2 files.');
    expect(page.buttons()).toEqual(['Save and attach']);
    page.click('Save and attach');
    expect(gate.save.mock.calls).toEqual([[0, false]]);
  });

  test('takes no other choice while it saves', () => {
    const { page } = showPrompt({ save: { hostId: 7, state: 'under-way' } });
    expect(page.buttons()).toEqual([]);
    expect(document.querySelector('input')?.disabled).toBe(true);
    expect(page.words()).not.toContain('not saved');
  });

  test('explains a failed save and allows a retry', () => {
    const { page } = showPrompt({ save: { hostId: 7, state: { outcome: 'invalid', fields: ['Team'] } } });
    expect(page.words()).toContain("Can't save yet. Fix this field first: Team.");
    expect(page.buttons()).toEqual(['Save and attach', ATTACH_NOW]);
  });

  test('does not show the failed save of another item', () => {
    const { page } = showPrompt({ save: { hostId: 9, state: { outcome: 'other-item' } } });
    expect(page.words()).not.toContain('not saved');
  });
});
