/* The invented lands. Latitude, longitude. */
#include "support/synthetic_coast.h"

#define RING(name, level, step, rough, points) \
    { name, level, step, rough, points, sizeof(points) / sizeof *(points) }

/* Two continents joined by an isthmus of about 60 nm; the fjord opens in the east of
 * the northern one, bends twice and forks. */
static const dro_point westland[] = {
    {-40, -20},    {-34, -2},     {-20, 6},      {-5, 4},       {5, -8},
    {8.5, -33.6},  {11.5, -34.4}, {15.5, -33.5}, {20, -15},     {27.3, -11.6},
    {27.5, -14},   {26.9, -16.2}, {27.4, -16.6}, {28.1, -15.2}, {29.2, -15.9},
    {31.2, -15.6}, {31.3, -14.9}, {29.5, -15.1}, {28.5, -14.4}, {27.9, -13.6},
    {27.8, -11.4}, {35, -9},      {52, -14},     {60, -30},     {57, -50},
    {40, -61},     {24, -52},     {16, -40},     {11.7, -35.6}, {8.2, -35.2},
    {3, -44},      {-12, -42},    {-28, -31},
};

/* The narrows of the inland sea are at 9.65 to 9.8 north, 70.4 east, 0.02 degrees wide.
 */
static const dro_point orienta[] = {
    {-24, 47},     {-22, 58},    {-8, 62},     {6, 60},       {8.2, 66},   {9.0, 70.25},
    {9.65, 70.39}, {9.8, 70.39}, {11, 68.2},   {16, 66.5},    {20, 69},    {19.5, 72.5},
    {15, 74},      {11.2, 72},   {9.8, 70.41}, {9.65, 70.41}, {9.0, 70.6}, {8.4, 75},
    {9.0, 84.6},   {7.5, 85.2},  {9.2, 86.0},  {14, 92},      {25, 100},   {40, 104},
    {50, 92},      {52, 70},     {47, 50},     {30, 40},      {12, 42},    {0, 39.5},
    {-12, 41},
};

static const dro_point magna[] = {{38, 60}, {37, 66}, {41, 68}, {43, 62}};
static const dro_point magna_island[] = {{39.6, 63}, {39.4, 63.8}, {40.1, 63.5}};
static const dro_point dry_lake[] = {{30, 80}, {30, 83}, {32, 82}};

/* A strait of 14 nm between it and Orienta. */
static const dro_point insula[] = {
    {-6, 37}, {-1, 39.05}, {4, 40.0}, {9.5, 41.0}, {8, 37}, {1, 35.5},
};
static const dro_point serendib[] = {{1.5, 85}, {2.2, 86.6}, {6.3, 85.9}, {6.6, 85.0}};

static const dro_point first_isle[] = {{-3.0, 179.2}, {-3.2, -179.1}, {-2.1, 180.0}};
static const dro_point second_isle[] = {
    {4.0, 179.7}, {3.9, -179.6}, {5.1, -179.5}, {5.4, 179.9}};
static const dro_point third_isle[] = {{-8.4, 176.0}, {-8.6, 177.5}, {-7.5, 177.0}};
static const dro_point fourth_isle[] = {{-5.6, -177.0}, {-5.8, -175.6}, {-4.8, -176.1}};
static const dro_point fifth_isle[] = {
    {0.2, 176.0}, {0.1, 178.9}, {0.7, 178.6}, {0.9, 176.3}};
static const dro_point sixth_isle[] = {{0.3, -178.6}, {0.2, -177.2}, {1.2, -177.9}};
static const dro_point seventh_isle[] = {{-0.9, 178.2}, {-1.1, 179.4}, {-0.4, 178.8}};
static const dro_point eighth_isle[] = {{7.7, -176.2}, {7.6, -175.0}, {8.6, -175.5}};
static const dro_point ninth_isle[] = {
    {-11.3, 179.9}, {-11.4, -179.2}, {-10.5, -179.8}};
/* Across a gap of 6 nm from the second. */
static const dro_point tenth_isle[] = {
    {4.1, 178.4}, {4.0, 179.55}, {5.2, 179.7}, {5.3, 178.5}};

static const dro_point polar_island[] = {{80.4, 10}, {79.8, 35}, {81, 60},
                                         {83.2, 62}, {83.5, 30}, {82.8, 8}};
static const dro_point polar_land[] = {{-70, -170}, {-73, -120}, {-68, -70}, {-71, -20},
                                       {-69, 40},   {-66, 90},   {-72, 140}};

static const synthetic_ring full_rings[] = {
    RING("Westland", 1, 1.2, 0.12, westland),
    RING("Orienta", 1, 1.2, 0.12, orienta),
    RING("Lake Magna", 2, 1.0, 0.08, magna),
    RING("Magna Island", 3, 0.0, 0.0, magna_island),
    RING("Dry Lake", 2, 0.0, 0.0, dry_lake),
    RING("Insula", 1, 0.8, 0.03, insula),
    RING("Serendib", 1, 0.6, 0.04, serendib),
    RING("First Isle", 1, 0.4, 0.04, first_isle),
    RING("Second Isle", 1, 0.4, 0.02, second_isle),
    RING("Third Isle", 1, 0.4, 0.04, third_isle),
    RING("Fourth Isle", 1, 0.4, 0.04, fourth_isle),
    RING("Fifth Isle", 1, 0.4, 0.02, fifth_isle),
    RING("Sixth Isle", 1, 0.4, 0.04, sixth_isle),
    RING("Seventh Isle", 1, 0.4, 0.02, seventh_isle),
    RING("Eighth Isle", 1, 0.4, 0.04, eighth_isle),
    RING("Ninth Isle", 1, 0.4, 0.04, ninth_isle),
    RING("Tenth Isle", 1, 0.4, 0.01, tenth_isle),
    RING("Polar Island", 1, 0.6, 0.06, polar_island),
    RING("Polar Land", 1, 1.5, 0.20, polar_land),
};
const synthetic_world synthetic_full = {full_rings,
                                        sizeof full_rings / sizeof *full_rings};

static const dro_point tiny_west[] = {{-2, 2}, {-2, 5}, {0.5, 5},
                                      {1, 3},  {2, 5},  {3, 2}};
static const dro_point tiny_east[] = {{-1, 8}, {1, 9}, {1, 8}};
static const synthetic_ring tiny_rings[] = {
    RING("West", 1, 0.0, 0.0, tiny_west),
    RING("East", 1, 0.0, 0.0, tiny_east),
};
const synthetic_world synthetic_tiny = {tiny_rings,
                                        sizeof tiny_rings / sizeof *tiny_rings};
