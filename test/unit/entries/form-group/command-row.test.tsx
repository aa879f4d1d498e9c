/** @jest-environment jsdom */
import * as React from 'react';
import { act } from 'react-dom/test-utils';
import type { Command } from '../../../../src/entries/form-group/command-row';
import { CommandRow } from '../../../../src/entries/form-group/command-row';
import type { EditsChoice } from '../../../../src/upload/form/edits-choice';
import { createPasteChoice } from '../../../../src/upload/form/paste-choice';
import type { UploadActions } from '../../../../src/ui/upload-actions';
import type { CheckEdges } from '../../../../src/check/check-dialog';
import type { FormState } from '../../../../src/upload/form/form-state';
import type { LearnedAnswers } from '../../../../src/upload/learned';
import { createMemoryLearned } from '../../../../src/upload/learned';
import type { UploadState } from '../../../../src/upload/upload';
import { createTestHost } from '../../../helpers/host';
import { clearAll, click, render, until } from '../../../helpers/render';
import { uploadIn } from '../../../helpers/uploads';
import type { Button } from './fake-button';

jest.mock('azure-devops-ui/Button', () => jest.requireActual<{ Button: typeof Button }>('./fake-button'));

const UPLOADING: UploadState = { status: 'uploading', attempt: 1, step: 'sending' };
const PAUSED: UploadState = { status: 'paused', attempt: 1 };

/** Keys of the commands that wrap onto the second line. */
let wrapped: readonly string[] = [];
let resize: () => void = () => undefined;

beforeEach(() => {
  wrapped = [];
  Object.defineProperty(HTMLElement.prototype, 'offsetTop', {
    configurable: true,
    get(this: HTMLElement) {
      return wrapped.includes(this.dataset['command'] ?? '') ? 28 : 0;
    },
  });
  Object.assign(window, {
    ResizeObserver: class {
      constructor(onChange: () => void) {
        resize = onChange;
      }
      observe = (): void => undefined;
      disconnect = (): void => undefined;
    },
  });
});

afterEach(() => {
  clearAll();
  Reflect.deleteProperty(HTMLElement.prototype, 'offsetTop');
});

/** A check of an organization with these answers. */
function checkWith(answers: LearnedAnswers): CheckEdges {
  return { services: { learned: createMemoryLearned(answers) } } as unknown as CheckEdges;
}

/** Renders a row with two commands and records the choices. */
async function show(
  states: readonly UploadState[] = [],
  choice: EditsChoice | 'none' = 'wait',
  pasteSetting?: string,
  learned?: LearnedAnswers,
) {
  const chosen: string[] = [];
  const host = createTestHost();
  host.readSetting.mockResolvedValue(pasteSetting);
  const command = (key: string, text: string): Command => ({ key, text, onSelect: () => chosen.push(key) });
  const actions = {
    pause: (ids: readonly string[]) => chosen.push(`pause ${ids.length}`),
    resume: (ids: readonly string[]) => chosen.push(`resume ${ids.length}`),
  } as unknown as UploadActions;
  const session = {
    getSnapshot: (): FormState => ({ status: 'connecting', late: false }),
    attachTo: jest.fn(),
    attachPasted: jest.fn(),
  };
  const place = await render(
    <CommandRow
      commands={[command('browse', 'Browse'), command('more', 'Attach to multiple work items…')]}
      uploads={states.map((state, index) => uploadIn(state, { id: String(index) }))}
      actions={actions}
      choice={choice === 'none' ? undefined : choice}
      onChoose={(next) => chosen.push(next)}
      pasteChoice={createPasteChoice(host)}
      checkSettings={host}
      session={session}
      check={learned && checkWith(learned)}
      openItem={undefined}
    />,
  );
  const items = (): readonly string[] =>
    Array.from(
      document.querySelectorAll('[role^="menuitem"]'),
      (item) => `${item.textContent}${item.ariaChecked === 'true' ? ' ✓' : ''}`,
    );
  const menu = async (): Promise<readonly string[]> => {
    click(place, 'More actions');
    await until(() => document.querySelector('[role=menu]') !== null);
    return items();
  };
  return { place, chosen, menu, items, host };
}

