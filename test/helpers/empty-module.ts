/** Replaces style sheets and browser polyfills in tests. */
export {};
