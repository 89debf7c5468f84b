import type { Department } from './department.ts';
import { lines, list } from './list.ts';

const SIZES = list('XS | S | M | L | XL | XXL');
const SHOE_SIZES = list('EU 36 | EU 38 | EU 40 | EU 42 | EU 44 | EU 46');

/** Clothing, with the words of its products. */
export const clothing: Department = {
  name: 'Clothing',
  aisles: [
    {
      name: 'Outerwear',
      brands: list('Søren & Lind | Harborline | Kumo | Llama Nueva'),
      shelves: [
        {
          name: 'Jackets',
          code: 'JKT',
          price: [59, 690],
          types: list(
            'Down Jacket | Fleece Jacket | Softshell Jacket | Waxed Cotton Jacket | Insulated Parka | Wool Blazer',
          ),
          attributes: [
            ['Size', SIZES],
            ['Colour', list('Navy | Olive | Charcoal | Rust | Cream')],
            ['Fit', list('slim | regular | relaxed')],
          ],
          features: lines(`
            Warm as a blanket, and packs into its own pocket.
            Windproof where you need it, breathable where you sweat.
            Buttons of corozo nut.
            Wax it again every autumn and hand it down one day.
            The high collar has a soft lining of merino wool.
            Made from recycled bottles.
          `),
          uses: list('cold mornings | autumn walks | the office | winter travel'),
        },
        {
          name: 'Raincoats',
          code: 'RNC',
          price: [39, 420],
          types: list(
            'Hooded Raincoat | Three-Layer Rain Shell | Packable Rain Jacket | Cycling Rain Cape | Trench Coat',
          ),
          attributes: [
            ['Size', SIZES],
            ['Colour', list('Yellow | Navy | Sand | Forest Green')],
            ['Water column', list('5,000 mm | 10,000 mm | 20,000 mm')],
          ],
          features: lines(`
            Waterproof and breathable, with taped seams.
            The hood turns with your head.
            Pit zips let the steam out.
            Reflective piping for dark afternoons.
            Covers the knees on a bicycle.
          `),
          uses: list('rainy cities | the coast | bicycle commuters | mountain weather'),
        },
      ],
    },
    {
      name: 'Footwear',
      brands: list('Striden | Hayashi | Piedmont Last | Café Racer'),
      shelves: [
        {
          name: 'Running Shoes',
          code: 'RUN',
          price: [59, 290],
          types: list(
            'Road Running Shoes | Trail Running Shoes | Racing Flats | Stability Running Shoes | Barefoot Shoes',
          ),
          attributes: [
            ['Size', SHOE_SIZES],
            ['Drop', list('0 mm | 4 mm | 8 mm | 10 mm')],
            ['Colour', list('White/Lime | Black | Coral | Ocean')],
          ],
          features: lines(`
            Cushioning that still feels lively after 500 kilometres.
            Sticky rubber lugs hold on wet rock.
            A carbon plate turns effort into speed.
            The knitted upper has no seams to rub.
            A wide toe box lets the foot spread.
          `),
          uses: list('marathons | muddy trails | daily training | the first five kilometres'),
        },
        {
          name: 'Hiking Boots',
          code: 'HIK',
          price: [79, 460],
          types: list(
            'Leather Hiking Boots | Lightweight Hiking Boots | Mountaineering Boots | Approach Shoes | Winter Boots',
          ),
          attributes: [
            ['Size', SHOE_SIZES],
            ['Lining', list('waterproof membrane | leather | sheepskin')],
            ['Sole', list('flexible | medium | crampon ready')],
          ],
          features: lines(`
            Waterproof up to the ankle.
            One piece of leather, with a single seam at the heel.
            Can be resoled, and should be.
            The rubber rand protects against scree.
            Warm down to −25 °C.
          `),
          uses: list('hut tours | snow | rocky ridges | walking the dog'),
        },
      ],
    },
  ],
};
