import { runNode } from '../../../../tools/process.mjs';

test('runNode returns the exit code of a script and passes on its whole output', async () => {
  const terminal = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  let output = '';
  const script = "process.stdout.write('a'.repeat(200_000) + 'ö'); process.exitCode = 3";
  try {
    const code = await runNode(['-e', script], { onOutput: (text: string) => (output += text) });
    expect(code).toBe(3);
    expect(output).toBe(`${'a'.repeat(200_000)}ö`);
    expect(terminal.mock.calls.map(([text]) => text).join('')).toBe(output);
  } finally {
    terminal.mockRestore();
  }
});
