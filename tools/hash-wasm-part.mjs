// The hashes that are used: the whole package is a quarter of the script.
export {
  createCRC32,
  createSHA256,
  createXXHash128,
  xxhash128,
} from '../node_modules/hash-wasm/dist/index.esm.js';
