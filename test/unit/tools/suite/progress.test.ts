import { createDeferred } from '../../../helpers/deferred';
import { createProgress } from '../../../../tools/progress.mjs';

const { NO_COLOR } = process.env;
beforeEach(() => {
  jest.useFakeTimers();
  process.env['NO_COLOR'] = '1';
});
afterEach(() => {
  jest.useRealTimers();
  if (NO_COLOR === undefined) delete process.env['NO_COLOR'];
  else process.env['NO_COLOR'] = NO_COLOR;
});

/** A stream that keeps its text. */
function createStream(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

/** Text of the last line that a terminal shows. */
function lineOf({ written }: { written: readonly string[] }): string {
  return (written.join('').split('\r').at(-1) ?? '').trimEnd();
}

describe('Progress', () => {
  test('writes one plain line per step without a terminal', async () => {
    delete process.env['NO_COLOR'];
    const stream = createStream(false);
    const progress = createProgress(stream);
    const building = createDeferred<undefined>();
    const done = progress.step('Building', async (tell) => {
      tell('1 of 2');
      await building.promise;
    });
    jest.advanceTimersByTime(60_000);
    building.resolve(undefined);
    await done;
    await progress.step('Packing', () => Promise.resolve());
    expect(stream.written.join('')).toBe('Building…\nPacking…\n');
  });

  test('rewrites one line on a terminal, with the position and the time, and clears it', async () => {
    const stream = createStream(true);
    const building = createDeferred<undefined>();
    const done = createProgress(stream).step('Building', async (tell) => {
      tell('1 of 2');
      await building.promise;
    });
    expect(lineOf(stream)).toBe('Building… 1 of 2');
    jest.advanceTimersByTime(3_000);
    expect(lineOf(stream)).toBe('Building… 1 of 2, 3 s');
    building.resolve(undefined);
    await done;
    expect(lineOf(stream)).toBe('');
    expect(jest.getTimerCount()).toBe(0);
    expect(stream.written.join('')).not.toMatch(/[\n\u001B]/);
  });

  test('is colored on a terminal without NO_COLOR', async () => {
    delete process.env['NO_COLOR'];
    const stream = createStream(true);
    await createProgress(stream).step('Building', () => Promise.resolve());
    expect(stream.written[0]).toBe('\r\u001B[2mBuilding…\u001B[22m');
  });

  test('shows steps side by side, within the width of the terminal', async () => {
    const stream = createStream(true, 20);
    const progress = createProgress(stream);
    const gate = createDeferred<undefined>();
    const steps = ['lint', 'types of the tests'].map((name) => progress.step(name, () => gate.promise));
    expect(lineOf(stream)).toBe('lint… · types of th');
    gate.resolve(undefined);
    await Promise.all(steps);
  });

  test('leaves the terminal to another program, and clears the line for what is printed', async () => {
    const stream = createStream(true);
    const progress = createProgress(stream);
    const log = jest.spyOn(console, 'log').mockImplementation(() => {
      expect(lineOf(stream)).toBe('');
    });
    const [step, other] = [createDeferred<undefined>(), createDeferred<undefined>()];
    const steps = progress.step('lint', () => step.promise);
    progress.log('jest passed');
    expect(log).toHaveBeenCalledWith('jest passed');
    expect(lineOf(stream)).toBe('lint…');
    const held = progress.hold(() => other.promise);
    jest.advanceTimersByTime(2_000);
    expect(lineOf(stream)).toBe('');
    other.resolve(undefined);
    await held;
    expect(lineOf(stream)).toBe('lint… 2 s');
    step.resolve(undefined);
    await steps;
    log.mockRestore();
  });

  test('clears the line after a failure and passes the error on', async () => {
    const stream = createStream(true);
    const failed = createProgress(stream).step('Building', () => Promise.reject(new Error('no space')));
    await expect(failed).rejects.toThrow('no space');
    expect(lineOf(stream)).toBe('');
  });
});