const PASTE = 'Insert pasted images into the text';
const CHECKS = [
  'Remove location ✓',
  'Remove everything',
  'Keep',
  'Edit pasted images first',
  'Look for secrets ✓',
];
const SETTINGS = [
  'Ask every time ✓',
  'Save and attach',
  'Attach without saving',
  PASTE,
  ...CHECKS,
  'Keyboard shortcuts',
  'Report a translation',
];

describe('CommandRow', () => {
  test('moves the commands that do not fit into the menu, and back', async () => {
    wrapped = ['more'];
    const { place, chosen, menu } = await show();
    expect([...place.querySelectorAll('.crowded-out')].map(({ textContent }) => textContent)).toEqual([
      'Attach to multiple work items…',
    ]);
    expect(await menu()).toEqual(['Attach to multiple work items…', ...SETTINGS]);
    click(document.querySelector('[role=menu]')!, 'Attach to multiple work items…');
    expect(chosen).toEqual(['more']);

    wrapped = [];
    act(() => resize());
    expect(place.querySelectorAll('.crowded-out')).toHaveLength(0);
    expect(await menu()).toEqual(SETTINGS);
  });

  test('offers the choice for unsaved edits, with a mark at the current one', async () => {
    const { chosen, menu } = await show([], 'attach-now');
    expect(await menu()).toEqual([
      'Ask every time',
      'Save and attach',
      'Attach without saving ✓',
      PASTE,
      ...CHECKS,
      'Keyboard shortcuts',
      'Report a translation',
    ]);
    click(
      document.querySelector('[role=group][aria-label="If you have unsaved changes"]')!,
      'Ask every time',
    );
    expect(chosen).toEqual(['wait']);
  });

  test('offers to insert pasted images, with a mark once the choice is read', async () => {
    const { menu, items, host } = await show([], 'wait', 'yes');
    await menu();
    await until(() => items().includes(`${PASTE} ✓`));
    click(document.querySelector('[role=menu]')!, PASTE);
    expect(items()).toContain(PASTE);
    expect(host.writeSetting.mock.calls).toEqual([['insert-pasted', 'no']]);
  });

  test('offers the rules for files before their upload, and stores a choice', async () => {
    const { menu, host } = await show();
    await menu();
    const metadata = document.querySelector('[role=group][aria-label="Metadata in images"]')!;
    click(metadata, 'Keep');
    await menu();
    click(document.querySelector('[role=menu]')!, 'Look for secrets');
    expect(await menu()).toEqual(expect.arrayContaining(['Remove location', 'Keep ✓', 'Look for secrets']));
    expect(host.writeSetting.mock.calls).toEqual([
      ['image-metadata', 'keep'],
      ['look-for-secrets', 'off'],
    ]);
  });

  test.each<[string, LearnedAnswers | undefined, EditsChoice | 'none', unknown, boolean]>([
    ['a window reaches back', { windowReaches: true }, 'wait', () => undefined, true],
    ['a window does not reach back', { windowReaches: false }, 'wait', () => undefined, false],
    ['nothing is known about windows', {}, 'wait', () => undefined, false],
    ['there is no check', undefined, 'wait', () => undefined, false],
    ['nothing can be attached', { windowReaches: true }, 'none', () => undefined, false],
    ['the browser has no screen, as on phones', { windowReaches: true }, 'wait', undefined, false],
  ])(
    'offers to capture the screen only if it can come back: %s',
    async (_, learned, choice, screen, isOffered) => {
      Object.defineProperty(navigator, 'mediaDevices', {
        configurable: true,
        value: { getDisplayMedia: screen },
      });
      const { menu } = await show([], choice, undefined, learned);
      expect((await menu()).includes('Capture…')).toBe(isOffered);
    },
  );

  test('offers the keyboard help when there is nothing else to choose', async () => {
    const { menu } = await show([], 'none');
    expect(await menu()).toEqual(['Keyboard shortcuts', 'Report a translation']);
  });

  test('pauses and resumes all uploads while at least two of them are affected', async () => {
    const { place, chosen } = await show([UPLOADING, UPLOADING, PAUSED, PAUSED]);
    // Their code is loaded with the second upload.
    await until(() => place.textContent.includes('Pause all'));
    click(place, 'Pause all');
    click(place, 'Resume all');
    expect(chosen).toEqual(['pause 2', 'resume 2']);
    expect((await show([UPLOADING, PAUSED])).place.textContent).not.toContain('all');
  });
});
