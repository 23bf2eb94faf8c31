/* derrotero: a table of commands. */
#include <assert.h>
#include <string.h>

#include "cli/cli.h"

#ifndef DRO_VERSION
#define DRO_VERSION "unversioned"
#endif

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const cli_command commands[] = {
    {&dro_ask_route, cli_answer},
    {&cmd_map, cli_answer},
    {&dro_ask_matrix, cli_answer},
    {&dro_ask_compare, cli_answer},
    {&dro_ask_case, cli_answer},
    {&dro_ask_hinterland, cli_answer},
    {&cmd_disrupt, cli_answer},
    {&dro_ask_audit, cli_answer},
    {&dro_ask_ports, cli_answer},
    {&dro_ask_passages, cli_answer},
    {&dro_ask_vessels, cli_answer},
    {&cmd_serve, cmd_serve_run},
    {&cmd_chart_build, cmd_chart_build_run},
    {&cmd_chart_info, cmd_chart_info_run},
};

#define GLOBAL(member) offsetof(cli_globals, member)

static const dro_ask_option global_options[] = {
    {"format", 'f', DRO_ASK_CHOICE, GLOBAL(format), "table|json|csv|geojson|svg|html",
     0, 0, "form of the answer"},
    {"output", 'o', DRO_ASK_TEXT, GLOBAL(output), "FILE", 0, 0,
     "write here, whole or not at all; - is standard output"},
    {"quiet", 'q', DRO_ASK_FLAG, GLOBAL(quiet), NULL, 0, 0, "no notices, no progress"},
    {"threads", 'j', DRO_ASK_COUNT, GLOBAL(threads), "N", 0, 1024,
     "0: one per core (default)"},
    {"data", '\0', DRO_ASK_TEXT, GLOBAL(data), "DIR", 0, 0,
     "folder of the fact tables (DERROTERO_DATA)"},
    {"chart", '\0', DRO_ASK_TEXT, GLOBAL(chart), "FILE", 0, 0,
     "compiled coastline (DERROTERO_CHART)"},
    {"wrap", '\0', DRO_ASK_FLAG, GLOBAL(wrap), NULL, 0, 0,
     "bring longitudes into -180..180, with a notice"},
    {"help", 'h', DRO_ASK_FLAG, GLOBAL(help), NULL, 0, 0, "this text"},
    {"version", '\0', DRO_ASK_FLAG, GLOBAL(version), NULL, 0, 0, "print the version"},
};

static dro_ask_option_set globals_of(cli *all) {
    return (dro_ask_option_set){global_options, COUNT_OF(global_options),
                                &all->globals};
}

/* ---- help -------------------------------------------------------------------- */

static void help_program(void) {
    dro_ask_option_set globals = {global_options, COUNT_OF(global_options), NULL};
    (void)puts(
        "derrotero: what a change in the world's transport network really changes"
        "\n\nusage: derrotero COMMAND [options]\n");
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        (void)printf("  %-12s  %s\n", commands[i].question->name,
                     commands[i].question->summary);
    }
    (void)puts("\neverywhere:");
    dro_ask_help(stdout, &globals);
    (void)puts(
        "\nA place is a UN/LOCODE, a port's name, or lat,lon in degrees.\n"
        "derrotero COMMAND --help says more. Exit: 0 answer, 1 no answer exists,\n"
        "2 a wrong value or bad data, 64 wrong usage, 70 internal, 74 input or "
        "output.");
}

static void help_formats(const dro_ask_question *command) {
    static const char *const names[] = {"table",   "json", "csv",
                                        "geojson", "svg",  "html"};
    (void)fputs("\nformats:", stdout);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if ((command->formats >> i & 1u) != 0) {
            (void)printf(" %s%s", names[i], i == command->format ? " (default)" : "");
        }
    }
    (void)puts("");
}

static void help_command(const dro_ask_question *command) {
    dro_ask_option_set own = {command->options, command->option_count, NULL};
    dro_ask_option_set globals = {global_options, COUNT_OF(global_options), NULL};
    (void)printf("usage: derrotero %s %s\n\n%s\n", command->name, command->usage,
                 command->summary);
    if (command->text != NULL) {
        (void)printf("\n%s\n", command->text);
    }
    (void)puts("\noptions:");
    dro_ask_help(stdout, &own);
    (void)puts("\neverywhere:");
    dro_ask_help(stdout, &globals);
    if (command->formats != 0) {
        help_formats(command);
    }
}

/* ---- finding the command ----------------------------------------------------- */

static const char *name_of(const void *names, size_t index) {
    return ((const cli_command *)names)[index].question->name;
}

/* "chart build" is two words. Returns how many arguments the name took. */
static int match(const dro_ask_question *question, int argc, const char *const *argv) {
    size_t first = strcspn(question->name, " ");
    if (strlen(argv[0]) != first || strncmp(argv[0], question->name, first) != 0) {
        return 0;
    }
    if (question->name[first] == '\0') {
        return 1;
    }
    return argc > 1 && strcmp(argv[1], question->name + first + 1) == 0 ? 2 : 0;
}

