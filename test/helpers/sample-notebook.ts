/** Smallest PNG of a test: one pixel, in base64. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A cell of a notebook that a test makes. */
export type SampleCell = Readonly<Record<string, unknown>>;

/** A code cell with its outputs. */
export function codeCell(
  source: string | readonly string[],
  outputs: readonly SampleCell[] = [],
): SampleCell {
  return { cell_type: 'code', execution_count: 1, metadata: {}, source, outputs };
}

/** A notebook of nbformat 4 with these cells. */
export function notebookOf(cells: readonly SampleCell[]): string {
  return JSON.stringify({
    cells,
    metadata: {
      kernelspec: { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** A notebook with each kind of cell and output. */
export function sampleNotebook(elsewhere: string): string {
  const data = (forms: SampleCell): SampleCell => ({
    output_type: 'display_data',
    metadata: {},
    data: forms,
  });
  return notebookOf([
    {
      cell_type: 'markdown',
      source: [
        '# Nightly analysis\n',
        '\n',
        'Durations by *agent*, see [the page](https://example.com/page).\n',
        '\n',
        '![The machines](attachment:our%20machines.png)',
      ],
      attachments: { 'our machines.png': { 'image/png': PIXEL } },
    },
    codeCell(
      [
        '"""Reads the durations\n',
        'of a night."""\n',
        'import csv  # standard\n',
        'rows = [("a", 12.5)]\n',
        'print(len(rows))',
      ],
      [
        { output_type: 'stream', name: 'stdout', text: ['10%\r', '100%\n'] },
        { output_type: 'stream', name: 'stdout', text: '1\n' },
        { output_type: 'stream', name: 'stderr', text: 'Warning: \u001b[33mone row\u001b[0m is empty\n' },
      ],
    ),
    codeCell('table', [
      {
        output_type: 'execute_result',
        execution_count: 1,
        data: {
          'text/html': `<table onload="window.hacked = true"><img src="${elsewhere}/from-notebook.png"></table>`,
          'text/plain': ['   agent  seconds\n', '0      a     12.5'],
        },
      },
      data({ 'text/html': '<script>window.hacked = true</script>' }),
      data({ 'image/png': PIXEL, 'text/plain': '<Figure size 1x1>' }),
      data({ 'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked = true"/>` }),
      data({ 'application/json': { total: [1, 2] }, 'text/plain': '<JSON object>' }),
      data({ 'text/markdown': '**Done** <script>window.hacked = true</script>' }),
    ]),
    {
      ...codeCell('rows[7]', [
        {
          output_type: 'error',
          ename: 'IndexError',
          evalue: 'list index out of range',
          traceback: ['\u001b[0;31mIndexError\u001b[0m Traceback', '----> 1 rows[7]'],
        },
      ]),
      execution_count: null,
    },
    { cell_type: 'raw', source: 'Only for nbconvert' },
  ]);
}

/** A notebook of nbformat 3. */
export const OLD_NOTEBOOK = JSON.stringify({
  metadata: { name: 'old' },
  nbformat: 3,
  worksheets: [
    {
      cells: [
        { cell_type: 'heading', level: 2, source: 'Old heading' },
        {
          cell_type: 'code',
          language: 'Python',
          input: ['1 + 1'],
          prompt_number: 7,
          outputs: [
            { output_type: 'pyout', prompt_number: 7, text: '2', html: '<b>2</b>' },
            { output_type: 'stream', stream: 'stderr', text: 'late' },
            { output_type: 'display_data', png: PIXEL },
            { output_type: 'pyerr', ename: 'E', evalue: '', traceback: ['line'] },
          ],
        },
      ],
    },
  ],
});
