/* The whole catalogue, with search and recommendations. */

var CATALOG = [
  { slug: "monstera", name: "Monstera", latin: "Monstera deliciosa", family: "Araceae", price: 2990, tags: ["aroid", "M", "new"], care: "LX 800-1500, RH 60 %, pH 5.5, substrate B2", text: "Broad, split leaves that grow larger every year. Give it a moss pole once it starts to lean and turn the pot a quarter every week, so that it grows evenly towards the light and fills the corner of the room." },
  { slug: "snake", name: "Snake plant", latin: "Dracaena trifasciata", family: "Asparagaceae", price: 1850, tags: ["xero", "M"], care: "LX 300-2000, RH 40 %, pH 6.5, substrate C1", text: "Upright and patient. It copes with a dim hallway and with a watering forgotten now and then. Keep the soil on the dry side in winter and move it to a larger pot only when the roots have filled the old one." },
  { slug: "pothos", name: "Golden pothos", latin: "Epipremnum aureum", family: "Araceae", price: 1490, tags: ["aroid", "S", "vine"], care: "LX 300-1500, RH 50 %, pH 6.0, substrate B2", text: "A quick climber or trailer with marbled leaves. Cuttings root in a glass of water within three weeks. Let it hang from a shelf or lead it along a string around the window, and cut it back when it gets too long." },
  { slug: "peacelily", name: "Peace lily", latin: "Spathiphyllum wallisii", family: "Araceae", price: 1790, tags: ["aroid", "M"], care: "LX 300-1000, RH 60 %, pH 5.8, substrate B2", text: "White flowers above dark leaves. It droops when thirsty and recovers within hours of watering. Wipe the leaves with a damp cloth, keep it away from the radiator and give it a little fertiliser in the summer months." },
  { slug: "zz", name: "ZZ plant", latin: "Zamioculcas zamiifolia", family: "Araceae", price: 2490, tags: ["aroid", "xero", "M"], care: "LX 200-1500, RH 40 %, pH 6.2, substrate C1", text: "Glossy stems that store their own water. A good first plant for an office or for anybody who is away a lot. Water it thoroughly and then forget it for three weeks; too much care is the only thing that harms it." },
  { slug: "rubber", name: "Rubber plant", latin: "Ficus elastica", family: "Moraceae", price: 2750, tags: ["L", "new"], care: "LX 800-2000, RH 50 %, pH 6.0, substrate B1", text: "Deep green and burgundy leaves on a straight stem. Wipe the leaves once a month, so that they keep their shine. It prefers to stay where it is, so find it a bright place near the window and leave it there." },
  { slug: "pearls", name: "String of pearls", latin: "Curio rowleyanus", family: "Asteraceae", price: 1590, tags: ["xero", "S", "vine"], care: "LX 1500-3000, RH 35 %, pH 6.6, substrate C2", text: "Round, bead-like leaves on long strings. Best on a high shelf near a window, out of reach. Water from below when the beads begin to wrinkle and let the soil dry out completely before you water it once more." },
  { slug: "aloe", name: "Aloe vera", latin: "Aloe vera", family: "Asphodelaceae", price: 1190, tags: ["xero", "S"], care: "LX 2000-5000, RH 35 %, pH 7.0, substrate C2", text: "A sturdy succulent for a sunny sill. Let the soil dry out between waterings and use a pot with a hole in the bottom. In summer it enjoys a few weeks on the balcony, as long as the nights stay above ten degrees." },
  { slug: "fern", name: "Boston fern", latin: "Nephrolepis exaltata", family: "Nephrolepidaceae", price: 1650, tags: ["M", "hygro"], care: "LX 400-1000, RH 70 %, pH 5.5, substrate B3", text: "Soft arching fronds that like a steamy bathroom. Keep the soil a little moist at all times and mist it on dry days. Cut off brown fronds close to the soil, and new ones will take their place within a few weeks." },
  { slug: "calathea", name: "Calathea", latin: "Goeppertia zebrina", family: "Marantaceae", price: 2290, tags: ["hygro", "M", "new"], care: "LX 400-1000, RH 65 %, pH 5.5, substrate B3", text: "Striped leaves that fold up in the evening and open again in the morning. It likes soft water and even warmth, so keep it away from draughts and let the tap water stand in the can overnight before you water it." },
  { slug: "jade", name: "Jade plant", latin: "Crassula ovata", family: "Crassulaceae", price: 1390, tags: ["xero", "S", "new"], care: "LX 2000-5000, RH 35 %, pH 6.5, substrate C2", text: "A small tree of plump leaves that can live for decades. Give it the sunniest window you have and water it only when the soil is dry. A cool winter place brings out small white flowers at the end of the branches." },
  { slug: "spider", name: "Spider plant", latin: "Chlorophytum comosum", family: "Asparagaceae", price: 990, tags: ["S", "new"], care: "LX 400-2000, RH 45 %, pH 6.5, substrate B1", text: "Easy and generous: it makes plantlets to share with friends. Pin a plantlet to moist soil and cut the runner once it has rooted. Brown tips mean that the air is too dry or that the water contains too much lime." },
];

var searchIndex = [];

function findPlant(slug) {
  return CATALOG.filter(function (plant) {
    return plant.slug === slug;
  })[0];
}

/* Every part of every text, so that any typed letters can be found. */
function buildSearchIndex() {
  CATALOG.forEach(function (plant) {
    var text = (plant.name + " " + plant.latin + " " + plant.text).toLowerCase();
    for (var length = 3; length <= 4; length++) {
      for (var start = 0; start + length <= text.length; start++) {
        var part = text.substr(start, length);
        var known = searchIndex.find(function (entry) {
          return entry.part === part;
        });
        if (known) known.plants.push(plant.slug);
        else searchIndex.push({ part: part, plants: [plant.slug] });
      }
    }
  });
}

function searchPlants(words) {
  var entry = searchIndex.find(function (candidate) {
    return candidate.part === words.toLowerCase().substr(0, 4);
  });
  return CATALOG.filter(function (plant) {
    return entry && entry.plants.indexOf(plant.slug) >= 0;
  });
}

/* How many letters must change to turn one text into the other. */
function distance(a, b) {
  var table = [];
  for (var i = 0; i <= a.length; i++) {
    table[i] = [i];
    for (var j = 1; j <= b.length; j++) {
      if (i === 0) table[i][j] = j;
      else table[i][j] = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1));
    }
  }
  return table[a.length][b.length];
}

/* Compares the plant with every other one and keeps the nearest. */
function recommend(plant, count) {
  return CATALOG.filter(function (other) {
    return other !== plant;
  })
    .sort(function (a, b) {
      return distance(plant.text, a.text) - distance(plant.text, b.text);
    })
    .slice(0, count);
}
