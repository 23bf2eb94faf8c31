/*
 * A made-up audit of 33 claims for the tests of its report: every verdict, long names,
 * missing figures, figures that are words, chains by all modes, trials with places.
 */
#ifndef DRO_TESTS_AUDIT_FIXTURE_H
#define DRO_TESTS_AUDIT_FIXTURE_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "derrotero/report.h"

#define FIXTURE_CLAIMS  33
#define FIXTURE_ORIGINS 24

static const double FIXTURE_NAN = (double)NAN;
#define FIXTURE_NOWHERE \
    { FIXTURE_NAN, FIXTURE_NAN }

static inline dro_range fixture_about(double value) {
    return (dro_range){value, 0.9 * value, 1.15 * value};
}

static inline dro_audit_figure fixture_days(double value) {
    return (dro_audit_figure){value, value - 1.4, value + 1.9, "d", NULL};
}

static inline dro_audit_leg fixture_leg(dro_chain_mode mode, const char *from,
                                        dro_point from_at, const char *to,
                                        dro_point to_at, const char *what,
                                        double days) {
    bool moves = mode != DRO_CHAIN_WAIT && mode != DRO_CHAIN_TRANSFER;
    return (dro_audit_leg){
        .mode = mode,
        .from = from,
        .to = to,
        .what = what,
        .from_at = from_at,
        .to_at = to_at,
        .distance_km = moves ? dro_geo_distance_m(from_at, to_at) / 1000.0 : 0.0,
        .time_h = fixture_about(24.0 * days),
        .cost_usd = fixture_about(90.0 * days + 35.0),
        .co2_kg = fixture_about(moves ? 60.0 * days : 0.0)};
}

static inline dro_audit_chain fixture_chain(const char *title, const char *scenario,
                                            const dro_audit_leg *legs, size_t count) {
    dro_audit_chain chain = {.title = title,
                             .scenario = scenario,
                             .commodity = "manufactures",
                             .legs = legs,
                             .leg_count = count,
                             .per_teu = true};
    double hours = 0.0, usd = 0.0, kg = 0.0;
    for (size_t i = 0; i < count; i++) {
        hours += legs[i].time_h.value;
        usd += legs[i].cost_usd.value;
        kg += legs[i].co2_kg.value;
    }
    chain.time_h = fixture_about(hours);
    chain.cost_usd = fixture_about(usd);
    chain.co2_kg = fixture_about(kg);
    return chain;
}

/* ---- chains ------------------------------------------------------------------------
 */

static const dro_point FIXTURE_LIMA = {-12.05, -77.05},
                       FIXTURE_CALLAO = {-12.05, -77.14},
                       FIXTURE_CHANCAY = {-11.59, -77.27},
                       FIXTURE_MANZANILLO = {19.06, -104.3},
                       FIXTURE_SHANGHAI = {31.2, 121.5},
                       FIXTURE_RIO_BRANCO = {-9.97, -67.81},
                       FIXTURE_SANTOS = {-23.95, -46.3},
                       FIXTURE_PORTO_VELHO = {-8.76, -63.9},
                       FIXTURE_ITACOATIARA = {-3.15, -58.43};

typedef struct audit_fixture {
    dro_audit_leg before[6], after[4], river[7], direct[2];
    dro_audit_chain chains[4];
    dro_audit_step steps[3][6];
    dro_audit_trial trials[8][FIXTURE_ORIGINS];
    dro_audit_cause causes[4];
    dro_source sources[3];
    const dro_source *source_list[3];
    dro_audit_claim claims[FIXTURE_CLAIMS];
    char ids[FIXTURE_CLAIMS][8], names[FIXTURE_ORIGINS][32];
    const char *notices[2];
    dro_audit_result result;
} audit_fixture;

