/** What a module that must stay out of the bundle is replaced by (see webpack.config.js). */
export {};
