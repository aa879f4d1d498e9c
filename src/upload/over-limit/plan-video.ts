/** Largest video to aim for, in bytes, whatever the limit is. */
const MAX_VIDEO_BYTES = 55_000_000;

/** Distance to the limit: an encoder does not keep its bit rate exactly. */
const MARGIN = 0.12;

/** Bits per second of the sound. */
export const AUDIO_BITRATE = 64_000;

/** Bits per pixel of a frame that still look well, at 30 frames per second. */
const BITS_PER_PIXEL = 0.05;

/** Heights to choose from, in pixels. */
const HEIGHTS = [1080, 720, 540, 480, 360, 240] as const;

/** Smallest bit rate of the pictures worth watching. */
const MIN_VIDEO_BITRATE = 40_000;

/** Largest bit rate of the pictures: more is not seen. */
const MAX_VIDEO_BITRATE = 6_000_000;

/** Pixels encoded per second on a usual computer. */
const PIXELS_PER_SECOND = 60_000_000;

/** Facts of a video. */
export interface VideoFacts {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  readonly durationSeconds: number;
  readonly hasAudio: boolean;
}

/** How to encode a video. */
export interface VideoPlan {
  /** In pixels, even. */
  readonly width: number;
  /** In pixels, even. */
  readonly height: number;
  /** Bits per second of the pictures. */
  readonly videoBitrate: number;
  /** Expected size of the file, in bytes. */
  readonly bytes: number;
  /** Time that the work takes, in minutes, roughly. */
  readonly minutes: number;
}

/** Plans a copy within a limit; `undefined` if the video is too long for it. */
export function planVideo(facts: VideoFacts, limitBytes: number): VideoPlan | undefined {
  const { width, height, durationSeconds, hasAudio } = facts;
  if (!(width > 0 && height > 0 && durationSeconds > 0)) return undefined;
  const targetBytes = Math.min(limitBytes * (1 - MARGIN), MAX_VIDEO_BYTES);
  const audio = hasAudio ? AUDIO_BITRATE : 0;
  const videoBitrate = Math.min(MAX_VIDEO_BITRATE, Math.floor((targetBytes * 8) / durationSeconds - audio));
  if (videoBitrate < MIN_VIDEO_BITRATE) return undefined;
  const affordable = videoBitrate / 30 / BITS_PER_PIXEL;
  const sizes = [1, ...HEIGHTS.map((each) => each / Math.min(width, height))].filter((scale) => scale <= 1);
  const fits = (scale: number): boolean => width * height * scale * scale <= affordable;
  const scale = sizes.find(fits) ?? sizes.at(-1) ?? 1;
  const [w, h] = [even(width * scale), even(height * scale)];
  return {
    ...{ width: w, height: h, videoBitrate },
    bytes: Math.ceil(((videoBitrate + audio) * durationSeconds) / 8),
    minutes: Math.max(1, Math.ceil((w * h * 30 * durationSeconds) / PIXELS_PER_SECOND / 60)),
  };
}

/** Encoders need even sides. */
function even(side: number): number {
  return Math.max(2, Math.round(side / 2) * 2);
}