static inline void fixture_legs(audit_fixture *f) {
    const dro_point lima = FIXTURE_LIMA, callao = FIXTURE_CALLAO;
    const dro_point chancay = FIXTURE_CHANCAY, shanghai = FIXTURE_SHANGHAI;
    const dro_point colima = FIXTURE_MANZANILLO, acre = FIXTURE_RIO_BRANCO;
    const dro_point velho = FIXTURE_PORTO_VELHO, amazon = FIXTURE_ITACOATIARA;
    const dro_point santos = FIXTURE_SANTOS;
    f->before[0] = fixture_leg(DRO_CHAIN_ROAD, "Lima", lima, "Callao", callao,
                               "Avenida Gambetta", 0.2);
    f->before[1] = fixture_leg(DRO_CHAIN_WAIT, "Callao", callao, "Callao", callao,
                               "cut-off and dwell, half a headway", 4.1);
    f->before[2] = fixture_leg(DRO_CHAIN_LINER, "Callao", callao, "Manzanillo", colima,
                               "wsa2, Asia and West Coast of South America", 8.4);
    f->before[3] = fixture_leg(DRO_CHAIN_TRANSFER, "Manzanillo", colima, "Manzanillo",
                               colima, "transshipment", 1.2);
    f->before[4] = fixture_leg(DRO_CHAIN_LINER, "Manzanillo", colima, "Shanghai",
                               shanghai, "wsa2, second ship", 19.6);
    f->before[5] = fixture_leg(DRO_CHAIN_WAIT, "Shanghai", shanghai, "Shanghai",
                               shanghai, "import dwell", 3.0);
    f->after[0] = fixture_leg(DRO_CHAIN_ROAD, "Lima", lima, "Chancay", chancay,
                              "Panamericana Norte", 0.4);
    f->after[1] = fixture_leg(DRO_CHAIN_WAIT, "Chancay", chancay, "Chancay", chancay,
                              "cut-off and dwell, half a headway", 4.0);
    f->after[2] = fixture_leg(DRO_CHAIN_LINER, "Chancay", chancay, "Shanghai", shanghai,
                              "wsa5, direct", 23.0);
    f->after[3] = fixture_leg(DRO_CHAIN_WAIT, "Shanghai", shanghai, "Shanghai",
                              shanghai, "import dwell", 3.0);
    f->river[0] = fixture_leg(DRO_CHAIN_ROAD, "Rio Branco", acre, "Porto Velho", velho,
                              "BR-364", 1.1);
    f->river[1] = fixture_leg(DRO_CHAIN_RIVER, "Porto Velho", velho, "Itacoatiara",
                              amazon, "Madeira waterway, low water", 5.0);
    f->river[2] = fixture_leg(DRO_CHAIN_FERRY, "Itacoatiara", amazon, "Manaus",
                              (dro_point){-3.1, -60.0}, "ferry", 0.6);
    f->river[3] = fixture_leg(DRO_CHAIN_RAIL, "Manaus", (dro_point){-3.1, -60.0},
                              "Santos", santos, "a railway that is not there", 6.0);
    f->river[4] = fixture_leg(DRO_CHAIN_PIPELINE, "Santos", santos, "Paranagu\xC3\xA1",
                              (dro_point){-25.5, -48.5}, "pipeline", 0.3);
    f->river[5] =
        fixture_leg(DRO_CHAIN_TRAMP, "Paranagu\xC3\xA1", (dro_point){-25.5, -48.5},
                    "Shanghai", shanghai, "panamax by the Cape of Good Hope", 33.0);
    f->river[6] = fixture_leg(DRO_CHAIN_TRANSFER, "Shanghai", shanghai, "Shanghai",
                              shanghai, "discharge", 2.0);
    f->direct[0] = fixture_leg(DRO_CHAIN_LINER, "Callao", callao, "Shanghai", shanghai,
                               "the same loop at Callao", 23.1);
    f->direct[1] = fixture_leg(DRO_CHAIN_WAIT, "Shanghai", shanghai, "Shanghai",
                               shanghai, "import dwell", 3.0);
    f->chains[0] = fixture_chain("official 35 days", "before", f->before, 6);
    f->chains[1] = fixture_chain("official 23 days", "after", f->after, 4);
    f->chains[2] =
        fixture_chain("Rio Branco to Shanghai by all there is", "before", f->river, 7);
    f->chains[3] =
        fixture_chain("the same direct loop at Callao", "direct-callao", f->direct, 2);
}

