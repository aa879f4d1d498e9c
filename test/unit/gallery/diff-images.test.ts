import { tint } from '../../../src/gallery/compare/diff-images';

function pixels(...colors: (readonly [number, number, number])[]): Uint8ClampedArray {
  return Uint8ClampedArray.from(colors.flatMap((color) => [...color, 255]));
}

describe('tint', () => {
  it('tints differing pixels, and makes equal ones pale gray', () => {
    const after = pixels([0, 0, 0], [0, 0, 0], [255, 255, 255]);
    expect(tint(after, pixels([0, 0, 0], [200, 0, 0], [255, 255, 255]))).toBe(1);
    const [equal, differing, white] = [0, 4, 8].map((at) => [...after.subarray(at, at + 3)]);
    expect(new Set(equal).size).toBe(1);
    expect(equal![0]).toBeGreaterThan(100);
    expect(differing![0]).toBeGreaterThan(differing![1]! + 100);
    expect(white).toEqual([255, 255, 255]);
  });

  it('ignores small differences, as of lossy compression', () => {
    expect(tint(pixels([100, 100, 100]), pixels([108, 92, 100]))).toBe(0);
    expect(tint(pixels([100, 100, 100]), pixels([109, 100, 100]))).toBe(1);
  });

  it('shows the picture below the tint', () => {
    const after = pixels([0, 0, 0], [255, 255, 255]);
    tint(after, pixels([255, 255, 255], [0, 0, 0]));
    expect(after[4]).toBeGreaterThan(after[0]!);
  });
});
