import type { Locator } from '@playwright/test';
import { expect as baseExpect } from '@playwright/test';

/** Wait of one assertion about a locator, in milliseconds, unless it names another. */
const TIMEOUT_MS = 15_000;

/**
 * Wait of one attempt. Playwright checks a locator ten times per second if it may wait for less than 2.5 seconds, and
 * twice per second otherwise: half of the time of many stories.
 */
const ATTEMPT_MS = 2_400;

/** An attempt that ends earlier met an error that waiting does not cure, such as two elements for one locator. */
const FULL_ATTEMPT_MS = ATTEMPT_MS - 200;

const expectOnce = baseExpect.configure({ timeout: ATTEMPT_MS });

/** Playwright's `expect` with ten checks of a locator per second. */
export const expect = new Proxy(baseExpect, {
  apply: (_target, _self, args: Parameters<typeof baseExpect>) =>
    isLocator(args[0]) ? repeatedly(expectOnce(...args)) : baseExpect(...args),
});

function isLocator(value: unknown): value is Locator {
  return value?.constructor.name === 'Locator';
}

/** Repeats each assertion until it holds or `TIMEOUT_MS` have passed. */
function repeatedly<T extends object>(assertions: T): T {
  return new Proxy(assertions, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (name === 'not') return repeatedly(member as object);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        const deadline = performance.now() + TIMEOUT_MS;
        for (;;) {
          const began = performance.now();
          try {
            await Reflect.apply(member, target, args);
            return;
          } catch (error) {
            const now = performance.now();
            if (hasTimeout(args) || now >= deadline || now - began < FULL_ATTEMPT_MS) throw error;
          }
        }
      };
    },
  });
}

/** Whether the options of an assertion, its last argument, name a wait of their own. */
function hasTimeout(args: readonly unknown[]): boolean {
  const options = args.at(-1);
  return typeof options === 'object' && options !== null && 'timeout' in options;
}
