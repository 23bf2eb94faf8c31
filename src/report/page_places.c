/* The map of trials that have a place: coloured by figure, a diamond where it holds. */
#include <math.h>
#include <string.h>

#include "report/page_map.h"

#define CLASSES_MAX 6
#define PLACES_MIN  4 /* fewer are no map */

/* Only what the claim's own figure is of: days and dollars make no map together. */
bool page_is_place(const dro_audit_claim *claim, const dro_audit_trial *t) {
    return page_on_earth(t->at) && strcmp(t->figure.unit, claim->figure.unit) == 0;
}

static bool is_new_place(const dro_audit_claim *claim, size_t trial) {
    dro_point at = claim->trials[trial].at;
    for (size_t i = 0; i < trial; i++) {
        dro_point other = claim->trials[i].at;
        if (page_is_place(claim, &claim->trials[i]) &&
            fabs(at.lat_deg - other.lat_deg) < 0.2 &&
            fabs(at.lon_deg - other.lon_deg) < 0.2) {
            return false;
        }
    }
    return page_is_place(claim, &claim->trials[trial]);
}

bool page_has_places(const dro_audit_claim *claim) {
    size_t count = 0;
    for (size_t i = 0; i < claim->trial_count; i++) {
        count += is_new_place(claim, i) && verdict_has_figure(&claim->trials[i].figure);
    }
    return count >= PLACES_MIN && claim->verdict != DRO_NOT_TESTABLE;
}

typedef struct classes { /* of figures, each `step` wide */
    double first, step;
    int count;
    const char *unit;
} classes;

static classes classes_of(const dro_audit_claim *claim) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    classes c = {.unit = claim->figure.unit};
    for (size_t i = 0; i < claim->trial_count; i++) {
        const dro_audit_trial *t = &claim->trials[i];
        if (page_is_place(claim, t) && verdict_has_number(&t->figure)) {
            low = fmin(low, t->figure.value);
            high = fmax(high, t->figure.value);
        }
    }
    if (!(low <= high)) {
        return c;
    }
    double power = pow(10.0, floor(log10(fmax(high - low, 1e-6))) - 1.0);
    static const double steps[] = {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        c.step = steps[i] * power;
        c.first = floor(low / c.step) * c.step;
        c.count = (int)floor((high - c.first) / c.step) + 1;
        if (c.count <= CLASSES_MAX) {
            break;
        }
    }
    c.count = c.count > CLASSES_MAX ? CLASSES_MAX : c.count;
    return c;
}

/* Six colours from pale to dark; few classes take them far apart. */
static int colour_of(const classes *c, int class) {
    return c->count < 2
               ? CLASSES_MAX - 1
               : (int)lround((double)class * (CLASSES_MAX - 1) / (c->count - 1));
}

static int class_of(const classes *c, double value) {
    int class = (int)floor((value - c->first) / c->step);
    return class < 0 ? 0 : class >= c->count ? c->count - 1 : class;
}

static bool is_diamond(const dro_audit_trial *t) {
    return t->holds && verdict_has_figure(&t->figure);
}

static void add_shape(dro_ink *ink, const dro_audit_trial *t, const classes *c,
                      bool diamond, dro_xy at) {
    char class[24] = "origin blank";
    if (verdict_has_figure(&t->figure)) {
        bool number = verdict_has_number(&t->figure);
        int colour = number ? colour_of(c, class_of(c, t->figure.value))
                            : (t->holds ? CLASSES_MAX - 1 : 1);
        (void)snprintf(class, sizeof class, "origin b%d", colour);
    }
    if (diamond) {
        dro_ink_add(ink, "<path class=\"%s\" d=\"M", class);
        dro_ink_px(ink, at.x);
        dro_ink_raw(ink, " ");
        dro_ink_px(ink, at.y - 8.0);
        dro_ink_raw(ink, "l8 8l-8 8l-8 -8z\">");
    } else {
        dro_ink_add(ink, "<circle class=\"%s\" r=\"5.5\"", class);
        page_map_xy(ink, "cx", "cy", at);
        dro_ink_raw(ink, ">");
    }
}

static dro_status draw_origin(page_map *m, const dro_audit_trial *t, const classes *c,
                              dro_error *error) {
    dro_xy at = page_map_spot(m, t->at);
    bool diamond = is_diamond(t);
    add_shape(m->p->ink, t, c, diamond, at);
    dro_ink_raw(m->p->ink, "<title>");
    dro_ink_text(m->p->ink, t->name);
    dro_ink_raw(m->p->ink, ": ");
    page_figure(m->p->ink, verdict_has_figure(&t->figure)
                               ? verdict_figure(&t->figure).text
                               : t->reason);
    dro_ink_raw(m->p->ink, "</title>");
    dro_ink_raw(m->p->ink, diamond ? "</path>\n" : "</circle>\n");
    return page_map_take(m, at, 6.0, error);
}

/* Where it holds on top and named first. */
static dro_status draw_origins(page_map *m, const dro_audit_claim *claim,
                               const classes *c, dro_error *error) {
    for (int pass = 0; pass < 4; pass++) {
        for (size_t i = 0; i < claim->trial_count; i++) {
            const dro_audit_trial *t = &claim->trials[i];
            bool turn = t->holds == (pass == 1 || pass == 2);
            if (!page_is_place(claim, t) || !turn) {
                continue;
            }
            DRO_TRY(pass < 2 ? draw_origin(m, t, c, error)
                             : page_map_label(m, page_map_spot(m, t->at), t->name,
                                              t->holds, t->holds ? 34.0 : 10.0, error));
        }
    }
    return DRO_OK;
}

static dro_status draw_trials(page_map *m, const dro_audit_claim *claim,
                              const classes *c, dro_error *error) {
    for (size_t i = 0; i < claim->trial_count; i++) {
        if (page_is_place(claim, &claim->trials[i])) {
            page_map_see(m, claim->trials[i].at);
        }
    }
    page_map_open(m, "Where it was tried: ", claim->id);
    DRO_TRY(draw_origins(m, claim, c, error));
    dro_ink_raw(m->p->ink, "</svg>\n");
    return DRO_OK;
}

static void add_class_key(dro_ink *ink, const classes *c, int class) {
    dro_audit_figure like = {c->first, c->step, c->first + c->step * c->count, c->unit,
                             NULL};
    dro_ink_add(ink, "<span><i class=\"k-class b%d\"></i>", colour_of(c, class));
    page_figure(ink, verdict_number(c->first + class * c->step, &like).text);
    dro_ink_raw(ink, " to ");
    page_figure(ink, verdict_number(c->first + (class + 1) * c->step, &like).text);
    dro_ink_raw(ink, " ");
    dro_ink_text(ink, c->unit);
    dro_ink_raw(ink, "</span>");
}

dro_status page_map_places(page *p, const dro_audit_claim *claim, dro_error *error) {
    page_map m = page_map_begin(p);
    classes c = classes_of(claim);
    dro_ink_raw(p->ink, "<figure class=\"mapped\">\n");
    dro_status status = draw_trials(&m, claim, &c, error);
    dro_label_space_free(&m.space);
    DRO_TRY(status);
    dro_ink_raw(p->ink, "<figcaption><span class=\"key\">");
    for (int i = 0; i < c.count; i++) {
        add_class_key(p->ink, &c, i);
    }
    dro_ink_raw(p->ink,
                "<span><i class=\"k-diamond\"></i>it holds there</span><span><i "
                "class=\"k-circle\"></i>it does not</span></span></figcaption>\n"
                "</figure>\n");
    return DRO_OK;
}
