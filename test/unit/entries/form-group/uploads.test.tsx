/** @jest-environment jsdom */
import * as React from 'react';
import { Uploads } from '../../../../src/entries/form-group/uploads';
import type { UploadActions } from '../../../../src/ui/upload-actions';
import type { UploadState } from '../../../../src/upload/upload';
import { clearAll, click, render, until } from '../../../helpers/render';
import { uploadIn } from '../../../helpers/uploads';

jest.mock('azure-devops-ui/Button', () => ({ Button: () => null }));

const ROW_PX = 63;

beforeEach(() => {
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const index = this.getAttribute('data-index');
    return new DOMRect(0, ROW_PX * Number(index), 300, ROW_PX);
  });
});

afterEach(() => {
  clearAll();
  jest.restoreAllMocks();
});

const FAILED: UploadState = {
  status: 'failed',
  phase: 'linking',
  attempt: 1,
  problem: { kind: 'conflict' },
  retryable: true,
};

/** Makes rows with open details higher. */
function growOpenRows(): void {
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const heightOf = (row: Element): number => (row.querySelector('[aria-expanded=true]') ? 400 : ROW_PX);
    const rows = [...document.querySelectorAll('[data-index]')];
    const before = rows.slice(0, Math.max(0, rows.indexOf(this)));
    const top = before.reduce((sum, row) => sum + heightOf(row), 0);
    return new DOMRect(0, top, 300, heightOf(this));
  });
}

async function show(
  count: number,
  state: UploadState = { status: 'queued', attempt: 1 },
): Promise<{ box: HTMLElement; button: () => string | undefined }> {
  const uploads = Array.from({ length: count }, (_, index) =>
    uploadIn(state, { id: String(index), file: { name: `${index}.log`, size: 1, folder: '' } }),
  );
  const place = await render(
    <Uploads label="Uploads" uploads={uploads} hold={{ reason: 'nothing' }} actions={{} as UploadActions} />,
  );
  return {
    box: place.querySelector<HTMLElement>('.uploads')!,
    button: () => place.querySelector('.uploads > .fold-button')?.textContent,
  };
}

describe('Uploads', () => {
  test('shows a short list as a whole', async () => {
    const { button } = await show(4);
    expect(button()).toBeUndefined();
  });

  test('cuts a long list in the middle of a row and tells how many are below', async () => {
    const { box, button } = await show(18);
    expect(box.style.getPropertyValue('--uploads-height')).toBe(`${Math.round(4.5 * ROW_PX)}px`);
    expect(button()).toBe('Show 14 more');
  });

  test('shows the open details of its only row as a whole', async () => {
    growOpenRows();
    const { box, button } = await show(1, FAILED);
    click(box, /^Details/);
    await until(() => box.style.getPropertyValue('--uploads-height') === '400px');
    expect(button()).toBeUndefined();
  });

  test('cuts a long list below a row with open details', async () => {
    growOpenRows();
    const { box, button } = await show(6, FAILED);
    click(box, 'Details of 2.log');
    await until(() => button() === 'Show 3 more');
    expect(box.style.getPropertyValue('--uploads-height')).toBe(`${Math.round(2.5 * ROW_PX + 400)}px`);
  });

  test('settles if its height changes the height of its rows and back', async () => {
    // A scroll bar appears and disappears, and narrow rows have one line more.
    let isNarrow = false;
    jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
      if (this.classList.contains('upload-list')) {
        isNarrow = !isNarrow;
        return new DOMRect();
      }
      const height = isNarrow ? ROW_PX + 20 : ROW_PX;
      return new DOMRect(0, height * Number(this.getAttribute('data-index')), 300, height);
    });
    const { button } = await show(18);
    expect(button()).toMatch(/^Show 1[45] more$/);
  });

  test('shows all rows and folds them again', async () => {
    const { box, button } = await show(18);
    click(box, 'Show 14 more');
    expect([box.classList.contains('uploads-whole'), button()]).toEqual([true, 'Show less']);
    click(box, 'Show less');
    expect([box.classList.contains('uploads-whole'), button()]).toEqual([false, 'Show 14 more']);
  });
});
