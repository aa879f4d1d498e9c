import { picturePdf } from './sample-pdf';

const SIDE = 16;

/**
 * A PDF whose page is a JBIG2 picture (ITU-T T.88), as scanners write them: its left half is black. Its one region is
 * coded as in a fax (ITU-T T.6).
 */
export function jbig2Pdf(): Buffer {
  const page = Buffer.alloc(19);
  page.writeUInt32BE(SIDE, 0);
  page.writeUInt32BE(SIDE, 4);
  const region = Buffer.alloc(18);
  region.writeUInt32BE(SIDE, 0);
  region.writeUInt32BE(SIDE, 4);
  // The region is coded as in a fax.
  region[17] = 1;
  const data = Buffer.concat([segment(0, 48, page), segment(1, 38, Buffer.concat([region, faxLines()]))]);
  return picturePdf(
    `/Width ${SIDE} /Height ${SIDE} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode`,
    data.toString('latin1'),
  );
}

/** A segment of page 1 without references. */
function segment(number: number, type: number, data: Buffer): Buffer {
  const header = Buffer.alloc(11);
  header.writeUInt32BE(number, 0);
  header[4] = type;
  header[6] = 1;
  header.writeUInt32BE(data.length, 7);
  return Buffer.concat([header, data]);
}

/** Lines with a black left half. */
function faxLines(): Buffer {
  // A run of 0 white and of 8 black pixels; then nothing changes up to the end of the line.
  const first = ['001', '00110101', '000101', '1'];
  // Three times as in the line above.
  const others = Array.from({ length: SIDE - 1 }, () => '111');
  const end = ['000000000001', '000000000001'];
  const bits = [...first, ...others, ...end].join('');
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2)));
}
