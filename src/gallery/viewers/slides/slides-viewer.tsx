import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import { Gradually } from '../gradually';
import { Blocks } from '../office/document-blocks';
import { Inlines } from '../office/inlines';
import { OfficeViewer } from '../office/office-viewer';
import type { ViewerProps } from '../viewer';
import type { Presentation, Slide } from './read-slides';
import './slides.css';

/** Shows the slides of a presentation as text with pictures, or the parts of its file. */
export function SlidesViewer(props: ViewerProps): React.JSX.Element {
  const { file, runTask } = props;
  const load = React.useCallback(
    (signal: AbortSignal) => runTask('readSlides', file.bytes, signal),
    [file, runTask],
  );
  return (
    <OfficeViewer
      viewer={props}
      label={t('Slides')}
      load={load}
      describe={describeSlides}
      partsInstead={t("{name} can't be shown as a presentation, so its parts are listed.", {
        name: quoteName(file.name),
      })}
    >
      {({ slides }) =>
        slides.length === 0 ? (
          <p className="quiet">{t('The presentation has no slides.')}</p>
        ) : (
          <Gradually
            count={slides.length}
            renderItem={(index) => slides[index] && <SlideView key={index} slide={slides[index]} />}
          />
        )
      }
    </OfficeViewer>
  );
}

/** `12 slides`, or the limit of what is shown. */
function describeSlides({ slides: { length: shown }, total }: Presentation): string {
  return shown === total
    ? t('{count, plural, one {# slide} other {# slides}}', { count: total })
    : t('First {shown, number} of {count, number} slides', { shown, count: total });
}

const SlideView = React.memo(function SlideView({ slide }: { slide: Slide }): React.JSX.Element {
  const { number, isHidden, title, blocks, notes, comments, isDamaged } = slide;
  const name = t('Slide {number}', { number });
  return (
    <section className="viewer-part viewer-slide" aria-label={name} dir="auto">
      <h3>
        <bdi className="quiet">{isHidden ? t('{name} (hidden)', { name }) : name}</bdi>{' '}
        <Inlines content={title} />
      </h3>
      <Blocks blocks={blocks} />
      {isDamaged && <p className="quiet">{t('This slide is damaged, so part of it is missing.')}</p>}
      <Aside name={t('Notes')} blocks={notes} />
      <Aside name={t('Comments')} blocks={comments} />
    </section>
  );
});

function Aside({ name, blocks }: { name: string; blocks: Slide['notes'] }): React.JSX.Element | null {
  if (blocks.length === 0) return null;
  return (
    <div className="viewer-slide-notes" role="group" aria-label={name}>
      <h4>{name}</h4>
      <Blocks blocks={blocks} />
    </div>
  );
}
