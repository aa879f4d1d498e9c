/** File of the results of a full run. */
export const RESULTS = 'tools/bench/results.md';

/** Parts with a script of their own, in their order. */
export const PARTS = ['queue', 'cli', 'hub', 'hub-page', 'first-paint', 'viewers'];

/** Those that need no browser. */
export const PARTS_WITHOUT_BROWSER = ['queue', 'cli', 'hub'];

/** Options of `npm run bench`, without imports: the help needs no installed packages. */
export const BENCH = {
  usage: 'npm run bench',
  purpose: 'Measures Stapler against others in a real browser. tools/bench/README.md describes all parts.',
  options: {
    quick: { help: 'one small round to check the setup' },
    rounds: { value: '3', range: /** @type {const} */ ([1, 1000]), help: 'rounds of each workload' },
    only: {
      ...{ value: 'W1,W4', list: true },
      choices: ['W1', 'W2', 'W3', 'W4', 'gallery', 'bulk-scale', 'split', ...PARTS],
      help: `workloads W1 to W4, split, gallery, bulk-scale; parts ${PARTS.join(', ')}; default: all`,
    },
    mode: {
      ...{ value: 'loopback,wan', list: true, choices: ['loopback', 'far', 'wan', 'h2'] },
      help: 'connections between page and server: loopback, far, wan, h2',
    },
    contestants: {
      ...{ value: 'limit,uppy', list: true },
      choices: [
        ...[
          'limit',
          'limit-again',
          'limit-one-address',
          'limit-slice',
          'limit-24',
          'per-pair',
          'uppy',
          'tus',
        ],
        ...[
          'stapler',
          'stapler-first-use',
          'stapler-simple',
          'stapler-chunked',
          'stapler-split',
          'stapler-journal',
        ],
        ...['stapler-form', 'stapler-form-no-journal', 'stapler-bulk', 'stapler-panel'],
        ...['limit-gallery', 'limit-gallery-6', 'stapler-gallery'],
      ],
      help: 'see the table in tools/bench/README.md',
    },
    out: { value: 'file.md', help: `file for the tables; a full run writes ${RESULTS}` },
    profile: { help: 'also lists the functions that took most time; slower' },
  },
};
