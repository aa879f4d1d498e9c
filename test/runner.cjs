const asyncHooks = require('node:async_hooks');
const runner = require('jest-circus/runner').default;

/** Stores nothing. Sufficient without concurrent tests in one file. */
class NoStorage {
  run(_store, callback) {
    return callback();
  }

  getStore() {
    return undefined;
  }
}

/**
 * Runs a test file without the `AsyncLocalStorage` of jest-circus. Before Node 24, it costs each promise a call per test
 * file that the worker has run.
 */
module.exports = (...args) => {
  const original = Object.getOwnPropertyDescriptor(asyncHooks, 'AsyncLocalStorage');
  Object.defineProperty(asyncHooks, 'AsyncLocalStorage', { value: NoStorage, configurable: true });
  try {
    // Loads jest-circus before its first `await`.
    return runner(...args);
  } finally {
    Object.defineProperty(asyncHooks, 'AsyncLocalStorage', original);
  }
};
