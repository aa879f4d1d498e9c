/** Options of `npm run probe`, without imports: the help needs no installed packages. */
export const PROBE = {
  usage: 'npm run probe',
  purpose: [
    'Asks a real organization what no source tells, and compares its answers with what the emulator assumes.',
    'It creates one work item, attaches small files to it, and deletes it again. docs/probe.md tells more.',
  ].join('\n'),
  options: {
    url: {
      ...{ value: 'https://dev.azure.com/ORG', required: /** @type {const} */ (true) },
      help: 'organization, or collection of a server; required',
    },
    project: {
      ...{ value: 'Fabrikam', required: /** @type {const} */ (true) },
      help: 'project in which the work item is created; required',
    },
    'token-env': {
      ...{ value: 'AZDO_PAT', required: /** @type {const} */ (true) },
      help: 'environment variable with a token of the scope Work items (read & write); required',
    },
    bearer: { help: 'the token is a bearer token, not a personal access token' },
    'other-project': { value: 'Contoso', help: 'a second project: may its uploads be linked in the first?' },
    large: { help: 'also questions with files of 61 MB or a hundred uploads' },
    out: { value: 'findings.json', help: 'also writes the findings as JSON' },
  },
};
