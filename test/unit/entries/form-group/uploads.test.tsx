/** @jest-environment jsdom */
import * as React from 'react';
import { Uploads } from '../../../../src/entries/form-group/uploads';
import type { UploadActions } from '../../../../src/ui/upload-actions';
import { clearAll, click, render } from '../../../helpers/render';
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

async function show(count: number): Promise<{ box: HTMLElement; button: () => string | undefined }> {
  const uploads = Array.from({ length: count }, (_, index) =>
    uploadIn({ status: 'queued', attempt: 1 }, { id: String(index) }),
  );
  const place = await render(
    <Uploads label="Uploads" uploads={uploads} hold={{ reason: 'nothing' }} actions={{} as UploadActions} />,
  );
  return {
    box: place.querySelector<HTMLElement>('.uploads')!,
    button: () => place.querySelector('.fold-button')?.textContent,
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
