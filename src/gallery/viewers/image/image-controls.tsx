import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import type { ZoomControl } from './use-zoom';
import type { Size } from './zoom';

/** Controls of an image: zoom, rotation, details. */
export function ImageControls(props: {
  control: ZoomControl;
  /** Size before the rotation. */
  image: Size | undefined;
  hasDetails: boolean;
  onDetails: () => void;
}): React.JSX.Element {
  const { control, image, hasDetails, onDetails } = props;
  const { zoom } = control;
  return (
    <>
      <button type="button" className="viewer-button" aria-label={t('Zoom out')} onClick={control.zoomOut}>
        −
      </button>
      <button type="button" className="viewer-button" aria-label={t('Zoom in')} onClick={control.zoomIn}>
        +
      </button>
      <button type="button" className="viewer-button" onClick={control.fit}>
        {t('Fit')}
      </button>
      <button type="button" className="viewer-button" onClick={control.actualSize}>
        {t('Actual size')}
      </button>
      <button type="button" className="viewer-button" onClick={control.rotate}>
        {t('Rotate')}
      </button>
      <span className="quiet" role="status">
        {image &&
          zoom &&
          `${image.width} × ${image.height} · ${t('{percent, number}%', { percent: Math.round(zoom.scale * 100) })}`}
      </span>
      <button type="button" className="viewer-button" aria-expanded={hasDetails} onClick={onDetails}>
        {t('Details')}
      </button>
    </>
  );
}
