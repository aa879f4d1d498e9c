import { warnBeforeLeaving } from '../../../../src/entries/form-group/leaving';
import { STATES } from '../../../helpers/upload-states';
import type { UploadState } from '../../../../src/upload/upload';
import { uploadIn } from '../../../helpers/uploads';

/** Whether the browser asks before leaving a page with these uploads. */
function asksWith(states: readonly UploadState[], kept: readonly number[] = []): boolean {
  let onLeaving: (event: Event) => void = () => undefined;
  const page = {
    addEventListener(type: string, listener: (event: Event) => void) {
      if (type === 'beforeunload') onLeaving = listener;
    },
  } as unknown as Window;
  const uploads = states.map((state, index) => uploadIn(state, { id: String(index) }));
  warnBeforeLeaving(page, { getSnapshot: () => uploads }, { isFileKept: (id) => kept.includes(Number(id)) });
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
