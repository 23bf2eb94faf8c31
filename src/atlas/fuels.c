/*
 * fuels.csv: price and CO2 of what ships burn.
 */
#include "atlas/table.h"

static const dro_field fields[] = {
    DRO_ID(dro_fuel, id),
    DRO_NAME(dro_fuel, name),
    DRO_FIGURE("price_usd_t", dro_fuel, price_usd_t, 0, 100000),
    DRO_FIGURE("price_low_usd_t", dro_fuel, price_low_usd_t, 0, 100000),
    DRO_FIGURE("price_high_usd_t", dro_fuel, price_high_usd_t, 0, 100000),
    DRO_FIGURE("co2_t_per_t", dro_fuel, co2_t_per_t, 0, 10),
    DRO_TEXT(dro_fuel, as_of),
    DRO_SOURCE(dro_fuel, source),
    DRO_WORD(dro_fuel, mark, dro_mark_words),
};

static dro_status finish(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error) {
    (void)atlas;
    (void)skip;
    const dro_fuel *fuel = row;
    const double prices[] = {fuel->price_low_usd_t, fuel->price_usd_t,
                             fuel->price_high_usd_t};
    return dro_record_range(record, "price_usd_t", prices, error);
}

const dro_table dro_table_fuels = {
    .file = "fuels.csv",
    .id = DRO_TABLE_FUELS,
    .row_size = sizeof(dro_fuel),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish,
};
