/* Allocation, growing arrays, the arena, the text buffer. */
#include <stdint.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/base.h"

START_TEST(sizes_do_not_overflow) {
    ck_assert_ptr_null(dro_malloc(SIZE_MAX / 2, 3));
    ck_assert_ptr_null(dro_calloc(SIZE_MAX, SIZE_MAX));
    void *kept = dro_malloc(4, 4);
    ck_assert_ptr_null(dro_realloc(kept, SIZE_MAX / 4, 8));
    dro_free(kept);
}
END_TEST

START_TEST(nothing_is_a_unique_pointer) {
    void *a = dro_malloc(0, 8);
    void *b = dro_calloc(0, 0);
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    ck_assert_ptr_ne(a, b);
    dro_free(a);
    dro_free(b);
    dro_free(NULL);
}
END_TEST

START_TEST(calloc_zeroes) {
    unsigned char *bytes = dro_calloc(100, 3);
    for (size_t i = 0; i < 300; i++) {
        ck_assert_uint_eq(bytes[i], 0);
    }
    dro_free(bytes);
}
END_TEST

START_TEST(new_says_what) {
    void *out = &out;
    void *before = out;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_new(&out, SIZE_MAX, 2, "a table", &error), DRO_NOMEM);
    ck_assert_ptr_eq(out, before);
    ck_assert_ptr_nonnull(strstr(error.message, "a table"));
}
END_TEST

START_TEST(reserve_doubles_and_keeps) {
    int *items = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        ck_assert_int_eq(DRO_RESERVE(items, capacity, (size_t)i + 1, NULL), DRO_OK);
        items[i] = i;
    }
    ck_assert_uint_eq(capacity, 1024);
    for (int i = 0; i < 1000; i++) {
        ck_assert_int_eq(items[i], i);
    }
    int *before = items;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(DRO_RESERVE(items, capacity, SIZE_MAX / 2, &error), DRO_NOMEM);
    ck_assert_ptr_eq(items, before);
    ck_assert_uint_eq(capacity, 1024);
    dro_free(items);
}
END_TEST

static void *counting(void *context, void *pointer, size_t bytes) {
    int *live = context;
    *live += pointer == NULL ? 1 : 0;
    *live -= bytes == 0 ? 1 : 0;
    if (bytes == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, bytes);
}

START_TEST(allocator_is_used) {
    int live = 0;
    dro_allocator_set(&(dro_allocator){counting, &live});
    int *zeros = dro_calloc(10, sizeof *zeros);
    ck_assert_int_eq(live, 1);
    ck_assert_int_eq(zeros[9], 0);
    char *copy = dro_strdup("Ilo");
    ck_assert_str_eq(copy, "Ilo");
    ck_assert_int_eq(live, 2);
    dro_free(copy);
    dro_free(zeros);
    ck_assert_int_eq(live, 0);
    dro_allocator_set(NULL);
}
END_TEST

START_TEST(arena_aligns_and_zeroes) {
    dro_arena *arena = NULL;
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < 5000; i++) {
            size_t size = i % 97;
            unsigned char *item = dro_arena_alloc(arena, size, 1);
            ck_assert_ptr_nonnull(item);
            ck_assert_uint_eq((uintptr_t)item % _Alignof(max_align_t), 0);
            for (size_t j = 0; j < size; j++) {
                ck_assert_uint_eq(item[j], 0);
            }
            memset(item, 0xAB, size);
        }
        ck_assert_uint_gt(dro_arena_bytes(arena), 5000);
        dro_arena_reset(arena);
        ck_assert_uint_eq(dro_arena_bytes(arena), 0);
    }
    dro_arena_destroy(arena);
    dro_arena_destroy(NULL);
}
END_TEST

START_TEST(arena_takes_large_items) {
    dro_arena *arena = NULL;
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    for (size_t i = 0; i < 4; i++) {
        char *small = dro_arena_strndup(arena, "Chancay", 4);
        ck_assert_str_eq(small, "Chan");
        double *large = dro_arena_alloc(arena, 500000, sizeof *large);
        ck_assert_ptr_nonnull(large);
        large[0] = large[499999] = 1;
        ck_assert_str_eq(small, "Chan");
        dro_arena_reset(arena);
    }
    ck_assert_ptr_null(dro_arena_alloc(arena, SIZE_MAX / 2, 4));
    ck_assert_ptr_null(dro_arena_strndup(arena, "", SIZE_MAX));
    ck_assert_ptr_nonnull(dro_arena_alloc(arena, 0, 0));
    dro_arena_destroy(arena);
}
END_TEST

START_TEST(text_grows_and_stops_at_its_limit) {
    dro_text text = {.limit = 100};
    for (int i = 0; i < 10; i++) {
        ck_assert_int_eq(dro_text_add(&text, "%d,", i), DRO_OK);
    }
    ck_assert_str_eq(text.data, "0,1,2,3,4,5,6,7,8,9,");
    ck_assert_int_eq(dro_text_add_bytes(&text, "\0x", 2), DRO_OK);
    ck_assert_uint_eq(text.length, 22);
    ck_assert_int_eq(dro_text_add(&text, "%90d", 1), DRO_LIMIT);
    ck_assert_int_eq(dro_text_add_bytes(&text, "x", SIZE_MAX), DRO_LIMIT);
    ck_assert_uint_eq(text.length, 22);
    ck_assert_int_eq(text.data[22], '\0');
    dro_text_free(&text);
    ck_assert_ptr_null(text.data);
    dro_text_free(&text);
    dro_text_free(NULL);
}
END_TEST

START_TEST(text_is_terminated_even_when_empty) {
    dro_text text = {.data = NULL};
    ck_assert_int_eq(dro_text_add(&text, "%s", ""), DRO_OK);
    ck_assert_str_eq(text.data, "");
    ck_assert_int_eq(dro_text_add_bytes(&text, NULL, 0), DRO_OK);
    dro_text_free(&text);
}
END_TEST

int main(void) {
    const TTest *tests[] = {sizes_do_not_overflow,
                            nothing_is_a_unique_pointer,
                            calloc_zeroes,
                            new_says_what,
                            reserve_doubles_and_keeps,
                            allocator_is_used,
                            arena_aligns_and_zeroes,
                            arena_takes_large_items,
                            text_grows_and_stops_at_its_limit,
                            text_is_terminated_even_when_empty,
                            NULL};
    return check_main("base memory", tests);
}