static inline void fixture_steps(audit_fixture *f) {
    for (int i = 0; i < 3; i++) {
        const dro_audit_chain *one = &f->chains[i == 2 ? 2 : 0];
        const dro_audit_chain *two = &f->chains[i == 1 ? 3 : 1];
        f->steps[i][0] = (dro_audit_step){0, "difference", fixture_days(12.1), NULL};
        f->steps[i][1] = (dro_audit_step){1, one->title,
                                          fixture_days(one->time_h.value / 24.0), one};
        f->steps[i][2] = (dro_audit_step){1, two->title,
                                          fixture_days(two->time_h.value / 24.0), two};
    }
}

/* ---- trials ------------------------------------------------------------------------
 */

static inline dro_audit_trial fixture_trial(const char *name, dro_audit_figure figure,
                                            double share) {
    return (dro_audit_trial){.name = name,
                             .figure = figure,
                             .share = share,
                             .holds = share >= 0.9,
                             .depends = share < 0.9 && share > 0.1,
                             .reason = "",
                             .at = FIXTURE_NOWHERE,
                             .bound = {true, 12.0, 9.0, 15.0}};
}

static inline void fixture_twelve_days(audit_fixture *f) {
    dro_audit_trial *t = f->trials[0];
    t[0] = fixture_trial("the loop with calls (wsa2) before, the direct loop after",
                         fixture_days(12.1), 0.97);
    t[1] = fixture_trial("the same direct loop at Callao: what the port alone saves",
                         (dro_audit_figure){-0.4, -0.9, 0.2, "d", NULL}, 0.0);
    t[2] = fixture_trial("the first loop of Chancay (32 days)", fixture_days(3.0), 0.0);
    t[3] = fixture_trial("from Rio Branco, door to door", fixture_days(9.2), 0.56);
    t[4] = fixture_trial(
        "from Iquitos",
        (dro_audit_figure){FIXTURE_NAN, FIXTURE_NAN, FIXTURE_NAN, "d", NULL}, 0.0);
    t[4].reason =
        "no way from Iquitos by land; the nearest place that can be reached is "
        "Yurimaguas";
    for (int i = 0; i < 3; i++) {
        t[i == 2 ? 3 : i].steps = f->steps[i];
        t[i == 2 ? 3 : i].step_count = 3;
    }
}

static inline void fixture_origins(audit_fixture *f) {
    for (int i = 0; i < FIXTURE_ORIGINS; i++) {
        double lat = -2.0 - 1.1 * i + 4.0 * sin(2.3 * i);
        double lon = -66.0 + 0.95 * i + 3.0 * cos(1.7 * i);
        double days = 19.0 - 1.2 * i + 2.0 * sin(i);
        (void)snprintf(f->names[i], sizeof f->names[i], "%s %d",
                       i % 3 == 0   ? "S\xC3\xA3o F\xC3\xA9lix"
                       : i % 3 == 1 ? "Rio Branco"
                                    : "Sorriso do Norte",
                       i + 1);
        f->trials[1][i] =
            fixture_trial(f->names[i], fixture_days(days), days > 15.0 ? 0.95 : 0.02);
        f->trials[1][i].at = (dro_point){lat, lon};
        f->trials[1][i].bound = (dro_audit_bound){true, 20.0, 15.0, (double)INFINITY};
    }
    f->trials[1][7].figure =
        (dro_audit_figure){FIXTURE_NAN, FIXTURE_NAN, FIXTURE_NAN, "d", NULL};
    f->trials[1][7].reason = "no way";
    f->trials[1][0].steps = f->steps[2];
    f->trials[1][0].step_count = 3;
}

