import type { Department } from './department.ts';
import { lines, list } from './list.ts';

const COLOURS = list('Moss | Sunset Orange | Slate | Sky Blue | Sand');

/** Sports and outdoors, with the words of its products. */
export const outdoors: Department = {
  name: 'Sports & Outdoors',
  aisles: [
    {
      name: 'Camping',
      brands: list('Fjällvind | Basecamp Nine | Yamabiko | Red Larch | Terra Cordillera'),
      shelves: [
        {
          name: 'Tents',
          code: 'TNT',
          price: [79, 990],
          types: list(
            'Two-Person Tent | Ultralight Trekking Tent | Family Tunnel Tent | Geodesic Mountain Tent | Pop-Up Beach Shelter',
          ),
          attributes: [
            ['Sleeps', list('1 | 2 | 3 | 5')],
            ['Weight', list('0.9 kg | 1.6 kg | 2.8 kg | 9.5 kg')],
            ['Water column', list('1,500 mm | 3,000 mm | 5,000 mm')],
            ['Colour', COLOURS],
          ],
          features: lines(`
            Pitches in four minutes, also in the rain, because the outer goes up first.
            Waterproof seams and a bathtub floor.
            Two doors, so that nobody climbs over anybody.
            Aluminium poles that have seen storms in Patagonia.
            The porch takes two rucksacks and wet boots.
            Packs down to the size of a loaf of bread.
          `),
          uses: list('bikepacking | festivals | alpine winters | family holidays'),
        },
        {
          name: 'Sleeping Bags',
          code: 'SLB',
          price: [39, 620],
          types: list(
            'Down Sleeping Bag | Synthetic Sleeping Bag | Summer Quilt | Expedition Sleeping Bag | Kids Sleeping Bag',
          ),
          attributes: [
            ['Comfort', list('12 °C | 5 °C | −3 °C | −18 °C')],
            ['Fill', list('650 fill duck down | 850 fill goose down | recycled polyester')],
            ['Length', list('150 cm | 185 cm | 200 cm')],
          ],
          features: lines(`
            Traceable down, certified and never live-plucked.
            The zip does not catch, not even in the dark.
            Stays warm when damp.
            A hood that closes around the face and not across it.
            Two bags zip together into one.
          `),
          uses: list('mountain huts | cold nights | warm-weather trips | sleepovers'),
        },
        {
          name: 'Backpacks',
          code: 'BPK',
          price: [35, 380],
          types: list(
            'Hiking Backpack | Daypack | Trekking Backpack | Roll-Top Commuter Backpack | Trail Running Vest',
          ),
          attributes: [
            ['Volume', list('12 l | 22 l | 38 l | 55 l | 70 l')],
            ['Colour', COLOURS],
            ['Back length', list('one size | S/M | M/L | adjustable')],
          ],
          features: lines(`
            The mesh back lets air through on steep climbs.
            Hip-belt pockets fit a phone with its case.
            A waterproof rain cover hides in the base.
            Made of recycled fishing nets.
            A padded sleeve holds a 16-inch laptop.
            Repaired for free for as long as you own it.
          `),
          uses: list('day hikes | hut-to-hut tours | the daily commute | long-distance trails'),
        },
      ],
    },
    {
      name: 'Cycling',
      brands: list('Vélo Rosso | Chainring | Kaze 風 | Pedalwerk'),
      shelves: [
        {
          name: 'Bicycle Helmets',
          code: 'HLM',
          price: [29, 310],
          types: list(
            'Road Cycling Helmet | Urban Helmet | Mountain Bike Helmet | Aero Helmet | Kids Bicycle Helmet',
          ),
          attributes: [
            ['Size', list('XS (48–52 cm) | S (52–55 cm) | M (55–59 cm) | L (59–62 cm)')],
            ['Colour', list('Matt Black | White | Neon Yellow | Racing Green')],
            ['Weight', list('230 g | 290 g | 360 g')],
          ],
          features: lines(`
            A slip plane inside reduces rotational forces.
            Eighteen vents keep the head cool on the climb.
            The magnetic buckle closes with one gloved hand.
            A rear light is built in and charges by USB-C.
            Fits ponytails.
          `),
          uses: list('road racing | school runs | trails | commuting'),
        },
        {
          name: 'Bike Lights',
          code: 'BLT',
          price: [12, 190],
          types: list(
            'Front Bike Light | Rear Bike Light | Bike Light Set | Dynamo Headlight | Helmet Light',
          ),
          attributes: [
            ['Brightness', list('40 lm | 200 lm | 600 lm | 1,600 lm')],
            ['Battery', list('none (dynamo) | 5 h | 12 h | 40 h')],
            ['Charging', list('USB-C | magnetic | AA cells')],
          ],
          features: lines(`
            The cut-off beam does not blind those who come towards you.
            Waterproof to IPX6.
            Brakes harder? The rear light tells those behind.
            Clips on without tools, and off before somebody else does.
            Shows its charge in per cent.
          `),
          uses: list('winter commutes | night rides | bikepacking | being seen'),
        },
      ],
    },
  ],
};
