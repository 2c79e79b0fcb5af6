import type { Patch } from './patch.mts';

/**
 * Decodes each frame of the filmstrip once, since a page shows much the same frames in every run. The result depends on
 * the bytes of a frame alone; that of the white frame, which the first ones are compared with, on its size alone.
 *
 * Gain: 2 % of the processor time: 55 to 105 ms where the same artifacts are audited again (medians of the last 5 of 8
 * audits, two rounds). Upstream: none filed.
 */
export const memoizeFrames: Patch = {
  name: 'memoizeFrames',
  changes: [
    {
      module: 'speedline-core/lib/frame.js',
      uses: { 'inWorker/memoize.ts': ['memoize'] },
      replace: [
        [/^/, 'const whiteFrames = new Map();\n'],
        [
          'jpeg.decode(frames[0].getImage());',
          `memoize('size', frames[0].getImage().toString('latin1'), () => {
		const { width, height } = jpeg.decode(frames[0].getImage());
		return { width, height };
	});`,
        ],
        [
          'const frameData = Buffer.alloc(width * height * 4);',
          `const size = width + 'x' + height;
	if (whiteFrames.has(size)) return whiteFrames.get(size);
	const frameData = Buffer.alloc(width * height * 4);`,
        ],
        ['return jpegImageData.data;', 'whiteFrames.set(size, jpegImageData.data);\n\treturn jpegImageData.data;'],
        [
          /const pixels = this\.getParsedImage\(\);\s*_histogram = convertPixelsToHistogram\(pixels\);/,
          `_histogram = memoize('histogram', imgBuff.toString('latin1'), () =>
				convertPixelsToHistogram(this.getParsedImage()));`,
        ],
      ],
    },
  ],
};
