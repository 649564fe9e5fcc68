// Makes frontend/map-1.json: the countries' outlines and middles (Natural Earth by way of npm's world-atlas, public
// domain; equirectangular, 1000 x 430 from 84 degrees north to 60 south). Run by hand when the outlines change:
//   npm install --no-save world-atlas topojson-client i18n-iso-countries && node scripts/map.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(`${process.cwd()}/`);
const { feature } = require("topojson-client");
const iso = require("i18n-iso-countries");

const x = (lon) => (lon + 180) * (1000 / 360);
const y = (lat) => (84 - lat) * (1000 / 360);
const polygons = (file) => {
  const atlas = JSON.parse(readFileSync(require.resolve(`world-atlas/${file}.json`)));
  return feature(atlas, atlas.objects.countries).features.map(({ id, geometry, properties }) => ({
    code: id ? iso.numericToAlpha2(id) : undefined,
    name: properties.name,
    rings: (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((polygon) => polygon[0]),
  }));
};
const outline = (ring) => {
  // A ring that crosses the date line would draw a stripe over the whole map.
  const longitudes = ring.map((p) => p[0]);
  if (Math.max(...longitudes) - Math.min(...longitudes) > 300) return "";
  const points = ring.map(([lon, lat]) => `${x(lon).toFixed(1)},${y(lat).toFixed(1)}`).filter((p, i, all) => p !== all[i - 1]);
  return points.length > 2 ? `M${points.join("L")}Z` : "";
};
// Area and middle of a ring, by the shoelace formula.
const middle = (ring) => {
  let [area, mx, my] = [0, 0, 0];
  for (let i = 0; i < ring.length - 1; i++) {
    const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    area += cross / 2;
    mx += (ring[i][0] + ring[i + 1][0]) * cross;
    my += (ring[i][1] + ring[i + 1][1]) * cross;
  }
  return { area: Math.abs(area), at: [mx / (6 * area), my / (6 * area)] };
};

const land = polygons("countries-110m").filter((c) => c.name !== "Antarctica").map((c) => c.rings.map(outline).join("")).filter(Boolean);
const points = {};
for (const { code, rings } of polygons("countries-50m")) {
  if (!code || code === "AQ") continue;
  const [largest] = rings.map(middle).sort((a, b) => b.area - a.area);
  points[code] = [Number(x(largest.at[0]).toFixed(1)), Number(y(largest.at[1]).toFixed(1))];
}
writeFileSync("frontend/map-1.json", JSON.stringify({ land: land.join(""), points }));
console.log(`${land.length} outlines, ${Object.keys(points).length} middles`);
