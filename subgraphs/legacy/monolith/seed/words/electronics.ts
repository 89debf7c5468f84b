import type { Department } from './department.ts';
import { lines, list } from './list.ts';

const COLOURS = list('Black | Silver | White | Midnight Blue | Graphite');

/** Electronics, with the words of its products. */
export const electronics: Department = {
  name: 'Electronics',
  aisles: [
    {
      name: 'Audio',
      brands: list('Kestrel Audio | Möbius Sound | Otonami | Northwave | Lumen & Tone'),
      shelves: [
        {
          name: 'Headphones',
          code: 'HDP',
          price: [19, 420],
          types: list(
            'Wireless Over-Ear Headphones | Noise-Cancelling Headphones | In-Ear Monitors | Open-Back Studio Headphones | True Wireless Earbuds | Bone Conduction Headphones',
          ),
          attributes: [
            ['Colour', COLOURS],
            ['Driver', list('10 mm | 12 mm | 40 mm | 50 mm planar')],
            ['Battery life', list('8 h | 24 h | 36 h | 60 h')],
            ['Water resistance', list('none | IPX4 | IPX5 | IP67')],
          ],
          features: lines(`
            Adaptive noise cancelling quiets trains, planes and open-plan offices.
            Memory-foam cushions stay comfortable through a long flight.
            Two microphones keep your voice clear in the wind.
            Folds flat into the hard case that comes with it.
            Connects to two devices at once over Bluetooth 5.4.
            The detachable cable has an inline remote.
            A ten-minute charge plays for five hours.
            Neutral tuning lets you hear what is really in the mix.
          `),
          uses: list('commuting | studio work | long flights | running | late-night gaming'),
        },
        {
          name: 'Speakers',
          code: 'SPK',
          price: [29, 890],
          types: list(
            'Portable Bluetooth Speaker | Bookshelf Speakers | Soundbar | Multiroom Speaker | Active Studio Monitors | Party Speaker',
          ),
          attributes: [
            ['Colour', COLOURS],
            ['Power', list('10 W | 30 W | 80 W | 200 W')],
            ['Inputs', list('Bluetooth | Bluetooth, AUX | HDMI eARC, optical | Wi-Fi, Bluetooth')],
          ],
          features: lines(`
            A passive radiator gives it more bass than its size suggests.
            Two of them pair into a stereo set.
            Waterproof enough for the pool and the beach.
            Room correction measures your walls with the built-in microphone.
            The walnut cabinet is made by hand.
            Plays for up to twenty hours on one charge.
            Voices stay clear even at low volume.
          `),
          uses: list('the kitchen | garden parties | home cinema | a small studio | the beach'),
        },
        {
          name: 'Microphones',
          code: 'MIC',
          price: [35, 650],
          types: list(
            'USB Condenser Microphone | Dynamic Vocal Microphone | Wireless Lavalier Microphone | Shotgun Microphone | Stereo Field Recorder',
          ),
          attributes: [
            ['Pattern', list('cardioid | supercardioid | omnidirectional | switchable')],
            ['Connector', list('USB-C | XLR | 3.5 mm | USB-C and XLR')],
            ['Weight', list('180 g | 320 g | 540 g')],
          ],
          features: lines(`
            Rejects keyboard noise from the sides.
            The internal shock mount keeps desk thumps out of the recording.
            A mute button with a light that you cannot overlook.
            Records 32-bit float, so nothing ever clips.
            Comes with a pop filter and a boom-arm adapter.
            Zero-latency monitoring through the headphone jack.
          `),
          uses: list('podcasts | streaming | interviews | field recording | vocals on stage'),
        },
      ],
    },
    {
      name: 'Computers',
      brands: list('Tessera | Hoshi Computing | Corvid Systems | Ångström Labs | Blue Harbor'),
      shelves: [
        {
          name: 'Laptops',
          code: 'LAP',
          price: [449, 3200],
          types: list(
            '13-inch Ultrabook | 14-inch Business Laptop | 15-inch Creator Laptop | 16-inch Gaming Laptop | Convertible Laptop | Rugged Laptop',
          ),
          attributes: [
            ['Memory', list('8 GB | 16 GB | 32 GB | 64 GB')],
            ['Storage', list('256 GB SSD | 512 GB SSD | 1 TB SSD | 2 TB SSD')],
            ['Display', list('1920 × 1200 IPS | 2560 × 1600 IPS | 2880 × 1800 OLED')],
            ['Keyboard layout', list('US | UK | JIS (Japanese) | German | French')],
          ],
          features: lines(`
            Lasts a full working day without the charger.
            The magnesium body weighs less than a litre of milk.
            Every part a technician needs to reach is held by screws, not glue.
            The colour-calibrated display covers all of DCI-P3.
            Wi-Fi 7 and two Thunderbolt ports.
            Fans that stay silent until you compile or render.
            A fingerprint reader sits in the power key.
          `),
          uses: list('travel | software development | video editing | students | field engineers'),
        },
        {
          name: 'Keyboards',
          code: 'KBD',
          price: [25, 340],
          types: list(
            'Mechanical Keyboard | Low-Profile Mechanical Keyboard | Split Ergonomic Keyboard | Wireless Compact Keyboard | Silent Office Keyboard',
          ),
          attributes: [
            [
              'Switches',
              list('linear red | tactile brown | clicky blue | silent linear | scissor'),
            ],
            ['Layout', list('60% | 75% | tenkeyless | full size')],
            ['Connection', list('USB-C | Bluetooth | 2.4 GHz and Bluetooth')],
          ],
          features: lines(`
            Hot-swap sockets let you change switches without a soldering iron.
            PBT keycaps never turn shiny.
            Tented and split, so that shoulders and wrists relax.
            Remap every key in the browser; the keyboard remembers.
            The gasket mount makes typing soft and quiet.
            Switches between three devices with one key.
          `),
          uses: list('programming | writers | gaming | a tidy desk | shared offices'),
        },
        {
          name: 'Monitors',
          code: 'MON',
          price: [139, 1900],
          types: list(
            '24-inch Monitor | 27-inch 4K Monitor | 32-inch 4K Monitor | 34-inch Ultrawide Monitor | Portable USB-C Monitor',
          ),
          attributes: [
            ['Panel', list('IPS | VA | OLED | Mini-LED')],
            ['Refresh rate', list('60 Hz | 120 Hz | 165 Hz | 240 Hz')],
            ['Ports', list('HDMI, DisplayPort | USB-C 90 W, HDMI | Thunderbolt 4, DisplayPort')],
          ],
          features: lines(`
            One USB-C cable carries picture, data and power for the laptop.
            The stand turns into portrait for long documents.
            Factory calibrated, with its report in the box.
            No flicker at any brightness.
            A hardware low-blue-light mode that keeps colours true.
            The built-in switch shares one keyboard between two computers.
          `),
          uses: list('photo editing | spreadsheets | gaming | a second screen on the road'),
        },
      ],
    },
    {
      name: 'Photography',
      brands: list('Halide | Sangetsu 山月 | Fjordlight | Obscura'),
      shelves: [
        {
          name: 'Cameras',
          code: 'CAM',
          price: [149, 3400],
          types: list(
            'Mirrorless Camera | Compact Travel Camera | Instant Film Camera | Action Camera | Rangefinder Camera | Trail Camera',
          ),
          attributes: [
            ['Sensor', list('full frame | APS-C | 1 inch | Micro Four Thirds')],
            ['Resolution', list('20 MP | 26 MP | 45 MP | 61 MP')],
            ['Colour', COLOURS],
            ['Stabilisation', list('none | 5 stops | 8 stops')],
          ],
          features: lines(`
            Eye tracking keeps birds, pets and people sharp.
            Sealed against dust and rain.
            Real dials for aperture, shutter and ISO.
            Films 4K at 120 frames without cropping.
            Fits into a coat pocket, and so it comes along.
            A viewfinder as bright as a summer day.
          `),
          uses: list('street photography | wildlife | family trips | vlogging | landscapes'),
        },
        {
          name: 'Tripods',
          code: 'TRI',
          price: [24, 780],
          types: list(
            'Carbon Fibre Travel Tripod | Aluminium Tripod | Video Tripod with Fluid Head | Monopod | Tabletop Tripod',
          ),
          attributes: [
            ['Maximum height', list('28 cm | 132 cm | 158 cm | 180 cm')],
            ['Load', list('3 kg | 8 kg | 15 kg')],
            ['Weight', list('0.4 kg | 1.1 kg | 1.9 kg | 3.2 kg')],
          ],
          features: lines(`
            Folds to the length of a forearm.
            Legs lock with a quarter turn, gloves or not.
            The ball head takes Arca-Swiss plates.
            Rubber feet hide spikes for ice and soil.
            One leg comes off and becomes a monopod.
          `),
          uses: list('long exposures | hiking | interviews | night skies'),
        },
      ],
    },
  ],
};
