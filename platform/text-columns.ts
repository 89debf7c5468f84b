/** Rows as columns of equal width, two spaces apart, for people; the first row is the head. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows
    .map((row) => row.map((text, column) => padded(text, widths?.[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** How many columns a terminal shows a text in. The signs that we use are two wide, and one or two units long. */
function widthOf(text: string): number {
  return text.length + (text.includes('✅') ? 1 : 0);
}
