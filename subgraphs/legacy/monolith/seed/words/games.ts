import type { Department } from './department.ts';
import { lines, list } from './list.ts';

/** Toys and games, with the words of its products. */
export const games: Department = {
  name: 'Toys & Games',
  aisles: [
    {
      name: 'Tabletop',
      brands: list('Meeple Works | Würfelhaus | Sugoroku 双六 | Fox & Die'),
      shelves: [
        {
          name: 'Board Games',
          code: 'GAM',
          price: [15, 129],
          types: list(
            'Strategy Game | Cooperative Game | Family Board Game | Party Game | Worker Placement Game | Two-Player Game',
          ),
          attributes: [
            ['Players', list('1–4 | 2 | 2–5 | 3–8')],
            ['Age', list('6+ | 8+ | 10+ | 14+')],
            ['Duration', list('15 min | 30 min | 60 min | 120 min')],
            ['Language', list('English | English, German | language independent | Japanese')],
          ],
          features: lines(`
            Explained in five minutes, mastered in fifty games.
            All of you win together, or the volcano does.
            Wooden pieces, and not a gram of plastic.
            The insert keeps everything in its place, also on edge.
            A solo mode with twelve scenarios.
            Every round is over before somebody has to go to bed.
          `),
          uses: list('game nights | rainy Sundays | travelling couples | school classes'),
        },
        {
          name: 'Jigsaw Puzzles',
          code: 'PUZ',
          price: [11, 84],
          types: list(
            'Jigsaw Puzzle | Panorama Jigsaw Puzzle | Wooden Jigsaw Puzzle | Kids Floor Puzzle | Glow-in-the-Dark Puzzle',
          ),
          attributes: [
            ['Pieces', list('48 | 500 | 1,000 | 2,000 | 5,000')],
            ['Motif', list('Mount Fuji (富士山) | Lisbon at dusk | Coral reef | World map | Cats')],
            ['Finish', list('glossy | linen | matt')],
          ],
          features: lines(`
            Pieces that click, cut by hand-made dies.
            No two pieces have the same shape.
            A poster of the picture lies in the box.
            Printed with vegetable inks on recycled board.
            Hides a second picture that only ultraviolet light shows.
          `),
          uses: list('long winter evenings | small hands | patient people | framing afterwards'),
        },
      ],
    },
    {
      name: 'Creative Play',
      brands: list('Holzkind | Papillon | Tsumiki 積み木 | Little Orchard'),
      shelves: [
        {
          name: 'Wooden Toys',
          code: 'WTY',
          price: [9, 160],
          types: list(
            'Wooden Train Set | Building Blocks | Stacking Tower | Marble Run | Balance Board | Play Kitchen',
          ),
          attributes: [
            ['Age', list('1+ | 2+ | 3+ | 6+')],
            ['Wood', list('beech | maple | cherry | birch plywood')],
            ['Pieces', list('1 | 12 | 40 | 100')],
          ],
          features: lines(`
            Coloured with water-based stains that survive teething.
            Fits the common wooden tracks.
            Edges so round that nobody gets hurt.
            Grows with the child, from stacking to engineering.
            Made in a family workshop in the Ore Mountains.
          `),
          uses: list('toddlers | nurseries | future engineers | grandparents'),
        },
        {
          name: 'Craft Kits',
          code: 'CRF',
          price: [8, 95],
          types: list(
            'Origami Kit | Embroidery Kit | Watercolour Set | Candle Making Kit | Model Ship Kit | Weaving Loom',
          ),
          attributes: [
            ['Age', list('5+ | 8+ | 12+ | adults')],
            ['Difficulty', list('beginner | intermediate | advanced')],
            ['Time', list('1 h | an afternoon | several evenings')],
          ],
          features: lines(`
            Everything is in the box, including patience for two mistakes.
            The instructions show each step in pictures.
            Washi paper from Mino in thirty-two patterns (美濃和紙).
            Pigments that stay bright for decades.
            The finished piece is really useful.
          `),
          uses: list('birthday parties | quiet afternoons | presents | learning a craft'),
        },
      ],
    },
  ],
};
