/** @jest-environment jsdom */
import * as React from 'react';
import type { OpenForm } from '../../../../src/upload/form/form-state';
import { SavePrompt } from '../../../../src/ui/save-prompt';
import type { Button } from './fake-button';
import { createPage } from './page';
import { openOn } from './stage';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

describe('SavePrompt', () => {
  const ATTACH_NOW = 'Attach now, without saving my edits';

  /** Renders the prompt and records the decisions. */
  function showPrompt(facts: Partial<OpenForm> = {}, files = 2) {
    const page = createPage();
    const onSave = jest.fn<undefined, [boolean]>();
    const onAttachNow = jest.fn<undefined, [boolean]>();
    page.show(<SavePrompt files={files} form={openOn(7, facts)} onSave={onSave} onAttachNow={onAttachNow} />);
    return { page, onSave, onAttachNow };
  }

  test('counts the files and offers two ways to attach them', () => {
    const { page } = showPrompt();
    expect(page.words()).toBe('2 files will be attached when you save.Do so from now on');
    expect(page.buttons()).toEqual(['Save and attach', ATTACH_NOW]);
    expect(showPrompt({}, 1).page.words()).toContain('1 file will be attached');
  });

  test.each([
    ['once', false],
    ['from now on', true],
  ])('attaches %s as the user decides', (_, remember) => {
    const { page, onSave, onAttachNow } = showPrompt();
    if (remember) page.tick();
    page.click('Save and attach');
    page.click(ATTACH_NOW);
    expect(onSave.mock.calls).toEqual([[remember]]);
    expect(onAttachNow.mock.calls).toEqual([[remember]]);
  });

  test('offers only saving for a new item and remembers nothing', () => {
    const { page, onSave } = showPrompt({ target: { kind: 'draft', draftId: 'draft 1' }, hostId: 0 });
    expect(page.words()).toBe('2 files will be attached when you save.');
    expect(page.buttons()).toEqual(['Save and attach']);
    page.click('Save and attach');
    expect(onSave.mock.calls).toEqual([[false]]);
  });

  test('does not save twice at once', () => {
    const { page } = showPrompt({ saving: 'under-way' });
    expect(page.buttons()).toEqual([ATTACH_NOW]);
    expect(page.words()).not.toContain('not saved');
  });

  test('explains a failed save and allows a retry', () => {
    const { page } = showPrompt({ saving: { outcome: 'invalid', fields: ['Team'] } });
    expect(page.words()).toContain('It cannot be saved yet. Correct Team first.');
    expect(page.buttons()).toEqual(['Save and attach', ATTACH_NOW]);
  });
});
