import { formatMoment } from '../../../../base/format';
import { t } from '../../../../base/i18n/translate';
import type { Position } from './position';
import type { PictureFacts } from './read-facts';

/** A fact in words. */
export interface Fact {
  readonly label: string;
  /** May have characters that have to be made visible. */
  readonly value: string;
}

/** Returns the facts that a picture has, in display order. */
export function describeFacts(facts: PictureFacts): readonly Fact[] {
  const rows: readonly (readonly [label: string, value: string | undefined])[] = [
    [t('Date taken'), takenAtOf(facts)],
    [t('Location'), facts.position && describePosition(facts.position)],
    [t('Camera'), cameraOf(facts)],
    [t('Lens'), facts.lens],
    [t('Exposure'), exposureOf(facts)],
    [t('Focal length'), focalLengthOf(facts)],
    [t('Orientation'), orientationOf(facts.orientation)],
    [t('Description'), facts.description],
    [t('Author'), facts.author],
    [t('Copyright'), facts.copyright],
    [t('Program'), facts.software],
  ];
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** `48.85837, 2.29448`: as maps accept it in each language. Five digits are a meter. */
function describePosition({ latitude, longitude }: Position): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

/** The time on the camera's clock, without a change to the time zone here. */
function takenAtOf({ takenAt, utcOffset }: PictureFacts): string | undefined {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(takenAt ?? '');
  if (!match) return takenAt && /[1-9]/.test(takenAt) ? takenAt : undefined;
  const [year = 0, month = 0, day = 0, hour, minute, second] = match.slice(1).map(Number);
  if (year === 0 || month === 0 || day === 0) return undefined;
  const moment = formatMoment(new Date(year, month - 1, day, hour, minute, second));
  return utcOffset && /^[+-]\d\d:\d\d$/.test(utcOffset) ? `${moment} (UTC${utcOffset})` : moment;
}

/** Many models begin with their make. */
function cameraOf({ make = '', model = '' }: PictureFacts): string {
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`.trim();
}

/** `1/250 s · f/2.8 · ISO 100` */
function exposureOf({ exposureTime, fNumber, iso }: PictureFacts): string {
  const time =
    exposureTime !== undefined &&
    t('{time} s', { time: exposureTime < 0.3 ? `1/${Math.round(1 / exposureTime)}` : digits(exposureTime) });
  return [time, fNumber !== undefined && `f/${digits(fNumber)}`, iso !== undefined && `ISO ${digits(iso)}`]
    .filter(Boolean)
    .join(' · ');
}

function focalLengthOf({ focalLength, focalLength35 }: PictureFacts): string | undefined {
  if (focalLength === undefined) return undefined;
  const length = digits(focalLength);
  return focalLength35 === undefined
    ? t('{length} mm', { length })
    : t('{length} mm ({equivalent} mm on 35 mm film)', { length, equivalent: digits(focalLength35) });
}

/** At most one digit after the point. */
function digits(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Mirroring comes first. */
const ORIENTATIONS: Readonly<Record<number, { readonly isMirrored: boolean; readonly degrees: number }>> = {
  2: { isMirrored: true, degrees: 0 },
  3: { isMirrored: false, degrees: 180 },
  4: { isMirrored: true, degrees: 180 },
  5: { isMirrored: true, degrees: 270 },
  6: { isMirrored: false, degrees: 90 },
  7: { isMirrored: true, degrees: 90 },
  8: { isMirrored: false, degrees: 270 },
};

function orientationOf(orientation: number | undefined): string | undefined {
  const { isMirrored, degrees } = ORIENTATIONS[orientation ?? 1] ?? { isMirrored: false, degrees: 0 };
  if (isMirrored && degrees > 0) return t('Mirrored and rotated by {degrees, number}°', { degrees });
  if (isMirrored) return t('Mirrored');
  return degrees > 0 ? t('Rotated by {degrees, number}°', { degrees }) : undefined;
}
