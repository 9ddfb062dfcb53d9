/** Shows how far something long has come: a bar at a terminal, a line every tenth elsewhere. */
export interface ProgressBar {
  show(done: number, says: string): void;
  /** What there was is done, or, where nothing is said, given up. */
  end(says?: string): void;
}

const WIDTH = 30;

export function createProgressBar(stream: NodeJS.WriteStream): ProgressBar {
  let tenth = -1;

  return {
    show(done, says) {
      const percent = `${Math.floor(done * 100)}`.padStart(3);
      if (stream.isTTY) stream.write(`\r\u001b[K${bar(done)} ${percent} % ${says}`);
      else if (done < 1 && Math.floor(done * 10) > tenth) {
        tenth = Math.floor(done * 10);
        stream.write(`${percent} % ${says}\n`);
      }
    },
    end(says) {
      if (says !== undefined) stream.write(`${stream.isTTY ? `\r\u001b[K${bar(1)} ` : ""}100 % ${says}`);
      if (says !== undefined || stream.isTTY) stream.write("\n");
    },
  };
}

function bar(done: number): string {
  const full = Math.round(Math.min(1, done) * WIDTH);
  return "█".repeat(full) + "░".repeat(WIDTH - full);
}
