import { expectAttached, makeFile } from '../e2e/files';
import { Form } from './form';
import { notIn, story } from './story';

const NO_SETTING = 'its driver has no such setting';

story.use({ blocksCookies: true });

story(
  'A file arrives while all cookies of other sites are blocked',
  { annotation: [notIn('chromium', NO_SETTING), notIn('webkit', NO_SETTING)] },
  async ({ stage }) => {
    const form = await Form.open(stage);
    const files = [makeFile('build.log', 200_000)];
    await form.pick(await stage.write(files));
    await form.finished('1 file attached');
    expectAttached(stage.emulator, 7, files);
  },
);
