import { sampleHar } from '../helpers/sample-har';
import { sampleTrace } from '../helpers/sample-trace';
import { Gallery } from './gallery';
import { story } from './story';

/** A bug without attachments. */
const EMPTY = 7;

story('A HAR file and a Playwright trace are shown, with bodies and pictures', async ({ stage }) => {
  stage.emulator.store.attach(EMPTY, [
    { name: 'shop.har', content: Buffer.from(sampleHar()) },
    { name: 'result.zip', content: sampleTrace() },
  ]);
  const gallery = await Gallery.open(stage, EMPTY);
  const { preview } = gallery;
  await gallery.look('shop.har');
  await preview.text('6 requests, 2 failed').shown();
  await preview.get('button', /orders/).click();
  await preview.text('no stock').shown();
  await gallery.leave();
  await gallery.look('result.zip');
  await preview.text('expect(locator).toHaveText failed').shown();
  await preview.css('.viewer-film img').shown(({ naturalWidth }) => naturalWidth === 320);
  await preview.get('button', /^page\.goto/).click();
  await preview.text('navigating to').shown();
  await preview.get('tab', /^Network/).click();
  await preview.get('button', /GET cart/).click();
  await preview.get('button', 'cart.json').click();
  await preview.text('items').shown();
});
