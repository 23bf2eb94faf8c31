/*
 * A folder with small good tables, in which a test replaces one file by a bad one.
 */
#ifndef DRO_TESTS_ATLAS_FIXTURE_H
#define DRO_TESTS_ATLAS_FIXTURE_H

#include "check_main.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "derrotero/atlas.h"

#define PORTS_HEADER                                                             \
    "code,name,aliases,country,lat,lon,alongside_m,channel_m,ukc_m,max_draft_m," \
    "max_loa_m,max_beam_m,crane_rows,kind,status,as_of,source,mark,note\n"
#define PASSAGES_HEADER                                                         \
    "id,name,aliases,kind,part_of,open,gate,max_draft_m,max_loa_m,max_beam_m,"  \
    "max_air_draft_m,transit_h,transit_h_low,transit_h_high,wait_h,wait_h_low," \
    "wait_h_high,toll_fixed_usd,toll_per_teu_usd,toll_per_teu_loaded_usd,"      \
    "toll_per_teu_empty_usd,toll_per_gt_usd,toll_uncertainty_pct,"              \
    "customary_penalty_nm,slots_per_day,as_of,source,mark,note\n"
#define VESSELS_HEADER                                                          \
    "id,name,kind,teu,dwt_t,gt,loa_m,beam_m,draft_m,air_draft_m,crane_rows,"    \
    "design_speed_kn,min_speed_kn,main_fuel_tpd_at_design,fuel_exponent,"       \
    "aux_fuel_tpd_sea,aux_fuel_tpd_port,fuel,charter_usd_d,charter_low_usd_d,"  \
    "charter_high_usd_d,load_factor,weather_margin_pct,weather_margin_low_pct," \
    "weather_margin_high_pct,as_of,source,mark,note\n"
#define FUELS_HEADER                                                                 \
    "id,name,price_usd_t,price_low_usd_t,price_high_usd_t,co2_t_per_t,as_of,source," \
    "mark\n"

#define GOOD_PORT(code, name, aliases, country, lat, lon) \
    code "," name "," aliases "," country "," lat "," lon \
         ",16,16,,15.2,400,59,24,container,open,2025,test,press,\n"
#define GOOD_CHANNEL                                                                \
    "{\"type\":\"Feature\",\"properties\":{\"id\":\"elbe\",\"name\":\"Elbe\","      \
    "\"kind\":\"river\",\"passage\":null,\"max_draft_m\":14.5,\"source\":\"test\"," \
    "\"mark\":\"press\",\"note\":\"\"},\"geometry\":{\"type\":\"LineString\","      \
    "\"coordinates\":[[8.7,53.9],[9.2,53.85],[9.9,53.54]]}}"
#define GOOD_SHOAL                                                                  \
    "{\"type\":\"Feature\",\"properties\":{\"id\":\"bank\",\"name\":\"Bank\","      \
    "\"depth_m\":3,\"source\":\"test\",\"mark\":\"assumption\",\"note\":null},"     \
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[0.5,0],[0.5,0.5]," \
    "[0,0]]]}}"
#define COLLECTION(features) \
    "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

typedef struct fixture_file {
    const char *name, *text;
} fixture_file;

