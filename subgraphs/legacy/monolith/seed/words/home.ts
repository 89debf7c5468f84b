import type { Department } from './department.ts';
import { lines, list } from './list.ts';

/** Home and kitchen, with the words of its products. */
export const home: Department = {
  name: 'Home & Kitchen',
  aisles: [
    {
      name: 'Cookware',
      brands: list('Maison Brûlée | Ironwood | Hamono 刃物 | Casa Nostra | Söderberg'),
      shelves: [
        {
          name: 'Frying Pans',
          code: 'PAN',
          price: [22, 260],
          types: list(
            'Cast Iron Skillet | Carbon Steel Frying Pan | Non-Stick Frying Pan | Stainless Steel Sauté Pan | Wok | Crêpe Pan',
          ),
          attributes: [
            ['Diameter', list('20 cm | 24 cm | 28 cm | 32 cm')],
            ['Hob', list('gas, electric | all including induction')],
            ['Oven safe', list('no | up to 180 °C | up to 260 °C')],
          ],
          features: lines(`
            Comes seasoned with flaxseed oil, ready for the first egg.
            A riveted handle that stays cool on the stove.
            The five-ply base heats evenly to the rim.
            Works without PFAS.
            Gets better with every year of use.
            Pouring lips on both sides keep the stove clean.
          `),
          uses: list('searing steaks | pancakes | stir-fries | everyday eggs | campfires'),
        },
        {
          name: 'Kitchen Knives',
          code: 'KNF',
          price: [18, 480],
          types: list(
            "Chef's Knife | Santoku Knife | Nakiri Vegetable Knife | Bread Knife | Paring Knife | Knife Set with Block",
          ),
          attributes: [
            ['Blade', list('9 cm | 16.5 cm | 18 cm | 21 cm | 24 cm')],
            ['Steel', list('X50CrMoV15 | VG-10 Damascus | Aogami #2 | 14C28N')],
            ['Handle', list('walnut | magnolia (朴) | pakkawood | Micarta')],
          ],
          features: lines(`
            Hand-forged in Sakai and sharpened to fifteen degrees.
            Thirty-three layers of Damascus steel, no two blades alike.
            Balanced at the bolster, so that it works while you guide.
            Ground thin: tomatoes fall apart by looking at it.
            Sharpened free of charge once a year.
            The saya of magnolia wood protects the edge.
          `),
          uses: list('vegetables | fish and sashimi | crusty bread | the first own kitchen'),
        },
      ],
    },
    {
      name: 'Coffee & Tea',
      brands: list('Café Lumière | Tetsubin 鉄瓶 | Grind & Gather | Fernleaf | Barista Nº 5'),
      shelves: [
        {
          name: 'Coffee Makers',
          code: 'COF',
          price: [19, 1450],
          types: list(
            'Espresso Machine | Pour-Over Coffee Maker | French Press | Drip Coffee Machine | Moka Pot | Burr Coffee Grinder',
          ),
          attributes: [
            ['Capacity', list('2 cups | 4 cups | 8 cups | 12 cups')],
            ['Material', list('borosilicate glass | stainless steel | aluminium | ceramic')],
            ['Colour', list('Chrome | Matt Black | Cream | Copper')],
          ],
          features: lines(`
            Heats up in three minutes and holds its temperature to one degree.
            The steam wand makes microfoam fine enough for latte art.
            Forty grind settings from Turkish to French press.
            A gooseneck spout pours exactly where you look.
            Double walls keep coffee hot and fingers cool.
            Every seal is a standard part that you can replace.
          `),
          uses: list('slow Sunday mornings | the office kitchen | espresso lovers | camping'),
        },
        {
          name: 'Teapots',
          code: 'TEA',
          price: [14, 240],
          types: list(
            'Cast Iron Teapot | Glass Teapot | Porcelain Teapot | Kyusu Side-Handle Teapot | Electric Tea Kettle | Matcha Set',
          ),
          attributes: [
            ['Volume', list('0.3 l | 0.6 l | 0.9 l | 1.2 l')],
            ['Strainer', list('none | stainless steel | ceramic sasame')],
            [
              'Origin',
              list('Iwate, Japan | Tokoname, Japan | Limoges, France | Staffordshire, England'),
            ],
          ],
          features: lines(`
            The enamel inside keeps iron out of the taste.
            Pours without a single drop beside the cup.
            Holds 60, 70, 80, 90 or 100 °C for half an hour.
            Thrown by hand, so each is a little different.
            Leaves unfold in full view.
            Comes with a bamboo whisk and a small book about tea.
          `),
          uses: list('green tea | afternoon tea | cold brew | gifts | gongfu sessions'),
        },
      ],
    },
  ],
};
