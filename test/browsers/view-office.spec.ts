import { samplePresentation } from '../helpers/sample-presentation';
import { sampleWord } from '../helpers/sample-word';
import { Gallery } from './gallery';
import { story } from './story';

/** A bug without attachments. */
const EMPTY = 7;

story('The preview shows a Word document and a presentation with their pictures', async ({ stage }) => {
  stage.emulator.store.attach(EMPTY, [
    { name: 'report.docx', content: sampleWord() },
    { name: 'plan.pptx', content: samplePresentation() },
  ]);
  const gallery = await Gallery.open(stage, EMPTY);
  for (const [name, text] of [
    ['report.docx', 'Tell the team'],
    ['plan.pptx', 'Say hello first.'],
  ] as const) {
    await gallery.look(name);
    await gallery.preview.text(text).shown();
    await gallery.preview.get('img', 'A gradient').shown();
    if (name === 'plan.pptx')
      await gallery.preview
        .css('img.viewer-office-picture-place')
        .shown(({ naturalWidth }) => naturalWidth === 64);
    await gallery.leave();
  }
});