static const fixture_file fixture_files[] = {
    {"sources.csv", "id,title,publisher,year,licence,note\n"
                    "test,A test,Somebody,2026,none,\n"},
    {"fuels.csv",
     FUELS_HEADER "vlsfo,Very low sulphur,470,430,515,3.151,2025,test,press\n"},
    {"vessels.csv", VESSELS_HEADER
     "container-8000,\"Container ship 8,000 TEU\",container,8000,103000,91000,335,42.8,"
     "14.5,50,17,24,11,225,3,8,7,vlsfo,78000,25000,150000,0.7,5,2,10,2025,test,press,\n"
     "capesize,Capesize bulk carrier,bulk,,180000,,292,45,18.2,,,14,10,54,3,3,4,vlsfo,"
     "28000,8000,50000,0.97,6,3,12,2025,test,press,\n"},
    {"passages.csv", PASSAGES_HEADER
     "panama,Panama Canal (Neopanamax locks),Canal de Panamá|Agua "
     "Clara,canal,,true,,15.2,"
     "370.33,51.25,57.91,10.5,8,14,14,4,60,300000,30,40,5,,10,0,36,2025,test,press,\n"
     "panama-panamax,Panama Canal (Panamax locks),Gatun,canal,panama,true,,12.04,294.1,"
     "32.31,57.91,10.5,8,14,14,4,60,100000,40,35,5,0,20,0,26,2025,test,press,\n"
     "northwest-passage,Northwest Passage,NWP,route,,false,"
     "73.50 -88.00; 74.80 -88.00 / 75.70 -81.50; 76.62 -82.30,,,,,,,,,,,,,,,,,,,"
     "2025,test,assumption,\n"
     "magellan,Strait of Magellan,Estrecho de Magallanes,strait,,yes,"
     "-52.40 -69.62; -52.64 -69.50,,,,,,,,,,,,,,,,,50,,2025,test,assumption,\n"},
    {"ports.csv", PORTS_HEADER
     "PECLL,Callao,Muelle Sur|El "
     "Callao,PE,-12.053,-77.149,16,16,,15.2,400,59,,container,"
     "open,2025-11,test,press,\"note, with a comma\"\n"
     "PECHY,Chancay,,PE,-11.5933,-77.2778,17.8,17.8,,16.5,400,,26,container,open,2024-"
     "11,"
     "test,press,\n" GOOD_PORT("CLVAP", "Valparaíso", "Valpo", "CL", "-33.033",
                               "-71.617")
         GOOD_PORT("NLRTM", "Rotterdam", "Maasvlakte|Europoort", "NL", "51.95", "4.05")
             GOOD_PORT("COCTG", "Cartagena", "", "CO", "10.40", "-75.53")
                 GOOD_PORT("ESCAR", "Cartagena", "", "ES", "37.58", "-0.98")
                     GOOD_PORT("CLSAI", "San Antonio", "", "CL", "-33.59", "-71.62")
                         GOOD_PORT("PYSAN", "San Antonio (Paraguay)", "", "PY",
                                   "-25.42", "-57.58")
                             GOOD_PORT("CNSHA", "Shanghai", "Wusong", "CN", "31.36",
                                       "121.6") "PECOR,Corio,,PE,-17.2,-71.9,28,,,,,,,"
                                                "multi,planned,2024,test,press,\n"},
    {"channels.geojson", COLLECTION(GOOD_CHANNEL)},
    {"shoals.geojson", COLLECTION(GOOD_SHOAL)},
    {"barriers.csv", "id,name,line,source,mark,note\n"
                     "wall,A wall,9.10 -79.75; 9.02 -79.53,test,computed,\n"},
    {"lakes.csv", "id,name,lat,lon,navigable,source,mark,note\n"
                  "ontario,Lake Ontario,43.6,-77.8,yes,test,computed,\n"},
};

enum {
    FIXTURE_FILES = sizeof fixture_files / sizeof fixture_files[0]
};

static char fixture_folder[64];

static void fixture_write(const char *name, const char *text) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", fixture_folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
}

static void fixture_remove(const char *name) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", fixture_folder, name);
    (void)unlink(path);
}

static void fixture_set_up(void) {
    (void)snprintf(fixture_folder, sizeof fixture_folder, "/tmp/dro-atlas-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(fixture_folder));
    ck_assert_int_eq(unsetenv("DERROTERO_PORTS_WIDE"), 0);
    ck_assert_int_eq(unsetenv("DERROTERO_DATA"), 0);
    for (size_t i = 0; i < FIXTURE_FILES; i++) {
        fixture_write(fixture_files[i].name, fixture_files[i].text);
    }
}

static void fixture_tear_down(void) {
    for (size_t i = 0; i < FIXTURE_FILES; i++) {
        fixture_remove(fixture_files[i].name);
    }
    fixture_remove("ports_wide.csv");
    (void)rmdir(fixture_folder);
}

static inline dro_atlas *fixture_load(void) {
    dro_atlas *atlas = NULL;
    dro_error error = DRO_ERROR_INIT;
    dro_status status = dro_atlas_load(fixture_folder, &atlas, &error);
    ck_assert_msg(status == DRO_OK, "%s", error.message);
    return atlas;
}

/* The folder with this one file: loading must fail and say so. */
static inline void fixture_fails(const char *name, const char *text, const char *says) {
    fixture_write(name, text);
    dro_atlas *atlas = NULL;
    dro_error error = DRO_ERROR_INIT;
    dro_status status = dro_atlas_load(fixture_folder, &atlas, &error);
    ck_assert_msg(status == DRO_PARSE, "%s: status %d for \"%s\": %s", name,
                  (int)status, says, error.message);
    ck_assert_msg(strstr(error.message, says) != NULL, "\"%s\" is not in \"%s\"", says,
                  error.message);
    ck_assert_msg(strstr(error.message, name) != NULL, "%s", error.message);
    ck_assert_ptr_null(atlas);
}

#endif
