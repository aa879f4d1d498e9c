/** Replacement for modules excluded from the bundle (see webpack.config.js). */
export {};
