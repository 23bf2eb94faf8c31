/* Members that several answers in JSON have alike. */
#ifndef DRO_REPORT_JSON_PARTS_H
#define DRO_REPORT_JSON_PARTS_H

#include "derrotero/report.h"

/* {"value": ..., "low": ..., "high": ...} */
void json_range(dro_json_writer *json, const char *key, dro_range range, int decimals);
/* "sources": [...]; `licences`: each with its licence. */
void json_sources(dro_json_writer *json, const dro_source *const *sources, size_t count,
                  bool licences);

#endif
