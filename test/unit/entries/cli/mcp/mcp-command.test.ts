import { randomUUID } from 'node:crypto';
import { readFileSync, mkdirSync, rmSync, readdirSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_ANSWER_BYTES } from '../../../../../src/entries/cli/mcp/answer';
import { createCliStage, sha256 } from '../../../../helpers/cli';
import { startMcp } from '../../../../helpers/mcp';
import { attachParts, detachParts, splitInto } from '../../../../helpers/split';
import { clean } from '../../../../../src/upload/rules/metadata/clean';
import { blobOf, bufferOf } from '../../../../helpers/picture-data';
import { RandomTexts, githubToken } from '../../../../helpers/planted-secrets';
import { SAMPLE_EXIF, exifData, pngWith } from '../../../../helpers/sample-picture';
import { samplePng } from '../../../../helpers/sample-png';

const stage = createCliStage();
const { folder, write, attachedTo, run } = stage;

/** Work item without attachments. */
const ITEM = 8;
const ALLOWED = ['--allow', 'allowed', '--audit', 'audit.jsonl'];

beforeEach(() => {
  rmSync(join(folder, 'allowed'), { recursive: true, force: true });
  rmSync(join(folder, 'audit.jsonl'), { force: true });
  mkdirSync(join(folder, 'allowed'));
});

function audited(): Record<string, unknown>[] {
  return linesOf(readFileSync(join(folder, 'audit.jsonl'), 'utf8'));
}

