/** @jest-environment jsdom */
import * as React from 'react';
import { createStateStore } from '../../../src/base/store';
import { DuplicatePrompt } from '../../../src/ui/duplicate-prompt';
import { until } from '../../helpers/render';
import { STATES } from '../../helpers/upload-states';
import { guid, ITEM_7, uploadIn } from '../../helpers/uploads';
import { createPage } from '../entries/form-group/page';

jest.mock('../../../src/ui/duplicate-question', () => {
  throw new Error('Loading chunk duplicates failed.');
});

test('DuplicatePrompt keeps both files if the question cannot be loaded', async () => {
  globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  const answers: string[] = [];
  const session = {
    duplicates: {
      check: () => undefined,
      offerToReplace: () => undefined,
      keepUnseen: () => undefined,
      answer: (ids: readonly string[], answer: string) => answers.push(`${answer} ${ids.join()}`),
    },
    sameFiles: {
      isLinkSafe: () => false,
      search: () => Promise.resolve(new Map()),
      ask: () => undefined,
      uploadUnseen: () => undefined,
      answer: (ids: readonly string[], answer: string) => answers.push(`${answer} ${ids.join()}`),
    },
    replaced: {
      ...createStateStore({ files: [], isUndoing: false }),
      undo: () => Promise.resolve(),
      dismiss: () => undefined,
    },
  };
  const duplicate = { status: 'asking', likeness: 'name', attachmentId: guid(1), name: 'a.txt' } as const;
  createPage().show(
    <DuplicatePrompt
      session={session}
      target={ITEM_7}
      uploads={[uploadIn(STATES.uploaded, { duplicate })]}
    />,
  );
  await until(() => answers.length > 0);
  expect(answers[0]).toBe('keep-both a');
});
