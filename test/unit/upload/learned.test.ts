import { createCapabilities } from '../../../src/upload/frame-services';
import { createBrowserLearned, createMemoryLearned } from '../../../src/upload/learned';

/** A storage in memory; `isBlocked` as in a sandboxed frame. */
function stubStorage(isBlocked = false): Map<string, string> {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get() {
      if (isBlocked) throw new DOMException('Blocked.', 'SecurityError');
      return storage;
    },
  });
  return stored;
}

const of = (partition?: string) => createBrowserLearned(() => Promise.resolve(partition));

afterEach(() => void Reflect.deleteProperty(globalThis, 'localStorage'));

describe('createBrowserLearned', () => {
  it('shares answers between frames of one person in one organization', async () => {
    stubStorage();
    const [first, second, other] = [of('a'), of('a'), of('b')];
    await first.whenLoaded();
    first.learn({ namesInRelations: true });
    first.learn({ contentRange: false });
    await Promise.all([second.whenLoaded(), other.whenLoaded()]);
    expect(second.answers()).toEqual({ namesInRelations: true, contentRange: false });
    expect(other.answers()).toEqual({});
  });

  it.each([
    ['blocked', true, 'a'],
    ['there, but the person is unknown', false, undefined],
  ])('keeps answers in memory if the storage is %s', async (_, isBlocked, partition) => {
    const stored = stubStorage(isBlocked);
    const learned = of(partition);
    await learned.whenLoaded();
    learned.learn({ batch: true });
    expect(learned.answers()).toEqual({ batch: true });
    expect(stored.size).toBe(0);
  });

  it.each(['{', '[]', 'null', '{"contentRange":"no"}'])('ignores damaged answers: %s', async (text) => {
    stubStorage().set('stapler-learned a', text);
    const learned = of('a');
    await learned.whenLoaded();
    expect(learned.answers()).toEqual({});
  });

  it('prefers answers of its own frame to stored ones', async () => {
    stubStorage().set('stapler-learned a', '{"batch":true,"contentRange":true}');
    const learned = of('a');
    learned.learn({ batch: false });
    await learned.whenLoaded();
    expect(learned.answers()).toEqual({ batch: false, contentRange: true });
  });
});

describe('createCapabilities', () => {
  const clock = { now: () => 0 };

  it('starts with the answers of an earlier frame', async () => {
    stubStorage();
    const [first, second] = [of('a'), of('a')];
    await first.whenLoaded();
    createCapabilities(first, clock).needsUploadPlace = true;
    first.learn({ relationTest: false });
    await second.whenLoaded();
    expect(createCapabilities(second, clock)).toEqual({
      supportsBatch: true,
      supportsRelationTest: false,
      needsUploadPlace: true,
    });
  });

  it('keeps a refused test of relations in its frame', () => {
    const learned = createMemoryLearned({ relationTest: true });
    const capabilities = createCapabilities(learned, clock);
    capabilities.supportsRelationTest = false;
    expect(capabilities.supportsRelationTest).toBe(false);
    expect(learned.answers()).toEqual({ relationTest: true });
  });
});

test('createMemoryLearned starts with known answers', () => {
  const learned = createMemoryLearned({ batch: true });
  learned.learn({ contentRange: true });
  expect(learned.answers()).toEqual({ batch: true, contentRange: true });
});
