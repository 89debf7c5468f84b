import type { Side } from '#platform/moves/moves.ts';
import { drawFrom } from './draw.ts';
import type { Telling, WriterStart } from './effects.ts';
import { openLine, type Line } from './line.ts';
import { writeOrders, type OrderBook } from './order-writer.ts';
import { moveStock } from './stock-writer.ts';

/*
 * Some writers, each with a connection to either side. The process writes until it is told to stop, then ends when all
 * that it has begun is over and told.
 */
const start = JSON.parse(process.argv[2] ?? '{}') as WriterStart;
let isOver = false;
process.once('message', () => (isOver = true));
// Whoever started it is gone.
process.once('disconnect', () => process.exit());

let told: Telling[] = [];
const flush = () => {
  if (told.length > 0) process.send?.(told);
  told = [];
};
const flushing = setInterval(flush, 20);
const tell = (telling: Telling) => void told.push(telling);

let tokens = 0;
const book: OrderBook = {
  orders: new Map(),
  customers: start.customers,
  long: start.long,
  routes: new Map(),
  token: () => `${start.letter}${(tokens++).toString(36)}.`,
  tell,
  isOver: () => isOver,
};
const linesTo = (urls: Readonly<Record<Side, string>>): Record<Side, Line> => ({
  legacy: openLine(urls.legacy, 'torture writer'),
  new: openLine(urls.new, 'torture writer'),
});
const opened: Line[] = [];
const open = (fresh: string) => {
  const lines = linesTo({ legacy: start.urls.legacy, new: fresh });
  opened.push(lines.legacy, lines.new);
  return lines;
};
const writers = Array.from({ length: start.connections }, (_, n) =>
  writeOrders(open(start.urls.orders), book, drawFrom(start.seed * 31 + n)),
);
if (start.stock) {
  const stock = { ...start.stock, tell, isOver: () => isOver };
  for (const n of [1, 2])
    writers.push(moveStock(open(start.urls.inventory), stock, drawFrom(start.seed + n), 25));
}
await Promise.all(writers).catch((error: unknown) => {
  tell({
    tell: 'fault',
    fault: `a writer ended: ${error instanceof Error ? error.stack : String(error)}`,
  });
});
clearInterval(flushing);
await Promise.all(opened.map((line) => line.drop()));
process.send?.(told, () => process.disconnect());
