import { formatBytes } from '../../base/format';
import { t } from '../../base/i18n/translate';
import type { HeldReason } from '../checks/checks-state';
import type { OverLimitOption } from '../over-limit/over-limit-options';
import { quoteName } from './problems';

/** An option with its expected result. */
export type PossibleOption = Exclude<OverLimitOption, { readonly unavailable: unknown }>;

/** An option that does not work for a file. */
type ImpossibleOption = Extract<OverLimitOption, { readonly unavailable: unknown }>;

/** Whether an option works for its file. */
export function isPossible(option: OverLimitOption): option is PossibleOption {
  return !('unavailable' in option);
}

/** Asks about a file over the limit. */
export function describeOverLimit(
  file: { readonly name: string; readonly size: number },
  { limitBytes }: HeldReason & { kind: 'over-limit' },
): string {
  return t('{name} ({size}) is over the limit of {limit}.', {
    name: quoteName(file.name),
    size: formatBytes(file.size),
    limit: formatBytes(limitBytes),
  });
}

/**
 * Returns the text of the button, with the expected result.
 *
 * @param itemCount Number of work items that get the file.
 */
export function describeOption(option: PossibleOption, itemCount = 1): string {
  switch (option.kind) {
    case 'split':
      return itemCount > 1
        ? t('Split into {count, number} parts on each of {items, number} work items', {
            count: option.prediction.count,
            items: itemCount,
          })
        : t('Split into {count, number} parts', { count: option.prediction.count });
    case 'zip':
      return t('Zip, about {size}', { size: formatBytes(option.prediction.bytes) });
    case 'shrink-image': {
      const { width, height, bytes } = option.prediction;
      return t('Smaller image, {width} × {height}, about {size}', {
        width,
        height,
        size: formatBytes(bytes),
      });
    }
    case 'shrink-video': {
      const { width, height, bytes, minutes } = option.prediction;
      return t(
        'Smaller video, {width} × {height}, about {size}, about {count, plural, one {# minute} other {# minutes}}',
        {
          width,
          height,
          size: formatBytes(bytes),
          count: Math.max(1, Math.ceil(minutes)),
        },
      );
    }
  }
}

/** Says why an option is not offered. */
export function describeImpossible(option: OverLimitOption): string | undefined {
  return isPossible(option) ? undefined : reasonOf(option);
}

function reasonOf(option: ImpossibleOption): string {
  switch (option.kind) {
    case 'split':
      return t("The work item doesn't have room for {count, number} parts.", {
        count: option.prediction.count,
      });
    case 'zip':
      switch (option.unavailable) {
        case 'too-large':
          return t('A zip would be about {size}.', { size: formatBytes(option.bytes) });
        case 'unreadable':
          return t("The file can't be read, so it can't be zipped.");
        case 'no-compression':
          return t("This browser can't create a zip.");
        case 'not-loaded':
          return t("The code for zips couldn't be loaded.");
      }

    case 'shrink-image':
      switch (option.unavailable) {
        case 'undecodable':
          return t("Stapler can't read this image, so it can't make it smaller.");
        case 'no-encoder':
          return t("This browser can't make images smaller.");
        case 'too-large':
          return t('Even a small image would be over the limit.');
        case 'not-loaded':
          return t("The code for smaller images couldn't be loaded.");
      }

    case 'shrink-video':
      switch (option.unavailable) {
        case 'insecure':
          return t('Making videos smaller requires HTTPS.');
        case 'no-codecs':
        case 'no-encoder':
          return t("This browser can't make videos smaller.");
        case 'undecodable':
          return t("This browser can't play this video, so it can't make it smaller.");
        case 'too-large':
          return t('The video is too long to fit within the limit.');
        case 'not-loaded':
          return t("The code for smaller videos couldn't be loaded.");
      }
  }
}
