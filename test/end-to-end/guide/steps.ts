/** A numbered command of a page, and what the page promises of it. */
export interface Step {
  readonly number: number;
  /** The first sentence before the command. */
  readonly title: string;
  readonly command: string;
  /** Lines that it prints, in this order, among others; `…` stands for anything. */
  readonly promised: readonly string[];
  readonly exitCode: number;
}

/** A fenced block, wherever it stands. */
interface Block {
  /** What stands behind the fence: `sh`, `text exit=1`. */
  readonly info: string;
  readonly text: string;
  /** The number of the item that it belongs to; null: it stands in none. */
  readonly item: number | null;
  /** The first line of that item. */
  readonly title: string;
}

/**
 * Reads the numbered commands of a page: the items of its lists that have a block `sh`, each with the block `text` after
 * it, which is what the command prints; `text exit=1` says how it ends.
 */
export function stepsOf(page: string): Step[] {
  const blocks = blocksOf(page).filter(({ item }) => item !== null);
  return blocks.flatMap(({ info, text, item, title }, index) => {
    if (info !== 'sh') return [];
    const next = blocks[index + 1];
    const output = next?.item === item && next.info.startsWith('text') ? next : undefined;
    return {
      number: item ?? 0,
      title,
      command: text,
      promised: (output?.text ?? '').split('\n').filter((line) => line !== ''),
      exitCode: Number(/exit=(\d+)/.exec(output?.info ?? '')?.[1] ?? 0),
    };
  });
}

/** The commands of a page that have no number. */
export function unnumberedCommands(page: string): string[] {
  return blocksOf(page)
    .filter(({ info, item }) => info === 'sh' && item === null)
    .map(({ text }) => text);
}

function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let item: number | null = null;
  let title = '';
  let open: { info: string; indent: string; lines: string[] } | null = null;
  for (const line of page.split('\n')) {
    const fence = /^( *)```(.*)$/.exec(line);
    if (open) {
      if (fence) {
        blocks.push({ info: open.info, text: open.lines.join('\n'), item, title });
        open = null;
      } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
      continue;
    }
    if (fence) open = { indent: fence[1] ?? '', info: fence[2] ?? '', lines: [] };
    const begun = /^(\d+)\. (.*)$/.exec(line);
    if (begun) [item, title] = [Number(begun[1]), begun[2]?.split(/[.:]( |$)/)[0] ?? ''];
    // Whatever is neither empty nor indented ends the item.
    else if (/^\S/.test(line)) item = null;
  }
  return blocks;
}

/** The first promised line that an output does not have, in its order; null: it has all. */
export function missingFrom(output: string, promised: readonly string[]): string | null {
  const lines = output.split('\n').map(squeezed);
  let from = 0;
  for (const promise of promised) {
    const pattern = patternOf(promise);
    const found = lines.findIndex((line, index) => index >= from && pattern.test(line));
    if (found === -1) return promise;
    from = found + 1;
  }
  return null;
}

/** Columns are as wide as their widest value: how many blanks there are between them says nothing. */
const squeezed = (line: string) => line.trim().replace(/ {2,}/g, ' ');

function patternOf(line: string): RegExp {
  const parts = squeezed(line)
    .split('…')
    .map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.*')}$`);
}
