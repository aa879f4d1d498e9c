import fc from 'fast-check';
import { exifData, jpegWith, SAMPLE_EXIF } from '../../../helpers/sample-picture';
import { plantedSecrets } from '../../../helpers/planted-secrets';
import { pickedFile } from '../../../helpers/uploads';
import type { HeldAnswer } from '../../../../src/upload/checks/checks-state';
import { readPolicy } from '../../../../src/upload/rules/policy/read-policy';
import { begin, fileOf, settle } from './checked-files';

const { line } = plantedSecrets(1)[0]!;
const [POLICY, COMMENTS] = [false, true].map((requireComment) => {
  const result = readPolicy(JSON.stringify({ version: 1, block: ['exe'], requireComment }));
  return { read: () => Promise.resolve({ policy: result.ok ? result.policy : undefined }) };
});
const PHOTO = jpegWith(exifData(SAMPLE_EXIF, true));

const FILES = {
  photo: (name: string) => fileOf(`${name}.jpg`, PHOTO),
  damaged: (name: string) => fileOf(`${name}.jpg`, PHOTO.subarray(0, 50)),
  plain: (name: string) => fileOf(`${name}.txt`, 'a plain text'),
  secret: (name: string) => fileOf(`${name}.log`, `first\n${line}`),
  film: (name: string) => pickedFile(`${name}.mp4`),
  refused: (name: string) => pickedFile(`${name}.exe`),
};

const kindArbitrary = fc.constantFrom(...(Object.keys(FILES) as (keyof typeof FILES)[]));
const answerArbitrary = fc.constantFrom<HeldAnswer>('mask', 'attach', 'leave-out', 'retry');

test('Each picked file ends once: uploaded, held, refused or left out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(kindArbitrary, { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(5), answerArbitrary), { maxLength: 8 }),
      fc.boolean(),
      async (drops, answers, asksForComments) => {
        const policy = asksForComments ? COMMENTS! : POLICY!;
        const { checks, passed, refused, idle, heldIds, held, give } = begin({ policy });
        const names: string[] = [];
        for (const [at, kinds] of drops.entries()) {
          const files = kinds.map((kind, index) => FILES[kind](`${at}-${index}`));
          names.push(...files.map(({ name }) => name));
          await give(files);
        }
        const leftOut: string[] = [];
        for (const [index, answer] of answers) {
          const file = checks.getSnapshot().held[index];
          if (!file) continue;
          if (answer === 'leave-out') leftOut.push(file.file.name);
          const comment = file.reason.kind === 'comment' && answer === 'attach' ? 'why' : undefined;
          checks.answer([file.id], answer, comment);
          // A second click changes nothing.
          checks.answer([file.id], answer, comment);
          await settle(() => idle() && checks.getSnapshot().held.every(({ isBusy }) => !isBusy));
        }
        const ended = [
          ...passed.map(({ name }) => name),
          ...refused.map((text) => text.split(' ')[0]!),
          ...held().map((text) => text.split(' ')[0]!),
          ...leftOut,
        ];
        expect(ended.sort()).toEqual(names.sort());
        if (asksForComments) expect(passed.every(({ comment }) => comment === 'why')).toBe(true);
        expect(new Set(heldIds()).size).toBe(heldIds().length);
      },
    ),
    { numRuns: 60 },
  );
});