function linesOf(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('stapler mcp', () => {
  it.each([
    ['no folder', [], ['list_files']],
    ['a folder', ALLOWED, ['list_files', 'read_file', 'attach_files', 'insert_picture']],
    ['removal', ['--allow-remove'], ['list_files', 'remove_files']],
  ])('offers the tools for %s', async (_, args, names) => {
    const { client, close } = await startMcp(stage, args);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(names);
    expect(await close()).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    [[], 1],
    [['--allow-remove'], 2],
    [ALLOWED, 4],
    [[...ALLOWED, '--allow-remove', '--allow-dot', '.vscode', '--types', 'png', '--max-bytes', '9'], 5],
  ])('lists the tools of %j in at most 1,200 bytes', async (args, count) => {
    const { client, close, lines, stdin } = await startMcp(stage, args);
    const { tools } = await client.listTools();
    expect(tools).toHaveLength(count);
    // The ids of other clients are longer.
    stdin.write(`{"jsonrpc":"2.0","id":"${randomUUID()}","method":"tools/list"}\n`);
    await client.ping();
    const answers = lines.filter((line) => /"(tools|instructions)":["[]/.test(line));
    expect(answers).toHaveLength(3);
    for (const answer of answers) expect(Buffer.byteLength(answer)).toBeLessThanOrEqual(MAX_ANSWER_BYTES);
    // The instructions tell more than the list has room for.
    for (const { name } of tools) expect(client.getInstructions()).toContain(`${name} `);
    await close();
  });

  it('attaches files once, however often it is called', async () => {
    write('allowed/a.png', 'picture');
    write('allowed/b.log', 'log');
    const { call, close } = await startMcp(stage, ALLOWED);
    const order = {
      item: ITEM,
      paths: ['a.png', join(folder, 'allowed/b.log')],
      comment: 'of the agent',
    };
    const first = await call('attach_files', order);
    expect(first.isError).toBe(false);
    expect(first.value).toEqual({
      files: [
        { name: 'a.png', outcome: 'attached' },
        { name: 'b.log', outcome: 'attached' },
      ],
    });
    const [second] = await Promise.all([call('attach_files', order), call('attach_files', order)]);
    expect(second.value).toEqual({
      files: [
        { name: 'a.png', outcome: 'already attached' },
        { name: 'b.log', outcome: 'already attached' },
      ],
    });
    expect(attachedTo(ITEM)).toEqual([
      `a.png ${sha256('picture')} of the agent`,
      `b.log ${sha256('log')} of the agent`,
    ]);
    await close();
    expect(audited()).toHaveLength(6);
    expect(audited()[0]).toEqual({
      time: expect.any(String) as unknown,
      ...{ tool: 'attach_files', workItem: ITEM, path: join(folder, 'allowed/a.png'), name: 'a.png' },
      ...{ bytes: 7, sha256: sha256('picture'), outcome: 'attached' },
    });
  });

  it('removes the place of a photo, tells the lines of secrets but never them, and audits both hashes', async () => {
    const photo = pngWith(exifData(SAMPLE_EXIF, true));
    const token = githubToken(new RandomTexts(2));
    const masked = `one\n${'*'.repeat(token.length)}\n`;
    write('allowed/a.png', photo);
    write('allowed/b.log', `one\n${token}\n`);
    const content = await bufferOf((await clean(blobOf(photo))).bytes);
    const { call, close, lines } = await startMcp(stage, [...ALLOWED, '--secrets', 'mask']);
    const attached = await call('attach_files', { item: ITEM, paths: ['a.png', 'b.log'] });
    expect(attached.value).toEqual({
      files: [
        { name: 'a.png', outcome: 'attached' },
        { name: 'b.log', outcome: 'attached', secrets: '1, masked: lines 2' },
      ],
      locationsRemoved: 1,
    });
    const inserted = await call('insert_picture', { item: 9, path: 'a.png' });
    expect(inserted.value).toEqual({ name: 'a.png', outcome: 'inserted', locationsRemoved: 1 });
    await close();
    expect(attachedTo(ITEM)).toEqual([`a.png ${sha256(content)}`, `b.log ${sha256(masked)}`]);
    expect(attachedTo(9)).toEqual([`a.png ${sha256(content)}`]);
    expect(audited()).toMatchObject([
      { sha256: sha256(content), originalSha256: sha256(photo) },
      { sha256: sha256(masked), originalSha256: sha256(`one\n${token}\n`), secrets: 1 },
      { tool: 'insert_picture', sha256: sha256(content), originalSha256: sha256(photo) },
    ]);
    expect(JSON.stringify([lines, audited()])).not.toContain(token.slice(4));
  });

  it('tells the agent which rule of the policy a file breaks, and the person that none can be read', async () => {
    write('allowed/b.log', 'log');
    write('allowed/a.png', samplePng(9, 9));
    write('policy.json', JSON.stringify({ version: 1, maxBytes: 2, message: 'Ask Jamal.' }));
    const obeying = await startMcp(stage, [...ALLOWED, '--policy', 'policy.json']);
    const { isError, value } = await obeying.call('attach_files', { item: ITEM, paths: ['b.log'] });
    const reason = 'This project allows files up to 2 B. This file has 3 B. Ask Jamal.';
    expect([isError, value]).toEqual([true, { files: [{ name: 'b.log', outcome: 'not attached', reason }] }]);
    expect((await obeying.call('insert_picture', { item: ITEM, path: 'a.png' })).isError).toBe(true);
    await obeying.close();
    expect(attachedTo(ITEM)).toEqual([]);
    stage.emulator().store.assumptions.extensionDataByToken = 'refused';
    const warning = await startMcp(stage, ALLOWED);
    for (const item of [ITEM, 9])
      expect((await warning.call('attach_files', { item, paths: ['b.log'] })).isError).toBe(false);
    const { err } = await warning.close();
    expect(err.match(/The policy of Fabrikam can't be read/g)).toHaveLength(1);
  });

  it('attaches no file with a secret if the rule is block', async () => {
    write('allowed/b.log', githubToken(new RandomTexts(2)));
    const { call, close } = await startMcp(stage, [...ALLOWED, '--secrets', 'block']);
    const { isError, value } = await call('attach_files', { item: ITEM, paths: ['b.log'] });
    expect([isError, value]).toMatchObject([
      true,
      {
        files: [
          {
            outcome: 'not attached',
            secrets: '1: lines 1',
            reason: expect.stringContaining('has secrets') as unknown,
          },
        ],
      },
    ]);
    await close();
    expect(attachedTo(ITEM)).toEqual([]);
  });

  it('continues a call that the client cancelled, when it is repeated', async () => {
    write('allowed/a.png', 'picture');
    write('allowed/b.log', 'log');
    const { call, close } = await startMcp(stage, ALLOWED);
    const order = { item: ITEM, paths: ['a.png', 'b.log'] };
    const cancellation = new AbortController();
    stage.emulator().interfere('link', () => cancellation.abort());
    await expect(call('attach_files', order, cancellation)).rejects.toThrow();
    expect((await call('attach_files', order)).isError).toBe(false);
    expect(attachedTo(ITEM)).toEqual([`a.png ${sha256('picture')}`, `b.log ${sha256('log')}`]);
    await close();
  });

  it('attaches once although the answer of the server is lost', async () => {
    write('allowed/a.png', 'picture');
    const { call, close } = await startMcp(stage, ALLOWED);
    stage.emulator().setNetwork({ faults: [{ name: 'answer-lost', remaining: 1, at: 'link' }] });
    await call('attach_files', { item: ITEM, paths: ['a.png'] });
    expect(attachedTo(ITEM)).toEqual([`a.png ${sha256('picture')}`]);
    await close();
  });

  it('saves an attachment under the next number, and never over a file or link', async () => {
    write('a.png', 'picture');
    await run(['attach', String(ITEM), 'a.png']);
    write('allowed/a.png', 'mine');
    symlinkSync(join(folder, 'outside.png'), join(folder, 'allowed/a (2).png'));
    const { call, close } = await startMcp(stage, ALLOWED);
    const { value } = await call('read_file', { item: ITEM, number: 1 });
    expect(value).toEqual({ path: join(folder, 'allowed/a (3).png'), bytes: 7, sha256: sha256('picture') });
    expect(readFileSync(join(folder, 'allowed/a (3).png'), 'utf8')).toBe('picture');
    expect(readFileSync(join(folder, 'allowed/a.png'), 'utf8')).toBe('mine');
    expect(readdirSync(join(folder, 'allowed')).sort()).toEqual(['a (2).png', 'a (3).png', 'a.png']);
    expect(readdirSync(folder)).not.toContain('outside.png');
    await close();
    expect(audited()).toEqual([expect.objectContaining({ tool: 'read_file', outcome: 'saved', bytes: 7 })]);
  });

  it('lists a split file once, and saves it joined; not with a missing part', async () => {
    const bytes = Buffer.from('abcdefghij');
    attachParts(stage.emulator(), ITEM, splitInto('night.log', bytes, 4, 'of the night'));
    const { call, close } = await startMcp(stage, ALLOWED);
    const list = await call('list_files', { item: ITEM });
    expect(list.value).toEqual({
      total: 1,
      files: [{ number: 1, name: 'night.log', bytes: 10, comment: 'of the night' }],
    });
    const path = join(folder, 'allowed/night.log');
    const { value } = await call('read_file', { item: ITEM, number: 1 });
    expect(value).toEqual({ path, bytes: 10, sha256: sha256('abcdefghij') });
    expect(readFileSync(path).equals(bytes)).toBe(true);

    detachParts(stage.emulator(), ITEM, 'night.log.002');
    const broken = await call('read_file', { item: ITEM, number: 1 });
    expect(broken.isError).toBe(true);
    expect(broken.text).toContain('2');
    expect(readdirSync(join(folder, 'allowed'))).toEqual(['night.log']);
    await close();
  });

  it('removes what servers left that were killed an hour ago, and nothing else', async () => {
    write('a.png', 'picture');
    await run(['attach', String(ITEM), 'a.png']);
    const old = new Date(Date.now() - 61 * 60_000);
    const leave = (name: string, isOld: boolean): void => {
      write(`allowed/${name}`, 'part');
      if (isOld) utimesSync(join(folder, 'allowed', name), old, old);
    };
    leave('.stapler-0123456789abcdef.part', true);
    leave('.stapler-0123456789abcdef', true);
    leave('.stapler-fedcba9876543210.part', false);
    leave('.stapler-notes.part', true);
    leave('b.png', true);
    const { call, close } = await startMcp(stage, ALLOWED);
    await call('read_file', { item: ITEM, number: 1 });
    await close();
    expect(readdirSync(join(folder, 'allowed')).sort()).toEqual(
      ['.stapler-fedcba9876543210.part', '.stapler-notes.part', 'a.png', 'b.png'].sort(),
    );
  });

  it.each([
    ['../../evil.png', /^.*_evil\.png$/],
    ['.bashrc', /^_\.bashrc$/],
    ['CON.txt', /^_CON\.txt$/],
  ])('saves the attachment %s under a plain name', async (name, expected) => {
    write('a.png', 'picture');
    const { emulator } = stage;
    await run(['attach', String(ITEM), 'a.png']);
    rename(emulator().store.workItem(ITEM).relations, name);
    const { call, close } = await startMcp(stage, ALLOWED);
    await call('read_file', { item: ITEM, number: 1 });
    await close();
    expect(readdirSync(join(folder, 'allowed'))).toEqual([expect.stringMatching(expected)]);
  });

  it('inserts a picture into a field once, and names the fields in place of a wrong one', async () => {
    write('allowed/a.png', samplePng(4, 4));
    write('allowed/b.png', 'no picture');
    const { call, close } = await startMcp(stage, ALLOWED);
    const order = { item: ITEM, path: 'a.png', field: 'Description', alt: 'Crash' };
    expect((await call('insert_picture', order)).value).toEqual({ name: 'a.png', outcome: 'inserted' });
    expect((await call('insert_picture', order)).value).toEqual({
      name: 'a.png',
      outcome: 'already inserted',
    });
    expect(attachedTo(ITEM)).toHaveLength(1);
    expect(stage.emulator().store.workItem(ITEM).fields['System.Description']).toMatch(
      /<img[^>]*alt="Crash"/,
    );
    const wrong = await call('insert_picture', { ...order, field: 'Describtion' });
    expect([wrong.isError, wrong.text]).toEqual([true, expect.stringContaining('Fields: ')]);
    expect((await call('insert_picture', { ...order, path: 'b.png' })).text).toBe('This file is no picture.');
    await close();
    expect(audited().map(({ outcome }) => outcome)).toEqual(['inserted', 'already inserted']);
  });

  it('removes files by the numbers of the list only, and numbers never change', async () => {
    for (const name of ['a', 'b', 'c']) write(`${name}.txt`, name);
    await run(['attach', String(ITEM), 'a.txt', 'b.txt', 'c.txt']);
    const { call, close } = await startMcp(stage, [...ALLOWED, '--allow-remove']);
    const refused = await call('remove_files', { item: ITEM, numbers: [2] });
    expect(refused).toMatchObject({ isError: true, text: 'Work item 8 has no file 2. Call list_files.' });
    await call('list_files', { item: ITEM });
    const removed = await call('remove_files', { item: ITEM, numbers: [2] });
    expect(removed.value).toEqual({ removed: 1, alreadyGone: 0 });
    const { value } = await call('list_files', { item: ITEM });
    expect(value).toMatchObject({
      total: 2,
      files: [
        { number: 1, name: 'a.txt' },
        { number: 3, name: 'c.txt' },
      ],
    });
    await close();
    expect(audited()).toEqual([
      expect.objectContaining({ tool: 'remove_files', name: 'b.txt', outcome: 'removed' }),
    ]);
  });

  it('refuses files that are too large or of another type, and attaches none of the call', async () => {
    write('allowed/a.png', 'picture');
    write('allowed/large.png', 'x'.repeat(101));
    write('allowed/b.exe', 'program');
    const { call, close } = await startMcp(stage, [...ALLOWED, '--max-bytes', '100', '--types', 'png,.log']);
    const large = await call('attach_files', { item: ITEM, paths: ['a.png', 'large.png'] });
    expect(large.text).toMatch(/^Path 2: The file is larger than 100/);
    const program = await call('attach_files', { item: ITEM, paths: ['b.exe'] });
    expect(program.text).toBe('Files of this type are not allowed.');
    expect(attachedTo(ITEM)).toEqual([]);
    await close();
    expect(audited().map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  });

  it('does not save an attachment that is larger than allowed, also if its size is not told', async () => {
    write('a.png', 'x'.repeat(200_000));
    await run(['attach', String(ITEM), 'a.png']);
    for (const isTold of [true, false]) {
      if (!isTold)
        for (const { attributes } of stage.emulator().store.workItem(ITEM).relations)
          delete (attributes as Record<string, unknown>)['resourceSize'];
      const { call, close } = await startMcp(stage, [...ALLOWED, '--max-bytes', '100']);
      const { isError, text } = await call('read_file', { item: ITEM, number: 1 });
      expect([isError, text]).toEqual([true, expect.stringMatching(/^The file is larger than /)]);
      await close();
      expect(readdirSync(join(folder, 'allowed'))).toEqual([]);
    }
  });

  it('answers wrong calls with a short error', async () => {
    const { call, close } = await startMcp(stage, ALLOWED);
    expect(await call('format_disk', {})).toMatchObject({ isError: true, text: 'There is no such tool.' });
    expect((await call('list_files', { item: '8' })).text).toMatch(/^Wrong arguments: .*integer/);
    expect((await call('attach_files', { item: 8, paths: [], more: 1 })).isError).toBe(true);
    expect((await call('list_files', { item: 999_999 })).text).toMatch(/doesn't exist/);
    await close();
  });

  it('writes nothing but the protocol to standard output, and the audit to standard error', async () => {
    write('allowed/a.png', 'picture');
    const { call, close, stdin } = await startMcp(stage, ['--allow', 'allowed']);
    stdin.write('this is no message\n{"jsonrpc":"2.0","id":"x","method":"no/such"}\n');
    await call('attach_files', { item: ITEM, paths: ['a.png'] });
    await call('attach_files', { item: ITEM, paths: ['../x'] });
    const { code, out, err } = await close();
    expect(code).toBe(0);
    for (const line of linesOf(out)) expect(line).toMatchObject({ jsonrpc: '2.0' });
    expect(linesOf(err).map(({ outcome }) => outcome)).toEqual(['attached', 'refused']);
  });

  it('ends with 130 when it is interrupted', async () => {
    const interruption = new AbortController();
    const { result } = await startMcp(stage, [], interruption.signal);
    interruption.abort();
    expect(await result).toMatchObject({ code: 130 });
  });

  it.each([
    [['--token-stdin'], /Standard input is the protocol/],
    [['--max-bytes', 'many'], /must be a number/],
    [['--allow', 'missing'], /There is no folder/],
    [['--audit', 'missing/audit.jsonl'], /Can't write the audit log/],
    [['folder'], /Pass folders with --allow/],
  ])('refuses %j before it starts', async (args, expected) => {
    const { code, out, err } = await run(['mcp', ...args]);
    expect([code, out, err]).toEqual([expect.any(Number), '', expect.stringMatching(expected)]);
    expect([2, 64]).toContain(code);
  });
});

function rename(relations: readonly { attributes: object }[], name: string): void {
  for (const { attributes } of relations) Object.assign(attributes, { name });
}
