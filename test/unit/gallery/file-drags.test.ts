/** @jest-environment jsdom */
import { objectUrls } from '../../helpers/browser-parts';
import type { GallerySession } from '../../../src/gallery/gallery-session';
import { createGalleryStore } from '../../../src/gallery/gallery-state';
import { watchFileDrags } from '../../../src/gallery/list/file-drags';
import type { AttachedFile } from '../../../src/gallery/model/attached-file';
import { attachedFilesOf, keyOfFile } from '../../../src/gallery/model/attached-file';
import type { Deferred } from '../../helpers/deferred';
import { createDeferred, flush } from '../../helpers/deferred';
import { workItemWith } from '../../helpers/uploads';

/** Data of a drag. Missing in jsdom. */
function createTransfer() {
  const data = new Map<string, string>();
  return {
    setData: (type: string, value: string) => void data.set(type, value),
    get types() {
      return [...data.keys()];
    },
    data,
    dropEffect: 'none',
    effectAllowed: 'all',
  };
}

/** A list with two files of work item 7, the one in the form, and one of its parent 12. */
function begin({ sizes = [10, 20], isReadOnly = false } = {}) {
  document.body.innerHTML = '<div id="list"></div>';
  const container = document.getElementById('list')!;
  const own = attachedFilesOf(workItemWith([1, 2])).map((file, index) => ({ ...file, size: sizes[index] }));
  const [related] = attachedFilesOf(workItemWith([3], { id: 12 }));
  const shown = [...own, related!];
  const { change, getSnapshot } = createGalleryStore();
  const members = [
    { workItemId: 7, kinship: 'own' as const, type: 'Bug', title: 'Crash' },
    { workItemId: 12, kinship: 'parent' as const, type: 'Epic', title: 'Offline' },
  ];
  change({ status: 'open', workItemId: 7, files: shown, members, isReadOnly });
  change({ shown });
  const reads: (Deferred<Blob> & { readonly signal: AbortSignal })[] = [];
  const start = jest.fn();
  const session = {
    getSnapshot,
    readBytes: jest.fn((_file: AttachedFile, signal: AbortSignal) => {
      const read = { ...createDeferred<Blob>(), signal };
      reads.push(read);
      return read.promise;
    }),
    transfers: { start },
  };
  for (const { workItemId } of members) {
    const group = document.createElement('section');
    group.dataset['workItem'] = String(workItemId);
    for (const file of shown.filter((each) => each.workItemId === workItemId)) {
      const row = document.createElement('p');
      row.dataset['key'] = keyOfFile(file);
      row.innerHTML = '<input>';
      group.append(row);
    }
    container.append(group);
  }
  const stop = watchFileDrags(container, session as unknown as GallerySession);
  const rows = [...container.querySelectorAll<HTMLElement>('p')];
  const tell = (target: Element, type: string, facts: object = {}): Event => {
    const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), facts);
    target.dispatchEvent(event);
    return event;
  };
  const transfer = createTransfer();
  return {
    ...{ container, rows, reads, session, start, stop, tell, transfer, change, shown },
    press: (row: number, facts: object = {}) =>
      tell(rows[row]!, 'pointerdown', { pointerType: 'mouse', button: 0, ...facts }),
    drag: (row: number) => tell(rows[row]!, 'dragstart', { dataTransfer: transfer }),
    over: (row: number, shiftKey = false) =>
      tell(rows[row]!, 'dragover', { dataTransfer: transfer, shiftKey }),
    drop: (row: number, shiftKey = false) => tell(rows[row]!, 'drop', { dataTransfer: transfer, shiftKey }),
  };
}

beforeEach(() => {
  Object.defineProperty(navigator, 'userAgentData', { value: {}, configurable: true });
});

afterEach(() => {
  Reflect.deleteProperty(navigator, 'userAgentData');
  objectUrls.clear();
});

