import fc from 'fast-check';
import type { ExportSource } from '../../../../src/gallery/export/find-sources';
import type { PlannedFile } from '../../../../src/gallery/export/plan-volumes';
import {
  countVolumes,
  MAX_ARCHIVE_BYTES,
  planVolumes,
  VOLUME_BYTES,
} from '../../../../src/gallery/export/plan-volumes';

function fileOf(size: number | undefined, index: number): PlannedFile {
  const source: ExportSource = {
    ...{ workItemId: 7, key: String(index), name: `${index}.bin`, comment: '', attachmentId: '', by: '' },
    ...{ source: 'attachment', size, bytes: { kind: 'elsewhere', address: '' } },
  };
  return { source, path: source.name };
}

const MIB = 1024 * 1024;
const sizes = fc.array(fc.option(fc.integer({ min: 0, max: 700 * MIB }), { nil: undefined }), {
  maxLength: 30,
});

test('planVolumes has each file once, in its order, and no archive above its limit', () => {
  fc.assert(
    fc.property(sizes, (values) => {
      const files = values.map(fileOf);
      const volumes = planVolumes(files);
      expect(volumes.flatMap((volume) => volume.files)).toEqual(files);
      expect(countVolumes(values.map((size) => size ?? 0))).toBe(volumes.length);
      const total = values.reduce<number>((sum, size) => sum + (size ?? 0), 0);
      expect(volumes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(total);
      if (total <= MAX_ARCHIVE_BYTES) expect(volumes.length).toBe(files.length === 0 ? 0 : 1);
      else
        for (const volume of volumes)
          expect(volume.files.length === 1 || volume.bytes <= VOLUME_BYTES).toBe(true);
    }),
  );
});
