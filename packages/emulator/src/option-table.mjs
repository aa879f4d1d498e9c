/** Options of the command line, without imports: other tools show them without installed packages. */
export const OPTIONS = {
  extension: {
    value: 'folder',
    help: "folder with the extension's vss-extension.json; default: the current folder",
  },
  server: { help: 'Azure DevOps Server instead of Azure DevOps Services' },
  frames: {
    ...{ value: 'plain-http', choices: ['sandboxed', 'other-origin', 'plain-http'] },
    help: 'frames of --server: sandboxed, other-origin, plain-http; default: the first',
  },
  sites: {
    ...{ value: 'same-site', choices: ['cross-site', 'same-site'] },
    help: 'sites of page, frames and REST service: cross-site, same-site; default: the first',
  },
  port: {
    ...{ value: '4800', default: '4800', range: /** @type {const} */ ([1, 65_535]) },
    help: 'port of the page; the next free one if it is in use',
  },
  data: { value: 'folder', help: 'keeps work items and files in this folder; default: a temporary one' },
  items: {
    ...{ value: '10000', default: '0', range: /** @type {const} */ ([0, 100_000]) },
    help: 'adds work items, unless the data folder already holds some',
  },
  files: {
    ...{ value: '30000', default: '0', range: /** @type {const} */ ([0, 300_000]) },
    help: 'attaches generated files to the work items of --items',
  },
  'rate-limit': {
    ...{ value: '200', range: /** @type {const} */ ([1, 100_000]) },
    help: 'units of requests in any 5 minutes; default: no limit',
  },
  item: {
    ...{ value: '7', range: /** @type {const} */ ([1, 1_000_000]) },
    help: "prints the address of the form of this work item, without the emulator's panel",
  },
  hint: { value: 'text', help: 'shows a line above the page' },
  watch: { help: 'reloads open pages after each build' },
};