static inline void fixture_others(audit_fixture *f) {
    const dro_audit_bound none = {false, 0.0, 0.0, 0.0};
    dro_audit_trial *t = f->trials[2];
    t[0] = fixture_trial("article a1",
                         (dro_audit_figure){1.3, 1.25, 1.35, "bn USD", NULL}, 1.0);
    t[1] = fixture_trial("article a2",
                         (dro_audit_figure){1.2, 1.15, 1.25, "bn USD", NULL}, 1.0);
    t[0].bound = t[1].bound = none;
    t = f->trials[3];
    t[0] = fixture_trial("Lima, days", fixture_days(9.0), 1.0);
    t[1] = fixture_trial("Lima, USD per TEU",
                         (dro_audit_figure){-312.0, -655.0, 48.0, "USD", NULL}, 0.06);
    t[2] = fixture_trial("Arequipa, days", fixture_days(7.5), 1.0);
    t[3] = fixture_trial("Arequipa, USD per TEU",
                         (dro_audit_figure){120.0, -80.0, 340.0, "USD", NULL}, 0.7);
    for (int i = 0; i < 4; i++) {
        t[i].bound = (dro_audit_bound){true, FIXTURE_NAN, 0.0, (double)INFINITY};
    }
    t = f->trials[4];
    t[0] = fixture_trial(
        "Peru (Lima)",
        (dro_audit_figure){FIXTURE_NAN, FIXTURE_NAN, FIXTURE_NAN, "", "PECHY"}, 1.0);
    t[1] = fixture_trial(
        "Chile (Santiago)",
        (dro_audit_figure){FIXTURE_NAN, FIXTURE_NAN, FIXTURE_NAN, "", "CLSAI"}, 0.0);
    t[0].bound = t[1].bound = none;
    t = f->trials[5];
    t[0] = fixture_trial("", (dro_audit_figure){57.0, 57.0, 57.0, "km", NULL}, 0.0);
    t[0].bound = (dro_audit_bound){true, 73.0, 64.2, 81.8};
    t = f->trials[6];
    t[0] = fixture_trial("as a4 prints it",
                         (dro_audit_figure){2014.0, 2014.0, 2014.0, "year", NULL}, 1.0);
    t[1] = fixture_trial("DS 014-2024-PRODUCE",
                         (dro_audit_figure){2024.0, 2024.0, 2024.0, "year", NULL}, 1.0);
    t[0].bound = t[1].bound = none;
}

/* ---- claims ------------------------------------------------------------------------
 */

static inline void fixture_claim(audit_fixture *f, size_t index, dro_verdict verdict,
                                 size_t trials, size_t count, const char *says,
                                 const char *claimed, const char *because) {
    dro_audit_claim *c = &f->claims[index];
    (void)snprintf(f->ids[index], sizeof f->ids[index], "c%02zu%s", index + 1,
                   index % 4 == 1 ? "a" : "");
    *c = (dro_audit_claim){.id = f->ids[index],
                           .article = index % 3 == 0 ? "a3" : "a1, a2",
                           .who = index % 5 == 4 ? "Ambassador Ferrero" : "",
                           .date = "2024-11-14",
                           .says = says,
                           .verdict = verdict,
                           .because = because,
                           .claimed = claimed,
                           .note = index % 2 == 0 ? "Straight line and road are two "
                                                    "distances; both are tried."
                                                  : "",
                           .figure = fixture_days(FIXTURE_NAN),
                           .trials = f->trials[trials],
                           .trial_count = count,
                           .sources = f->source_list,
                           .source_count = 1 + index % 3,
                           .file = "cases/chancay/claims.yaml",
                           .line = (unsigned)(7 + 11 * index)};
    if (count > 0) {
        c->figure = f->trials[trials][0].figure;
    }
    if (index % 4 == 0 && count > 0 && isfinite(c->figure.value)) {
        c->causes = f->causes;
        c->cause_count = 4;
    }
}

