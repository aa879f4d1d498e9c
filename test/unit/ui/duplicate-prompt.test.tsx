/** @jest-environment jsdom */
import * as React from 'react';
import type { LinkTarget } from '../../../src/azure/work-item';
import { createStateStore } from '../../../src/base/store';
import { DuplicatePrompt } from '../../../src/ui/duplicate-prompt';
import type { ReplacedFiles } from '../../../src/upload/link/file-replacer';
import type { Duplicate, Upload, UploadState } from '../../../src/upload/upload';
import { until } from '../../helpers/render';
import { STATES } from '../../helpers/upload-states';
import { DRAFT, guid, ITEM_7, linkable, uploadIn } from '../../helpers/uploads';
import type { Button } from '../entries/form-group/fake-button';
import { createPage } from '../entries/form-group/page';

jest.mock('azure-devops-ui/Button', () =>
  jest.requireActual<{ Button: typeof Button }>('../entries/form-group/fake-button'),
);

const BY_NAME: Duplicate = { status: 'asking', likeness: 'name', attachmentId: guid(1), name: 'a.log' };

function asking(name: string, facts: Partial<Duplicate> = {}, state: UploadState = STATES.uploaded): Upload {
  return uploadIn(state, {
    id: name,
    file: { name, size: 5, folder: '' },
    duplicate: { ...BY_NAME, name, ...facts },
  });
}

/** Shows the prompt for these uploads and replacements. */
function show(
  uploads: readonly Upload[],
  replaced: Partial<ReplacedFiles> = {},
  target: LinkTarget = ITEM_7,
  isLinkSafe = false,
) {
  const page = createPage();
  const answers: string[] = [];
  const session = {
    duplicates: {
      check: () => undefined,
      offerToReplace: () => undefined,
      keepUnseen: () => undefined,
      answer: (ids: readonly string[], answer: string) => answers.push(`${answer} ${ids.join(' ')}`),
    },
    sameFiles: {
      isLinkSafe: () => isLinkSafe,
      search: () => Promise.resolve(new Map()),
      ask: () => undefined,
      uploadUnseen: () => undefined,
      answer: (ids: readonly string[], answer: string) => answers.push(`${answer} ${ids.join(' ')}`),
    },
    replaced: {
      ...createStateStore<ReplacedFiles>({ files: [], isUndoing: false, ...replaced }),
      undo: (id: number) => Promise.resolve(void answers.push(`undo ${id}`)),
      dismiss: () => void answers.push('dismiss'),
    },
  };
  const draw = (now: readonly Upload[]): void =>
    page.show(<DuplicatePrompt session={session} target={target} uploads={now} />);
  draw(uploads);
  return { page, answers, draw };
}

const replacement = (number: number) => ({
  workItemId: 7,
  successor: linkable(number + 5),
  former: linkable(number),
});

/** Without the marks around names. */
const plain = (words: string): string => words.replace(/[\u2068\u2069]/g, '');

// The code of the question is loaded when it is needed first.
beforeAll(async () => {
  const { page } = show([asking('a.log')]);
  await until(() => page.words() !== '');
});

describe('DuplicatePrompt', () => {
  test('shows nothing without a question', () => {
    const { page } = show([
      uploadIn(STATES.uploading),
      asking('a.log', { status: 'comparing' }),
      asking('b.log', { status: 'replacing' }),
      asking('c.log', {}, STATES.failed),
      asking('d.log', {}, STATES.cancelled),
    ]);
    expect([page.words(), page.buttons()]).toEqual(['', []]);
  });

  test.each([
    ['name', 'A file named “a.log” is already attached.'],
    ['content', '“a.log” is already attached as “old.log”.'],
    ['size', '“a.log” might already be attached as “old.log”. Both have the same size.'],
  ] as const)('says that both have the same %s', (likeness, words) => {
    const { page } = show([asking('a.log', { likeness, name: 'old.log' })]);
    expect(plain(page.words())).toBe(words);
  });

  test.each([
    ['Skip', 'skip'],
    ['Replace', 'replace'],
    ['Keep both', 'keep-both'],
  ])('answers with %s, also while the file is being sent', (words, answer) => {
    const { page, answers } = show([asking('a.log', {}, STATES.uploading)]);
    expect(page.buttons()).toEqual(['Skip', 'Replace', 'Keep both']);
    page.click(words);
    expect(answers).toEqual([`${answer} a.log`]);
  });

  test('offers no second copy on a full work item', () => {
    const { page, answers } = show([asking('a.log', { mustReplace: true }, STATES.failed)]);
    expect(plain(page.words())).toBe('This work item is full. Replace the attached “a.log”?');
    expect(page.buttons()).toEqual(['Skip', 'Replace']);
    page.click('Replace');
    expect(answers).toEqual(['replace a.log']);
  });

  test('asks about one file at a time, or answers for all', () => {
    const { page, answers, draw } = show([asking('a.log'), asking('b.log'), asking('c.log')]);
    expect(plain(page.words())).toContain('“a.log”');
    page.click('Skip');
    draw([asking('b.log'), asking('c.log')]);
    expect(plain(page.words())).toContain('“b.log”');
    expect(page.words()).toContain('Do this for all 2 files');
    page.tick();
    page.click('Replace');
    expect(answers).toEqual(['skip a.log', 'replace b.log c.log']);
  });

  test('keeps the focus on the answer from one question to the next', () => {
    const { draw } = show([asking('a.log'), asking('b.log')]);
    const [, replace] = document.querySelectorAll('button');
    replace!.focus();
    draw([asking('b.log')]);
    expect(document.activeElement).toBe(replace);
  });

  test('offers to undo replacements in the form of their work item', () => {
    const { page, answers } = show([], { files: [replacement(1)] });
    expect(plain(page.words())).toBe('“1.txt” was replaced.');
    page.click('Undo');
    document.querySelector<HTMLElement>('[aria-label="Dismiss"]')!.click();
    expect(answers).toEqual(['undo 7', 'dismiss']);
    expect(show([], { files: [replacement(1), replacement(2)] }).page.words()).toBe('2 files were replaced.');
    expect(show([], { files: [{ ...replacement(1), workItemId: 8 }] }).page.words()).toBe('');
    expect(show([], { files: [replacement(1)] }, DRAFT).page.words()).toBe('');
  });

  test('does not undo twice at once, and tells why an undo failed', () => {
    expect(show([], { files: [replacement(1)], isUndoing: true }).page.buttons()).toEqual(['']);
    const { page } = show([], { files: [replacement(1)], problem: { kind: 'network' } });
    expect(plain(page.words())).toContain("“1.txt” was replaced. Can't reach Azure DevOps.");
    expect(page.buttons()).toEqual(['Undo', '']);
  });

  test.each([
    [
      false,
      "The same file is on #1220 as “spec.pdf”. If it's removed from there, it might be lost here too.",
    ],
    [true, 'The same file is on #1220 as “spec.pdf”.'],
  ])(
    'asks about a file of another work item, and warns unless a link is safe (%p)',
    (isLinkSafe, question) => {
      const file = { workItemId: 1220, project: 'p', name: 'spec.pdf', reference: linkable(1).reference };
      const upload = uploadIn(STATES.queued, { id: 'a', sameFile: { status: 'asking', file } });
      const { page, answers } = show([upload], {}, ITEM_7, isLinkSafe);
      expect(plain(page.words())).toBe(question);
      expect(page.buttons()).toEqual(['Link that', 'Upload']);
      page.click('Link that');
      page.click('Upload');
      expect(answers).toEqual(['link a', 'upload a']);
    },
  );
});
