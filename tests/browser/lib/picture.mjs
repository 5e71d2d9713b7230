//! A screenshot brought down to a few numbers, by the browser itself: no picture library needed.

/** The mean brightness, 0 to 255, of each cell of a grid laid over the picture, row by row. */
export async function grid(canvasTab, png, columns, rows) {
  return canvasTab.evaluate(
    async ({ data, columns, rows }) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${data}`;
      await picture.decode();
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(picture, 0, 0);
      const { data: pixels } = context.getImageData(0, 0, picture.width, picture.height);
      const sums = new Float64Array(columns * rows);
      const counts = new Uint32Array(columns * rows);
      for (let y = 0; y < picture.height; y += 1) {
        const row = Math.floor((y * rows) / picture.height) * columns;
        for (let x = 0; x < picture.width; x += 1) {
          const cell = row + Math.floor((x * columns) / picture.width);
          const at = (y * picture.width + x) * 4;
          sums[cell] += 0.2126 * pixels[at] + 0.7152 * pixels[at + 1] + 0.0722 * pixels[at + 2];
          counts[cell] += 1;
        }
      }
      return [...sums].map((sum, cell) => Math.round(sum / counts[cell]));
    },
    { data: png.toString('base64'), columns, rows },
  );
}