static inline void fixture_claims(audit_fixture *f) {
    fixture_claim(
        f, 0, DRO_HOLDS_WHEN, 0, 5,
        "Chancay will shorten the way to China by about twelve days.",
        "about 12 d (\xC2\xB1 25 %)",
        "True for: the loop with calls (wsa2) before, the direct loop after "
        "(12.1 d). Not for: the same direct loop at Callao (-0.4 d), the first "
        "loop of Chancay (3 d).");
    fixture_claim(
        f, 1, DRO_HOLDS_WHEN, 1, FIXTURE_ORIGINS,
        "Brazil\xE2\x80\x99s exports to Asia can arrive up to twenty days "
        "earlier.",
        "up to 20 d (\xC2\xB1 25 %)",
        "True for: S\xC3\xA3o F\xC3\xA9lix 1 (19 d), Rio Branco 2 (19.5 d). Not "
        "for: Sorriso do Norte 3 (18.4 d), and 20 more.");
    fixture_claim(
        f, 2, DRO_SOURCES_CONFLICT, 2, 2,
        "The first stage costs 1.3 bn USD (a1, a3), or 1.2 bn (a2).", "sources agree",
        "Of the same quantity a1 says 1.3 bn USD and a2 says 1.2 bn USD, beyond "
        "rounding.");
    fixture_claim(
        f, 3, DRO_NOT_TESTABLE, 2, 0,
        "When complete the estate gives some 20,000 direct jobs, and assembly "
        "of electric cars makes Peru a hub & more <soon>.",
        "", "A forecast of the developer, made by analogy with estates elsewhere.");
    fixture_claim(f, 4, DRO_HOLDS_WHEN, 3, 4,
                  "The port makes shipping faster and cheaper.", "more than 0",
                  "True for: Lima, days (9 d). Not for: Lima, USD per TEU (-312 USD).");
    fixture_claim(f, 5, DRO_DOES_NOT_HOLD, 4, 2,
                  "The exports of all South America to China will gather at Chancay.",
                  "equals PECHY", "Not for: Chile (Santiago) (CLSAI).");
    fixture_claim(
        f, 6, DRO_DOES_NOT_HOLD, 5, 1, "Chancay lies 73 km north of Lima.",
        "about 73 km (\xC2\xB1 12 %)",
        "The run gives 57 km; claimed: about 73 (true in 0 % of the samples).");
    fixture_claim(f, 7, DRO_SOURCES_CONFLICT, 6, 2,
                  "Squid ships fish outside 200 nm; decree 014-2014 orders positions.",
                  "sources agree", "One of them is a slip of the year.");
    for (size_t i = 8; i < FIXTURE_CLAIMS; i++) {
        static const dro_verdict verdicts[] = {DRO_HOLDS, DRO_DOES_NOT_HOLD, DRO_HOLDS,
                                               DRO_NOT_TESTABLE, DRO_HOLDS_WHEN};
        dro_verdict verdict = verdicts[i % 5];
        fixture_claim(f, i, verdict, i % 2 == 0 ? 5 : 0,
                      verdict == DRO_NOT_TESTABLE ? 0 : 1,
                      "In 2023 Peru sold 22.5 bn USD to China and 9.3 bn to the United "
                      "States.",
                      "about 22.5 bn USD (\xC2\xB1 5 %)",
                      "The run gives what is written here, in a sentence that is long "
                      "enough to go over one line of any table.");
    }
}

static inline const dro_audit_result *fixture_audit(void) {
    static audit_fixture f;
    fixture_legs(&f);
    fixture_steps(&f);
    fixture_twelve_days(&f);
    fixture_origins(&f);
    fixture_others(&f);
    f.causes[0] = (dro_audit_cause){"call wsa2/4 sail_h", 0.52, 10.9, 13.6};
    f.causes[1] = (dro_audit_cause){"terminal PECLL export_dwell_h", 0.21, 11.4, 12.9};
    f.causes[2] = (dro_audit_cause){
        "link road-panamericana-norte-chancay-lima speed_kmh", 0.06, 12.4, 11.9};
    f.causes[3] = (dro_audit_cause){"service wsa5 headway_d", 0.02, 12.0, 12.2};
    f.sources[0] =
        (dro_source){"press-2024", "Chancay opens", "Andina", "2024", "", ""};
    f.sources[1] = (dro_source){"mtc-roads",
                                "Red vial nacional: clasificador de rutas",
                                "Ministerio de Transportes y Comunicaciones",
                                "2023",
                                "",
                                ""};
    f.sources[2] =
        (dro_source){"derrotero-facts", "Facts <of> the case", "", "", "", ""};
    for (int i = 0; i < 3; i++) {
        f.source_list[i] = &f.sources[i];
    }
    fixture_claims(&f);
    f.notices[0] =
        "scenario after: service x-far is left out: no way between its ports";
    f.notices[1] = "scenario canal-closed: two services wait";
    f.result = (dro_audit_result){
        .case_id = "chancay",
        .title = "The port of Chancay",
        .about =
            "A port was opened on the coast of Peru in November 2024. What does it "
            "change, for whom, and under which assumptions?",
        .folder = "cases/chancay",
        .claims = f.claims,
        .claim_count = FIXTURE_CLAIMS,
        .samples = 1000,
        .seed = 1,
        .seconds = 4.2,
        .notices = f.notices,
        .notice_count = 2};
    return &f.result;
}

#endif
