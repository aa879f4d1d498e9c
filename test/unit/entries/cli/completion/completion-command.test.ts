import { execFileSync } from 'node:child_process';
import { attachCommand } from '../../../../../src/entries/cli/attach/attach-command';
import { COMMANDS } from '../../../../../src/entries/cli/commands';
import { createCliStage } from '../../../../helpers/cli';

const { runBare } = createCliStage();

/** Words that bash offers for a line, with the cursor at its end. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const { out } = await runBare(['completion', 'bash']);
  const array = words.map((word) => `'${word}'`).join(' ');
  const script = `${out}\nCOMP_WORDS=(${array}); COMP_CWORD=${words.length - 1}; _stapler; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

test('completion bash offers the commands', async () => {
  expect(await offered('stapler', '')).toEqual(COMMANDS.map(({ name }) => name));
  expect(await offered('stapler', 'att')).toEqual(['attach']);
});

test('completion bash offers the options of a command, and their choices', async () => {
  expect(await offered('stapler', 'attach', '--by')).toEqual(['--by-name']);
  expect(await offered('stapler', 'insert', '--dry')).toEqual(['--dry-run']);
  expect(await offered('stapler', 'attach', '--on-duplicate', '')).toEqual(
    attachCommand.options['on-duplicate']?.choices,
  );
});

test('completion bash leaves file names to the shell', async () => {
  expect(await offered('stapler', 'attach', '8', 'pa')).toEqual([]);
});

test('completion zsh names each command and its options', async () => {
  const { code, out } = await runBare(['completion', 'zsh']);
  expect(code).toBe(0);
  for (const { name } of COMMANDS) expect(out).toContain(`    ${name})`);
  expect(out).toContain('--on-duplicate[');
  // An apostrophe in a text is written as '\''.
  expect(out.replaceAll("'\\''", '').split("'").length % 2).toBe(1);
});

test('completion refuses another shell', async () => {
  expect((await runBare(['completion', 'fish'])).code).toBe(64);
});