describe('watchFileDrags, out to the desktop,', () => {
  it('offers bytes read while the button was down', async () => {
    const { press, drag, reads, transfer } = begin();
    press(0);
    reads[0]!.resolve(new Blob(['x']));
    await flush();
    drag(0);
    expect(transfer.data.get('DownloadURL')).toMatch(/^application\/octet-stream:1\.txt:blob:/);
  });

  it('offers no bytes before they have arrived, and has them for the next drag', async () => {
    const { press, drag, reads, transfer } = begin();
    press(0);
    drag(0);
    expect(transfer.types).not.toContain('DownloadURL');
    reads[0]!.resolve(new Blob(['x']));
    await flush();
    press(0);
    drag(0);
    expect(reads).toHaveLength(1);
    expect(transfer.types).toContain('DownloadURL');
  });

  it('stops reading after a click, and when another file is pressed', () => {
    const { press, tell, rows, reads } = begin();
    press(0);
    tell(rows[0]!, 'pointerup');
    expect(reads[0]!.signal.aborted).toBe(true);
    press(0);
    press(1);
    expect(reads.map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
  });

  it('reads again after a failure', async () => {
    const { press, reads } = begin();
    press(0);
    reads[0]!.reject(new Error('No answer.'));
    await flush();
    press(0);
    expect(reads).toHaveLength(2);
  });

  it('reads nothing for a large file, another button, a finger and a control', () => {
    const { press, tell, rows, reads } = begin({ sizes: [60 * 1024 * 1024 + 1, 20] });
    press(0);
    expect(rows[0]!.draggable).toBe(true);
    press(1, { button: 2 });
    press(1, { pointerType: 'touch' });
    expect(rows[1]!.draggable).toBe(false);
    tell(rows[1]!.querySelector('input')!, 'pointerdown', { pointerType: 'mouse', button: 0 });
    expect(rows[1]!.draggable).toBe(false);
    expect(reads).toEqual([]);
  });

  it('reads nothing in a browser that cannot take the bytes', () => {
    Reflect.deleteProperty(navigator, 'userAgentData');
    const { press, rows, reads } = begin();
    press(0);
    expect([rows[0]!.draggable, reads.length]).toEqual([true, 0]);
  });

  it('offers several selected files to related items only', async () => {
    const { press, drag, reads, transfer, change, shown } = begin();
    change({ selection: { keys: new Set(shown.map(keyOfFile)), anchor: undefined, current: undefined } });
    press(0);
    reads[0]!.resolve(new Blob(['x']));
    await flush();
    drag(0);
    expect(transfer.types).toEqual(['application/x-stapler-files']);
  });
});

describe('watchFileDrags, onto a related work item,', () => {
  it.each([
    [false, 'copy'],
    [true, 'move'],
  ])('with Shift %s, transfers the dragged file as a %s', (isMove, effect) => {
    const { drag, over, drop, transfer, start, shown, container } = begin();
    drag(0);
    expect(over(2, isMove).defaultPrevented).toBe(true);
    expect(transfer.dropEffect).toBe(effect);
    expect(container.querySelectorAll('.gallery-drop-target')).toHaveLength(1);
    drop(2, isMove);
    expect(start.mock.calls).toEqual([
      [[shown[0]], { id: 12, type: 'Epic', title: 'Offline', state: '' }, isMove],
    ]);
    expect(container.querySelectorAll('.gallery-drop-target')).toHaveLength(0);
  });

  it('refuses the own work item of the files', () => {
    const { drag, over, drop, start } = begin();
    drag(0);
    expect(over(1).defaultPrevented).toBe(false);
    drop(1);
    expect(start).not.toHaveBeenCalled();
  });

  it('copies files of a read-only form, and neither moves nor adds any', () => {
    const { drag, over, drop, start } = begin({ isReadOnly: true });
    drag(0);
    expect(over(2, true).defaultPrevented).toBe(false);
    drop(2, true);
    drag(2);
    expect(over(0).defaultPrevented).toBe(false);
    drop(0);
    expect(start).not.toHaveBeenCalled();
    drag(0);
    drop(2);
    expect(start.mock.calls).toMatchObject([[[{ name: '1.txt' }], { id: 12 }, false]]);
  });

  it('refuses foreign drags', () => {
    const foreign = begin();
    expect(foreign.over(2).defaultPrevented).toBe(false);
    foreign.drop(2);
    expect(foreign.start).not.toHaveBeenCalled();
  });

  it('forgets the files at the end of the drag', () => {
    const { drag, drop, tell, rows, start } = begin();
    drag(0);
    tell(rows[0]!, 'dragend');
    drop(2);
    expect(start).not.toHaveBeenCalled();
  });

  it('has no effect after its end', () => {
    const { stop, press, drag, over, reads } = begin();
    stop();
    press(0);
    drag(0);
    expect([over(2).defaultPrevented, reads.length]).toEqual([false, 0]);
  });
});
