/*
 * What the letters of the Latin blocks fold to: lower case, no accents. Empty: the
 * character is dropped; a space: it parts words.
 */
#include "base/fold_latin.h"

/* U+00A0 to U+024F: Latin-1 Supplement, Latin Extended-A and -B. */
const char dro_fold_latin[DRO_FOLD_LATIN_END - DRO_FOLD_LATIN][3] = {
    " ",  " ",  " ",  " ",  " ",  " ",  " ",  " ",  "",  " ", "a",  " ",  " ",  "",
    " ",  "",   " ",  " ",  "",   "",   "",   "",   " ", " ", "",   "",   "o",  " ",
    "",   "",   "",   " ",  "a",  "a",  "a",  "a",  "a", "a", "ae", "c",  "e",  "e",
    "e",  "e",  "i",  "i",  "i",  "i",  "d",  "n",  "o", "o", "o",  "o",  "o",  " ",
    "o",  "u",  "u",  "u",  "u",  "y",  "th", "ss", "a", "a", "a",  "a",  "a",  "a",
    "ae", "c",  "e",  "e",  "e",  "e",  "i",  "i",  "i", "i", "d",  "n",  "o",  "o",
    "o",  "o",  "o",  " ",  "o",  "u",  "u",  "u",  "u", "y", "th", "y",  "a",  "a",
    "a",  "a",  "a",  "a",  "c",  "c",  "c",  "c",  "c", "c", "c",  "c",  "d",  "d",
    "d",  "d",  "e",  "e",  "e",  "e",  "e",  "e",  "e", "e", "e",  "e",  "g",  "g",
    "g",  "g",  "g",  "g",  "g",  "g",  "h",  "h",  "h", "h", "i",  "i",  "i",  "i",
    "i",  "i",  "i",  "i",  "i",  "i",  "ij", "ij", "j", "j", "k",  "k",  "k",  "l",
    "l",  "l",  "l",  "l",  "l",  "l",  "l",  "l",  "l", "n", "n",  "n",  "n",  "n",
    "n",  "n",  "n",  "n",  "o",  "o",  "o",  "o",  "o", "o", "oe", "oe", "r",  "r",
    "r",  "r",  "r",  "r",  "s",  "s",  "s",  "s",  "s", "s", "s",  "s",  "t",  "t",
    "t",  "t",  "t",  "t",  "u",  "u",  "u",  "u",  "u", "u", "u",  "u",  "u",  "u",
    "u",  "u",  "w",  "w",  "y",  "y",  "y",  "z",  "z", "z", "z",  "z",  "z",  "s",
    "b",  "b",  "",   "",   "",   "",   "o",  "c",  "c", "d", "d",  "d",  "d",  "d",
    "e",  "a",  "e",  "f",  "f",  "g",  "g",  "hv", "i", "i", "k",  "k",  "l",  "",
    "m",  "n",  "n",  "o",  "o",  "o",  "oi", "oi", "p", "p", "",   "",   "",   "",
    "",   "t",  "t",  "t",  "t",  "u",  "u",  "u",  "v", "y", "y",  "z",  "z",  "z",
    "",   "",   "",   "",   "",   "",   "",   "",   "",  "",  "",   "",   "dz", "dz",
    "dz", "lj", "lj", "lj", "nj", "nj", "nj", "a",  "a", "i", "i",  "o",  "o",  "u",
    "u",  "u",  "u",  "u",  "u",  "u",  "u",  "u",  "u", "e", "a",  "a",  "a",  "a",
    "",   "",   "g",  "g",  "g",  "g",  "k",  "k",  "o", "o", "o",  "o",  "",   "",
    "j",  "dz", "dz", "dz", "g",  "g",  "hv", "",   "n", "n", "a",  "a",  "",   "",
    "",   "",   "a",  "a",  "a",  "a",  "e",  "e",  "e", "e", "i",  "i",  "i",  "i",
    "o",  "o",  "o",  "o",  "r",  "r",  "r",  "r",  "u", "u", "u",  "u",  "s",  "s",
    "t",  "t",  "",   "",   "h",  "h",  "n",  "d",  "",  "",  "z",  "z",  "a",  "a",
    "e",  "e",  "o",  "o",  "o",  "o",  "o",  "o",  "o", "o", "y",  "y",  "l",  "n",
    "t",  "j",  "db", "qp", "a",  "c",  "c",  "l",  "t", "s", "z",  "",   "",   "b",
    "u",  "v",  "e",  "e",  "j",  "j",  "",   "",   "r", "r", "y",  "y",
};

/* U+1E00 to U+1EFF: Latin Extended Additional. */
const char dro_fold_additional[DRO_FOLD_ADDITIONAL_END - DRO_FOLD_ADDITIONAL][3] = {
    "a", "a", "b", "b", "b", "b", "b", "b", "c", "c", "d", "d", "d", "d", "d",  "d",
    "d", "d", "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "f",  "f",
    "g", "g", "h", "h", "h", "h", "h", "h", "h", "h", "h", "h", "i", "i", "i",  "i",
    "k", "k", "k", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", "l", "m",  "m",
    "m", "m", "m", "m", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o",  "o",
    "o", "o", "o", "o", "p", "p", "p", "p", "r", "r", "r", "r", "r", "r", "r",  "r",
    "s", "s", "s", "s", "s", "s", "s", "s", "s", "s", "t", "t", "t", "t", "t",  "t",
    "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "v", "v", "v",  "v",
    "w", "w", "w", "w", "w", "w", "w", "w", "w", "w", "x", "x", "x", "x", "y",  "y",
    "z", "z", "z", "z", "z", "z", "h", "t", "w", "y", "a", "s", "s", "s", "ss", "d",
    "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",  "a",
    "a", "a", "a", "a", "a", "a", "a", "a", "e", "e", "e", "e", "e", "e", "e",  "e",
    "e", "e", "e", "e", "e", "e", "e", "e", "i", "i", "i", "i", "o", "o", "o",  "o",
    "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o",  "o",
    "o", "o", "o", "o", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u",  "u",
    "u", "u", "y", "y", "y", "y", "y", "y", "y", "y", "",  "",  "",  "",  "",   "",
};
