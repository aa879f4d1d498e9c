import { attachmentsOf, expectAttached, makeFile, type TestFile } from '../e2e/files';
import { Form } from './form';
import { until } from './scope';
import { notIn, story, type Stage } from './story';

const NO_STORAGE = notIn('server', 'a sandboxed frame has no storage');

/** Picks files whose uploads stall, and waits until the journal has them. Returns their paths. */
async function pickStalled(form: Form, files: readonly TestFile[]): Promise<readonly string[]> {
  const { stage } = form;
  const paths = await stage.write(files);
  stage.emulator.setNetwork({ faults: [{ name: 'stalled', remaining: null, at: 'simple' }] });
  await form.pick(paths);
  await form.journaled(files.length);
  return paths;
}

function heal({ emulator }: Stage): void {
  emulator.setNetwork({ faults: [] });
}

story('An upload goes on after a reload', { tag: '@core', annotation: NO_STORAGE }, async ({ stage }) => {
  const form = await Form.open(stage);
  const files = [makeFile('build.log', 200_000)];
  const paths = await pickStalled(form, files);
  await form.tab.reload();
  heal(stage);
  await form.resumed(paths, '1 file attached');
  expectAttached(stage.emulator, 7, files);
});

story(
  'A tab takes over the uploads of a closed tab, each once',
  { tag: '@core', annotation: NO_STORAGE },
  async ({ stage }) => {
    const other = await Form.open(stage);
    const form = await Form.open(stage);
    const files = [1, 2, 3].map((index) => makeFile(`file ${index}.bin`, 100_000 + index));
    const paths = await pickStalled(form, files);
    await form.tab.close();
    heal(stage);
    await other.resumed(paths, '3 files attached');
    expectAttached(stage.emulator, 7, files);
  },
);

story(
  'An upload arrives once after Back, while another tab watches',
  { annotation: NO_STORAGE },
  async ({ stage }) => {
    const watching = await Form.open(stage);
    const form = await Form.open(stage);
    const files = [makeFile('build.log', 200_000)];
    const paths = await pickStalled(form, files);
    await form.tab.goto(`${stage.emulator.hostUrl}?item=9&panel=closed`);
    await form.ready();
    heal(stage);
    await form.tab.back();
    await form.ready();
    // The restored page resumes the upload, or the other tab does. Without stored files, either asks for the file.
    const isAttached = () => attachmentsOf(stage.emulator, 7).length > 0;
    const asking = async () => {
      for (const each of [form, watching])
        if ((await each.stapler.text(/^Choose .* again to resume/).count()) > 0) return each;
      return undefined;
    };
    const tab = await until(
      async () => (isAttached() ? 'none' : await asking()),
      () => 'No tab resumes the upload.',
    );
    if (tab !== 'none') await tab.pick(paths);
    // A tab that resumed the upload keeps it in the journal, as linked, until its list is cleared.
    await until(
      async () => {
        const uploads = (await form.stapler.journal())?.uploads;
        return (isAttached() && uploads?.every(({ stage }) => stage === 'linked')) || undefined;
      },
      () => 'The upload does not end.',
    );
    await watching.tab.reload();
    await watching.count(1).shown();
    expectAttached(stage.emulator, 7, files);
  },
);
