/** What is read of the coverage map of `istanbul-lib-coverage`, which vitest hands to its reporters. */
export interface CoverageMap {
  files(): string[];
  fileCoverageFor(file: string): { toSummary(): { lines: LineCount } };
}

interface LineCount {
  readonly total: number;
  readonly covered: number;
}

/**
 * The share of lines that the tests ran, a line of text for each room: a domain is a room of its own, and so is
 * each other folder of the top level.
 *
 * @param root the absolute path of the repository
 */
export function coverageByRoom(coverage: CoverageMap, root: string): string[] {
  const rooms = new Map<string, LineCount>();
  for (const file of coverage.files()) {
    const { lines } = coverage.fileCoverageFor(file).toSummary();
    const room = roomOf(file.slice(root.length + 1));
    const sum = rooms.get(room) ?? { total: 0, covered: 0 };
    rooms.set(room, { total: sum.total + lines.total, covered: sum.covered + lines.covered });
  }
  return [...rooms]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([room, lines]) => `  ${room.padEnd(28)}${describe(lines)}`);
}

function roomOf(path: string): string {
  const [top = '', domain, inner] = path.split('/');
  if (top !== 'subgraphs') return top;
  return inner === 'monolith' ? `${top}/${domain}/${inner}` : `${top}/${domain}`;
}

function describe({ total, covered }: LineCount): string {
  const percent = total === 0 ? 100 : (100 * covered) / total;
  return `${percent.toFixed(1).padStart(5)}%  ${covered} of ${total} lines`;
}
