import { warnBeforeLeaving, workOf } from '../../../../src/entries/shared/leaving';
import type { Upload, UploadState } from '../../../../src/upload/upload';
import type { JournalState } from '../../../../src/upload/recovery/journal/inventory';
import { EMPTY_INVENTORY } from '../../../../src/upload/recovery/journal/inventory';
import { STATES } from '../../../helpers/upload-states';
import { uploadIn } from '../../../helpers/uploads';

/** Whether the browser asks before leaving a page with these uploads. */
function asksWith(
  states: readonly UploadState[],
  kept: readonly number[] = [],
  kind: JournalState['kind'] = 'browser',
  facts: Partial<Upload> = {},
): boolean {
  let onLeaving: (event: Event) => void = () => undefined;
  const page = {
    addEventListener(type: string, listener: (event: Event) => void) {
      if (type === 'beforeunload') onLeaving = listener;
    },
  } as unknown as Window;
  const uploads = states.map((state, index) => uploadIn(state, { id: String(index), ...facts }));
  const state = { getSnapshot: () => ({ ...EMPTY_INVENTORY, kind }) };
  const isFileKept = (id: string): boolean => kept.includes(Number(id));
  warnBeforeLeaving(page, { state, isFileKept }, () => workOf(uploads));
  const event = new Event('beforeunload', { cancelable: true });
  onLeaving(event);
  return event.defaultPrevented;
}

const SENDING: readonly string[] = ['queued', 'preparing', 'uploading', 'waiting'];

test.each(Object.entries(STATES))(
  'warnBeforeLeaving asks only for unfinished uploads: %s',
  (status, state) => {
    expect(asksWith([state])).toBe(SENDING.includes(status));
  },
);

test('warnBeforeLeaving does not ask if another page can resume all uploads', () => {
  expect(asksWith([STATES.uploading, STATES.queued], [0, 1])).toBe(false);
  expect(asksWith([STATES.uploading, STATES.queued], [0])).toBe(true);
  expect(asksWith([])).toBe(false);
});

test('warnBeforeLeaving asks for an image in the editor', () => {
  expect(asksWith([STATES.paused], [], 'browser', { edit: 'open' })).toBe(true);
  expect(asksWith([STATES.paused], [], 'browser', { edit: 'possible' })).toBe(false);
});

test.each(Object.entries(STATES))(
  'warnBeforeLeaving asks for all uploads that are not over where nothing is kept: %s',
  (status, state) => {
    const isOver = ['linked', 'failed', 'cancelled'].includes(status.split(' ')[0]!);
    expect(asksWith([state], [], 'memory')).toBe(!isOver);
  },
);

test('warnBeforeLeaving asks for unfinished links of a page without open uploads', () => {
  let onLeaving: (event: Event) => void = () => undefined;
  const page = {
    addEventListener: (_: string, listener: (event: Event) => void) => (onLeaving = listener),
  } as unknown as Window;
  const state = { getSnapshot: () => ({ ...EMPTY_INVENTORY, kind: 'memory' as const }) };
  let isUnfinished = true;
  warnBeforeLeaving(page, { state, isFileKept: () => false }, () => ({ uploads: [], isUnfinished }));
  const asks = (): boolean => {
    const event = new Event('beforeunload', { cancelable: true });
    onLeaving(event);
    return event.defaultPrevented;
  };
  expect(asks()).toBe(true);
  isUnfinished = false;
  expect(asks()).toBe(false);
});
