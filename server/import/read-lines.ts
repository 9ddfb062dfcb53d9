import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";

/** A line of a file, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
  /** How much of the file was read for it, from 0 to 1. */
  readonly read: number;
}

/** The lines of a text file, plain or gzipped, empty ones left out. Rejects where the file cannot be read to its end. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const { size } = await stat(path);
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const bytes = (await isGzip(path)) ? file.pipe(createGunzip()) : file;
  file.on("error", (error) => bytes.destroy(error));

  const decoder = new TextDecoder();
  let number = 0;
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) yield* line(text);
  }
  yield* line(rest);

  function* line(text: string): Generator<Line> {
    number += 1;
    if (text.trim() !== "") yield { number, text, read: size === 0 ? 1 : file.bytesRead / size };
  }
}

async function isGzip(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}
