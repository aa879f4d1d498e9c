/** Stands for what a test does not load: style sheets and browser polyfills. */
export {};
