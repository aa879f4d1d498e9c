import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { LongText } from '../long-text';
import { describeFacts } from './facts/describe-facts';
import type { PictureFacts } from './facts/read-facts';
import type { Size } from './zoom';

/** Length of a text shown at first, and added on request, in UTF-16 units. */
const FIRST_LENGTH = 500;

/** Facts about a picture, beside it. */
export function ImageDetails(props: {
  facts: PictureFacts;
  /** As shown. `undefined` if the picture cannot be shown. */
  image: Size | undefined;
}): React.JSX.Element {
  const { facts, image } = props;
  const described = describeFacts(facts);
  return (
    <section className="viewer-details" aria-label={t('Details')} tabIndex={0}>
      <dl>
        {image && (
          <div>
            <dt>{t('Size in pixels')}</dt>
            <dd>{`${image.width} × ${image.height}`}</dd>
          </div>
        )}
        {described.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>
                <LongText text={value} first={FIRST_LENGTH} more={FIRST_LENGTH} keep="prose" />
              </bdi>
            </dd>
          </div>
        ))}
      </dl>
      {described.length === 0 && <p className="quiet">{t('This file has no camera data.')}</p>}
    </section>
  );
}
