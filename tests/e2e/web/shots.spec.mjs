// Screenshots of the route view against the kept ones.
import { DARK, PHONE } from "./web.mjs";
import { compareShot } from "./shot.mjs";

const SMALL = { viewport: { width: 1180, height: 760 } };

const shot = (name, path) => async (web) => {
  await web.answer(path);
  await web.still();
  await compareShot(web.page, name);
};

export const tests = [
  ["route", shot("route", "?from=PECHY&to=CNSHA"), SMALL],
  ["closed canal, dark", shot("closed-dark", "?from=ECGYE&to=NLRTM&avoid=panama"), { ...SMALL, ...DARK }],
  ["phone", shot("phone", "?from=ECGYE&to=NLRTM"), PHONE],
  ["Spanish", shot("spanish", "?from=BRSSZ&to=CNSHA"), { ...SMALL, locale: "es-ES" }],
];
