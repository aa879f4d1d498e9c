/** @jest-environment jsdom */
import * as React from 'react';
import type { OpenForm } from '../../../src/form-group/form-state';
import { RememberedChoice, SavePrompt } from '../../../src/form-group/save-prompt';
import type { Button } from './fake-button';
import { createPage } from './page';
import { openOn } from './stage';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

describe('files that wait for a save', () => {
  const ATTACH_NOW = 'Attach now, without saving my edits';

  /** The line for a form that is so, and what a person decided. */
  function showPrompt(facts: Partial<OpenForm> = {}, files = 2) {
    const page = createPage();
    const onSave = jest.fn<undefined, [boolean]>();
    const onAttachNow = jest.fn<undefined, [boolean]>();
    page.show(<SavePrompt files={files} form={openOn(7, facts)} onSave={onSave} onAttachNow={onAttachNow} />);
    return { page, onSave, onAttachNow };
  }

  test('are counted, and can be attached in two ways', () => {
    const { page } = showPrompt();
    expect(page.words()).toBe('2 files will be attached when you save.Do so from now on');
    expect(page.buttons()).toEqual(['Save and attach', ATTACH_NOW]);
    expect(showPrompt({}, 1).page.words()).toContain('1 file will be attached');
  });

  test.each([
    ['once', false],
    ['from now on', true],
  ])('are attached %s as the person decides', (_, remember) => {
    const { page, onSave, onAttachNow } = showPrompt();
    if (remember) page.tick();
    page.click('Save and attach');
    page.click(ATTACH_NOW);
    expect(onSave.mock.calls).toEqual([[remember]]);
    expect(onAttachNow.mock.calls).toEqual([[remember]]);
  });

  test('of a new item can only wait for its save, and nothing is remembered', () => {
    const { page, onSave } = showPrompt({ target: { kind: 'draft', draftId: 'draft 1' }, hostId: 0 });
    expect(page.words()).toBe('2 files will be attached when you save.');
    expect(page.buttons()).toEqual(['Save and attach']);
    page.click('Save and attach');
    expect(onSave.mock.calls).toEqual([[false]]);
  });

  test('cannot be saved twice at once', () => {
    const { page } = showPrompt({ saving: 'under-way' });
    expect(page.buttons()).toEqual([ATTACH_NOW]);
    expect(page.words()).not.toContain('not saved');
  });

  test('say why they were not saved, and can be tried again', () => {
    const { page } = showPrompt({ saving: { outcome: 'invalid', fields: ['Team'] } });
    expect(page.words()).toContain('It cannot be saved yet. Correct Team first.');
    expect(page.buttons()).toEqual(['Save and attach', ATTACH_NOW]);
  });
});

describe('a choice that is remembered', () => {
  test.each([
    ['attach-now', 'Files are attached at once, also beside edits that are not saved.'],
    ['save-first', 'Edits are saved as soon as files are to be attached.'],
  ] as const)('as %s is told, and can be forgotten', (choice, words) => {
    const page = createPage();
    const onAskAgain = jest.fn();
    page.show(<RememberedChoice choice={choice} onAskAgain={onAskAgain} />);
    expect(page.words()).toBe(words);
    page.click('Ask me again');
    expect(onAskAgain).toHaveBeenCalledTimes(1);
  });

  test('is told only where there is one', () => {
    const page = createPage();
    page.show(<RememberedChoice choice="wait" onAskAgain={() => undefined} />);
    expect(page.words()).toBe('');
  });
});
