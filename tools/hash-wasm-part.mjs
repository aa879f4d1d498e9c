// The hash that is used: the whole package is a quarter of the script.
export { createXXHash128, xxhash128 } from '../node_modules/hash-wasm/dist/index.esm.js';