static dro_status find_command(int argc, const char *const *argv,
                               const cli_command **out, int *words, dro_error *error) {
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        *words = match(commands[i].question, argc, argv);
        if (*words > 0) {
            *out = &commands[i];
            return DRO_OK;
        }
    }
    if (strcmp(argv[0], "chart") == 0) {
        return dro_fail(error, DRO_USAGE, "chart needs a word: build or info");
    }
    const char *nearest =
        dro_ask_nearest(argv[0], commands, COUNT_OF(commands), name_of);
    if (nearest != NULL) {
        return dro_fail(error, DRO_USAGE, "unknown command '%.40s'; did you mean %s?",
                        argv[0], nearest);
    }
    return dro_fail(error, DRO_USAGE, "unknown command '%.40s'; see derrotero --help",
                    argv[0]);
}

static bool asks_help(const char *argument) {
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

/* "chart --help": of each command that begins with the word. False where none does. */
static bool help_group(const char *word) {
    bool found = false;
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        const dro_ask_question *question = commands[i].question;
        size_t first = strcspn(question->name, " ");
        if (question->name[first] == ' ' && strlen(word) == first &&
            strncmp(word, question->name, first) == 0) {
            (void)fputs(found ? "\n" : "", stdout);
            help_command(question);
            found = true;
        }
    }
    return found;
}

/* ---- running it -------------------------------------------------------------- */

/* What writes no answer takes no --format either. */
static dro_status check_format(const cli *all, const dro_ask_question *question,
                               dro_error *error) {
    return question->formats != 0 || all->globals.format < 0
               ? DRO_OK
               : dro_fail(error, DRO_USAGE,
                          "%s does not write this --format; see %s --help",
                          question->name, question->name);
}

static dro_status run_command(cli *all, const cli_command *command, int argc,
                              const char *const *argv, dro_error *error) {
    union {
        char bytes[DRO_ASK_VALUES_MAX];
        max_align_t align;
    } values;
    const dro_ask_question *question = command->question;
    dro_ask_operands given = {.count = 0};
    assert(question->values_size <= sizeof values);
    memset(&values, 0, sizeof values);
    if (question->defaults != NULL) {
        memcpy(values.bytes, question->defaults, question->values_size);
    }
    dro_ask_option_set sets[2] = {
        {question->options, question->option_count, values.bytes}, globals_of(all)};
    DRO_TRY(dro_ask_parse(argc, argv, sets, 2, &given, NULL, error));
    if (all->globals.help) {
        help_command(question);
        return DRO_OK;
    }
    dro_ask_asked asked = {.question = question,
                           .values = values.bytes,
                           .given = &given,
                           .format = all->globals.format < 0
                                         ? question->format
                                         : (dro_format)all->globals.format};
    DRO_TRY(dro_ask_check(&asked, error));
    DRO_TRY(check_format(all, question, error));
    return command->run(all, &asked, error);
}

static dro_status run(cli *all, int argc, const char *const *argv, dro_error *error) {
    dro_ask_option_set globals = globals_of(all);
    dro_ask_operands none = {.count = 0};
    int used = 0;
    DRO_TRY(dro_ask_parse(argc, argv, &globals, 1, &none, &used, error));
    argc -= used;
    argv += used;
    if (all->globals.version) {
        (void)puts("derrotero " DRO_VERSION);
        return DRO_OK;
    }
    bool help = argc > 0 && strcmp(argv[0], "help") == 0;
    argc -= help ? 1 : 0;
    argv += help ? 1 : 0;
    all->globals.help = all->globals.help || help;
    if (argc == 0) {
        if (!all->globals.help) {
            return dro_fail(error, DRO_USAGE, "no command; see derrotero --help");
        }
        help_program();
        return DRO_OK;
    }
    bool bare = argc == 1 ? all->globals.help : asks_help(argv[1]);
    if (bare && help_group(argv[0])) {
        return DRO_OK;
    }
    int words = 0;
    const cli_command *command = NULL;
    DRO_TRY(find_command(argc, argv, &command, &words, error));
    return run_command(all, command, argc - words, argv + words, error);
}

int main(int argc, char **argv) {
    cli all = {.globals = {.format = -1}};
    dro_error error = DRO_ERROR_INIT;
    cli_catch_signals();
    dro_status status =
        run(&all, argc > 0 ? argc - 1 : 0, (const char *const *)argv + 1, &error);
    dro_session_release(all.session);
    cli_output out = {stdout, NULL, "standard output"}; /* help, version */
    status = cli_output_close(&out, status, &error);
    if (status != DRO_OK && error.message[0] != '\0') {
        (void)fprintf(stderr, "derrotero: %s\n", error.message);
    }
    return dro_status_exit_code(status);
}
