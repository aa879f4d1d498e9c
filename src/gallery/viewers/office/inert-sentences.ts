import { listOf } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import type { InertParts } from './inert-parts';

/** `Not shown: macros, 2 charts.` `undefined` if everything is shown. */
export function describeInertParts(inert: InertParts): string | undefined {
  const { charts, diagrams, pictures, recordings, controls, objects, links } = inert;
  const parts = [
    inert.hasMacros && t('macros'),
    inert.hasConnections && t('data connections'),
    inert.hasHeaders && t('headers and footers'),
    inert.hasHiddenText && t('hidden text'),
    charts > 0 && t('{count, plural, one {# chart} other {# charts}}', { count: charts }),
    diagrams > 0 && t('{count, plural, one {# diagram} other {# diagrams}}', { count: diagrams }),
    pictures > 0 && t('{count, plural, one {# image} other {# images}}', { count: pictures }),
    recordings > 0 && t('{count, plural, one {# recording} other {# recordings}}', { count: recordings }),
    controls > 0 && t('{count, plural, one {# control} other {# controls}}', { count: controls }),
    objects > 0 &&
      t('{count, plural, one {# embedded object} other {# embedded objects}}', { count: objects }),
    links > 0 && t('{count, plural, one {# external link} other {# external links}}', { count: links }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : t('Not shown: {parts}.', { parts: listOf(parts) });
}
