import type { Department } from './department.ts';
import { lines, list } from './list.ts';

/** Office and stationery, with the words of its products. */
export const office: Department = {
  name: 'Office & Stationery',
  aisles: [
    {
      name: 'Writing',
      brands: list('Kuretsuki 呉月 | Inkwell & Sons | Papeterie Étoile | Linnaeus'),
      shelves: [
        {
          name: 'Fountain Pens',
          code: 'PEN',
          price: [14, 520],
          types: list(
            'Fountain Pen | Piston Fountain Pen | Urushi Lacquer Fountain Pen | Pocket Fountain Pen | Calligraphy Pen',
          ),
          attributes: [
            ['Nib', list('EF | F | M | B | 1.1 mm italic')],
            ['Nib material', list('steel | 14 K gold | 18 K gold | titanium')],
            ['Colour', list('Black | Bordeaux | Sea Green | Demonstrator')],
          ],
          features: lines(`
            Starts writing at once, even after a month in the drawer.
            Forty layers of urushi lacquer, polished by hand (漆塗り).
            Posts securely and balances well.
            Takes standard cartridges and the converter in the box.
            The nib has just enough spring to be pleasant.
          `),
          uses: list('letters | journals | signatures | left-handed writers'),
        },
        {
          name: 'Notebooks',
          code: 'NTB',
          price: [5, 68],
          types: list(
            'Hardcover Notebook | Dotted Notebook | Refillable Leather Notebook | Sketchbook | Pocket Notebooks, Set of 3',
          ),
          attributes: [
            ['Format', list('A6 | A5 | B5 | A4')],
            ['Ruling', list('blank | lined | dotted | squared')],
            ['Paper', list('80 g/m² | 90 g/m² | 120 g/m² | 52 g/m² tomoe river')],
          ],
          features: lines(`
            Fountain pen ink neither bleeds nor feathers.
            Sewn, so that it lies flat on any page.
            Numbered pages and an index.
            The cover is bookbinding cloth from Kyoto.
            Perforated at the back for what has to be torn out.
          `),
          uses: list('bullet journals | meeting notes | sketching | travel diaries'),
        },
      ],
    },
    {
      name: 'Workspace',
      brands: list('Haltung | Ergonaut | Nordisk Form | Studio Piñón'),
      shelves: [
        {
          name: 'Desk Chairs',
          code: 'CHR',
          price: [119, 1690],
          types: list(
            'Ergonomic Office Chair | Mesh Task Chair | Kneeling Chair | Saddle Stool | Executive Leather Chair',
          ),
          attributes: [
            ['Colour', list('Black | Light Grey | Petrol | Cognac')],
            ['Load', list('110 kg | 130 kg | 150 kg')],
            ['Armrests', list('none | fixed | 3D | 4D')],
          ],
          features: lines(`
            The lumbar support follows your back and does not push it.
            Mesh that stays cool in August.
            The seat depth slides, so that long legs are held.
            Castors for carpet and for parquet are both in the box.
            Twelve years of warranty on everything that moves.
          `),
          uses: list('long working days | the home office | tall people | bad backs'),
        },
        {
          name: 'Desk Lamps',
          code: 'LMP',
          price: [24, 390],
          types: list(
            'LED Desk Lamp | Architect Lamp | Wireless Table Lamp | Monitor Light Bar | Reading Lamp',
          ),
          attributes: [
            ['Colour temperature', list('2,700 K | 4,000 K | 2,700–6,500 K')],
            ['Dimmable', list('yes | no')],
            ['Base', list('clamp | weighted | magnetic')],
          ],
          features: lines(`
            Lights the whole desk without a reflection on the screen.
            Springs hold the arm wherever you leave it.
            Renders colours with a CRI of 97.
            Dims down to candlelight.
            Charges a phone on its base.
          `),
          uses: list('night owls | drawing | video calls | bedside reading'),
        },
      ],
    },
  ],
};
